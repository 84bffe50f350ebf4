using System.Globalization;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Toolchain;

namespace HwSeed.Agent.Benches;

/// <summary>A Verilator model to race against: the faster of hierarchical and flat, by the fastest compiler there is.</summary>
/// <param name="Executable">The model with its bench.</param>
/// <param name="Name">How it was built.</param>
/// <param name="BuildSeconds">Verilog to executable, without Verilator's own library.</param>
internal sealed record VerilatorOpponent(VerilatorExecutable Executable, string Name, double BuildSeconds)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);

    /// <summary>Builds both and keeps the one that is faster in a trial.</summary>
    /// <param name="folder">A folder of its own.</param>
    /// <param name="text">The design.</param>
    /// <param name="top">Its top module.</param>
    /// <param name="bench">C++ that takes the trial's arguments and a result file, and writes cycles, seconds and checksum.</param>
    /// <param name="trial">Arguments of the trial, and a function that puts the files there that it reads.</param>
    /// <param name="cancellation">Ends builds and runs.</param>
    public static async Task<Checked<VerilatorOpponent>> BuildAsync(
        string folder, string text, string top, string bench, (string Argument, Action<string>? Prepare) trial,
        CancellationToken cancellation)
    {
        var compiler = ExternalTool.Clang.Locate() is null ? ExternalTool.Compiler : ExternalTool.Clang;
        (VerilatorOpponent Opponent, double Seconds)? best = null;
        foreach (var flatten in (bool[])[false, true])
        {
            var built = await Verilator.BuildAsync(
                Path.Combine(folder, flatten ? "flat" : "hierarchical"), text, top, bench,
                new()
                {
                    Optimisation = 3,
                    NativeArch = true,
                    FastUnknowns = true,
                    Flatten = flatten,
                    Compiler = compiler,
                    StepLimit = TimeSpan.FromMinutes(8),
                },
                cancellation).ConfigureAwait(false);
            if (!built.IsOk)
            {
                return Checked.Fail<VerilatorOpponent>(built.Diagnostics);
            }

            var model = built.Value;
            trial.Prepare?.Invoke(model.WorkDirectory);
            var opponent = new VerilatorOpponent(
                model, $"Verilator -O3 -march=native, {compiler.Program}, {(flatten ? "flat" : "hierarchical")}",
                (model.VerilateTime + model.CompileTime).TotalSeconds);
            var run = await opponent.RunAsync(trial.Argument, cancellation).ConfigureAwait(false);
            if (best is null || run.Seconds < best.Value.Seconds)
            {
                best = (opponent, run.Seconds);
            }
        }

        return Checked.Ok(best!.Value.Opponent);
    }

    /// <summary>Runs the model; throws when it fails.</summary>
    /// <param name="argument">The bench's first argument.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<LoopResult> RunAsync(string argument, CancellationToken cancellation)
    {
        var result = Path.Combine(Executable.WorkDirectory, "result.txt");
        File.Delete(result);
        var run = await Verilator.RunAsync(Executable, [argument, "result.txt"], s_limit, cancellation).ConfigureAwait(false);
        if (!run.Succeeded || !File.Exists(result))
        {
            throw InvalidInputException.Of(ToolDiagnostics.ToolFailed("the Verilator bench", run.ExitCode, run.StandardError));
        }

        var fields = (await File.ReadAllTextAsync(result, cancellation).ConfigureAwait(false)).Split(' ');
        return new(
            long.Parse(fields[0], CultureInfo.InvariantCulture), double.Parse(fields[1], CultureInfo.InvariantCulture),
            ulong.Parse(fields[2], CultureInfo.InvariantCulture));
    }
}

/// <summary>What one side of a race did.</summary>
/// <param name="Cycles">Cycles that were simulated.</param>
/// <param name="Seconds">Time of the loop alone.</param>
/// <param name="Checksum">Over all outputs.</param>
internal sealed record LoopResult(long Cycles, double Seconds, ulong Checksum);
