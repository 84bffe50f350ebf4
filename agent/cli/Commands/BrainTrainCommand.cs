using System.CommandLine;
using HwSeed.Agent.Loop;
using HwSeed.Agent.Training;
using HwSeed.Cli.Screens;
using Spectre.Console;

namespace HwSeed.Cli.Commands;

/// <summary><c>hwseed brain train</c>: makes the agent's model anew, byte for byte from its seed.</summary>
internal static class BrainTrainCommand
{
    public static Command Create()
    {
        var usual = new BrainTrainingOptions("");
        var output = new Option<string?>("--out") { Description = "The model file; agent/brain/models/seed.gguf when left out", HelpName = "F" };
        var seed = Words.Seed();
        var workloads = Words.Count("--workloads", "N", "Random workloads that the corpus of elites is made of", usual.Workloads);
        var steps = Words.Count("--steps", "N", "Updates of the weights", usual.Steps);
        var batch = Words.Count("--batch", "N", "Sequences of an update", usual.BatchSequences);
        var rate = new Option<double>("--rate") { Description = "Peak learning rate", HelpName = "R", DefaultValueFactory = _ => usual.LearningRate };
        var checkpoint = new Option<string?>("--checkpoint") { Description = "Keeps the state here and goes on from it", HelpName = "F" };
        return CommandLine.Define("train", "Make the corpus of elites and train the model on it", (words, screen, cancellation) =>
            RunAsync(new(
                words.GetValue(output) ?? SeedModel.Path, words.GetValue(seed), words.GetValue(workloads), words.GetValue(steps),
                words.GetValue(batch), words.GetValue(rate), words.GetValue(checkpoint)), screen, cancellation),
            output, seed, workloads, steps, batch, rate, checkpoint);
    }

    private static async Task<int> RunAsync(BrainTrainingOptions options, Screen screen, CancellationToken cancellation)
    {
        var report = screen.Live is { } live
            ? await Bar.Columns(live).StartAsync(context => TrainAsync(options, new Bars(context), cancellation)).ConfigureAwait(false)
            : await TrainAsync(options, new Lines(screen), cancellation).ConfigureAwait(false);
        screen.Show(Show.Facts(
            ("model", $"{Show.Escape(Repository.Shown(options.OutputPath))}, {Show.Number(report.Bytes)} bytes, {Show.Number(report.Parameters)} values"),
            ("SHA-256", report.Sha256),
            ("corpus", $"{Show.Number(report.Sequences)} sequences of elites, chosen from {Show.Number(report.DesignsPredicted)} designs, in {Show.Number(report.CorpusSeconds)} s"),
            ("training", $"{Show.Number(report.TokensSeen)} tokens in {Show.Number(report.TrainingSeconds)} s"),
            ("held out", $"{report.FloatLoss:F4} nats a token in float32, {report.Int8Loss:F4} as int8 ({report.ValidationSequences} sequences)"),
            ("on new goals", $"{Text(report.Brain)}\n{Text(report.Sobol)}"),
            ("command", Show.Escape(report.Command))));
        screen.Result(report);
        return ExitCode.Done;
    }

    private static Task<BrainTrainingReport> TrainAsync(
        BrainTrainingOptions options, IProgress<BrainTrainingProgress> progress, CancellationToken cancellation) =>
        Task.Run(() => BrainTraining.Run(options, progress, cancellation), cancellation);

    private static string Text(ProposerResult r) =>
        $"{Show.Escape(r.Proposer)}: {Show.Share(r.FeasibleShare)} of {Show.Number(r.Designs)} designs feasible, best score {r.BestScore:F3}, hypervolume {r.Hypervolume:F3}";

    private static string Text(BrainTrainingProgress p) =>
        p.Stage + (p.Loss is { } loss ? $", loss {loss:F3}" : "") + (p.ValidationLoss is { } held ? $", held out {held:F3}" : "");

    private sealed class Bars(ProgressContext context) : IProgress<BrainTrainingProgress>
    {
        private readonly Lock _lock = new();
        private readonly Dictionary<string, ProgressTask> _bars = [];

        public void Report(BrainTrainingProgress value)
        {
            lock (_lock)
            {
                if (!_bars.TryGetValue(value.Stage, out var bar))
                {
                    _bars.Add(value.Stage, bar = context.AddTask(value.Stage, maxValue: value.Of));
                }

                bar.Value = value.Done;
                bar.Description = Show.Escape(Text(value));
            }
        }
    }

    /// <summary>A line at every tenth of a stage.</summary>
    private sealed class Lines(Screen screen) : IProgress<BrainTrainingProgress>
    {
        private readonly Lock _lock = new();
        private (string Stage, int Tenth) _last;

        public void Report(BrainTrainingProgress value)
        {
            lock (_lock)
            {
                var now = (value.Stage, 10 * value.Done / Math.Max(1, value.Of));
                if (now != _last)
                {
                    _last = now;
                    var left = value.Remaining is { } time ? $", {time.TotalSeconds:F0} s left" : "";
                    screen.Note($"[grey]{Show.Escape(Text(value))}: {value.Done} of {value.Of}{left}[/]");
                }
            }
        }
    }
}
