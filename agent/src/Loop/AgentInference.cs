using System.Diagnostics;
using HwSeed.Agent.Seeds;
using HwSeed.Brain;
using HwSeed.Brain.Gguf;
using HwSeed.Brain.Sampling;
using HwSeed.Hdl;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Kernels;

namespace HwSeed.Agent.Loop;

/// <summary>A kernel where it runs.</summary>
/// <param name="Backend">The device.</param>
/// <param name="Plan">The tiling.</param>
public sealed record PlacedKernel(IBackend Backend, KernelPlan Plan)
{
    /// <summary>Both in words.</summary>
    public string Label => $"{Backend.Name}: {Plan.Describe()}";
}

/// <summary>The model's rates under several kernels, interleaved.</summary>
/// <param name="TokensPerSecond">A median for each kernel, in the order given.</param>
/// <param name="Samples">Raw seconds, round by round, kernel by kernel.</param>
/// <param name="OutputsIdentical">Whether every kernel drew the same tokens in every round.</param>
public sealed record InferenceComparison(
    EquatableArray<double> TokensPerSecond, EquatableArray<double> Samples, bool OutputsIdentical)
{
    /// <summary>
    /// Rate of one kernel over another: the median of the ratios within rounds, so that drift of the machine cancels.
    /// </summary>
    public double Ratio(int kernel, int over)
    {
        var kernels = TokensPerSecond.Count;
        var ratios = Enumerable.Range(0, Samples.Count / kernels)
            .Select(round => Samples[(round * kernels) + over] / Samples[(round * kernels) + kernel]);
        return MathNet.Numerics.Statistics.Statistics.Median(ratios);
    }
}

/// <summary>The agent's own model with the kernel that it runs on now.</summary>
public sealed class AgentInference : IDisposable
{
    /// <summary>Sequences that are decoded together while a kernel is timed.</summary>
    private const int TimedSequences = 128;

    /// <summary>Rounds after which a slow kernel has been timed long enough.</summary>
    private const int LeastRounds = 3;

    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(6);
    private readonly GgufFile _file;

    private AgentInference(GgufFile file, Transformer model, PlacedKernel kernel) =>
        (_file, Model, Kernel) = (file, model, kernel);

    /// <summary>The model.</summary>
    public Transformer Model { get; }

    /// <summary>What multiplies its matrices now.</summary>
    public PlacedKernel Kernel { get; private set; }

    /// <summary>Loads a model that speaks the design vocabulary.</summary>
    public static Checked<AgentInference> Load(string path, PlacedKernel kernel) =>
        GgufFile.Read(path).Then(file => Transformer.Load(file, kernel.Backend, kernel.Plan).Then(model =>
        {
            if (DesignWriting.Speaks(model))
            {
                return Checked.Ok(new AgentInference(file, model, kernel));
            }

            model.Dispose();
            return Checked.Fail<AgentInference>(AgentDiagnostics.ForeignVocabulary(path));
        }));

    /// <summary>Goes on with another kernel.</summary>
    public void Adopt(PlacedKernel kernel)
    {
        Model.UseKernel(kernel.Backend, kernel.Plan);
        Kernel = kernel;
    }

    /// <summary>
    /// Draws the same designs under each kernel, one after the other in every round, the order turning from round to
    /// round. Each round has a fresh seed, so that nothing can be remembered; the first round is not timed.
    /// </summary>
    /// <param name="kernels">At least one. A kernel that cannot be built throws <see cref="KernelBuildException"/>.</param>
    /// <param name="prompt">What the model is asked.</param>
    /// <param name="rounds">Timed rounds; fewer, but at least 3, when they take long.</param>
    /// <param name="seed">Decides all draws.</param>
    /// <param name="cancellation">Stops between steps.</param>
    public InferenceComparison Compare(
        IReadOnlyList<PlacedKernel> kernels, int[] prompt, int rounds, Seed seed, CancellationToken cancellation = default)
    {
        var models = new List<Transformer>();
        try
        {
            foreach (var kernel in kernels)
            {
                models.Add(Transformer.Load(_file, kernel.Backend, kernel.Plan).OrThrow());
            }

            return Compare(models, prompt, rounds, seed, cancellation);
        }
        finally
        {
            models.ForEach(m => m.Dispose());
        }
    }

    private static InferenceComparison Compare(
        List<Transformer> models, int[] prompt, int rounds, Seed seed, CancellationToken cancellation)
    {
        var seconds = new List<double>();
        var clock = Stopwatch.StartNew();
        var rates = models.Select(_ => new List<double>()).ToArray();
        var identical = true;
        for (var round = -1; round < rounds && (round < LeastRounds || clock.Elapsed < LongEnough); round++)
        {
            int[][]? drawn = null;
            var taken = new double[models.Count];
            for (var turn = 0; turn < models.Count; turn++)
            {
                var i = (turn + round + 1) % models.Count;
                var samples = Generation.Sample(
                    models[i], prompt, TimedSequences, DesignWriting.Grammar, DesignWriting.Options,
                    seed.For("round", round).Value, cancellation);
                drawn ??= samples.Tokens;
                identical &= drawn.Zip(samples.Tokens).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second));
                taken[i] = samples.Stats.Seconds;
                if (round >= 0)
                {
                    rates[i].Add(samples.Stats.TokensPerSecond);
                }
            }

            seconds.AddRange(round >= 0 ? taken : []);
        }

        return new(
            rates.Select(MathNet.Numerics.Statistics.Statistics.Median).ToEquatableArray(), [.. seconds], identical);
    }

    /// <summary>Frees the model.</summary>
    public void Dispose() => Model.Dispose();
}
