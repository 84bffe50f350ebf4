using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Netlists;
using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog;
using HwSeed.Sim.Traces;
using HwSeed.Toolchain;

namespace HwSeed.Sim.Lockstep;

/// <summary>
/// A Verilator model of a design with its replay bench. Replays runs that the compiled simulator recorded, and compares
/// every output port in every cycle. The verdict is read only from a file that bears a fresh nonce at both ends.
/// </summary>
public sealed class LockstepModel
{
    private readonly VerilatorExecutable _executable;
    private readonly Module _top;

    private LockstepModel(VerilatorExecutable executable, Module top, TimeSpan buildTime) =>
        (_executable, _top, BuildTime) = (executable, top, buildTime);

    /// <summary>Verilog to executable.</summary>
    public TimeSpan BuildTime { get; }

    /// <summary>Builds the model; needs Verilator and a C++ compiler.</summary>
    /// <param name="design">The design.</param>
    /// <param name="workDirectory">A directory of this model's own; Verilog, bench, stimulus and results stay there.</param>
    /// <param name="options">How Verilator builds.</param>
    /// <param name="verilogText">Verilog to verify in place of what the writer makes of the design, with the same top
    /// and ports: for fault injection and for Verilog from elsewhere.</param>
    /// <param name="cancellation">Stops the build.</param>
    public static async Task<Checked<LockstepModel>> BuildAsync(
        Design design,
        string workDirectory,
        VerilatorOptions? options = null,
        string? verilogText = null,
        CancellationToken cancellation = default)
    {
        var clock = Stopwatch.StartNew();
        var built = await Verilator.BuildAsync(
            workDirectory,
            verilogText ?? VerilogWriter.Write(design),
            design.Top.Name,
            BenchWriter.Write(design.Top, Netlist.Elaborate(design).Value?.ImplicitClock is not null),
            options ?? VerilatorOptions.Default,
            cancellation).ConfigureAwait(false);
        return built.Then(executable => Checked.Ok(new LockstepModel(executable, design.Top, clock.Elapsed)));
    }

    /// <summary>Builds a model and replays one trace.</summary>
    /// <param name="design">The design.</param>
    /// <param name="trace">A run of the compiled simulator.</param>
    /// <param name="workDirectory">A directory of this model's own.</param>
    /// <param name="options">How Verilator builds.</param>
    /// <param name="verilogText">Verilog to verify in place of what the writer makes of the design.</param>
    /// <param name="cancellation">Stops build and replay.</param>
    public static async Task<Checked<LockstepReport>> VerifyAsync(
        Design design,
        PortTrace trace,
        string workDirectory,
        VerilatorOptions? options = null,
        string? verilogText = null,
        CancellationToken cancellation = default)
    {
        var model = await BuildAsync(design, workDirectory, options, verilogText, cancellation).ConfigureAwait(false);
        return model.IsOk
            ? Checked.Ok(await model.Value.ReplayAsync(trace, cancellation: cancellation).ConfigureAwait(false))
            : Checked.Fail<LockstepReport>(model.Diagnostics);
    }

    /// <summary>Replays a trace.</summary>
    /// <param name="trace">A run of the compiled simulator on a design with the same ports.</param>
    /// <param name="limit">Wall-clock limit, 5 minutes when null.</param>
    /// <param name="cancellation">Ends the replay.</param>
    public async Task<LockstepReport> ReplayAsync(
        PortTrace trace, TimeSpan? limit = null, CancellationToken cancellation = default)
    {
        RequireSamePorts(trace);
        var nonce = BinaryPrimitives.ReadUInt128LittleEndian(RandomNumberGenerator.GetBytes(16));
        var name = nonce.ToString("x32", CultureInfo.InvariantCulture)[..8];
        var (stimulus, result) = ($"stimulus-{name}.bin", $"result-{name}.txt");
        var resultPath = Path.Combine(_executable.WorkDirectory, result);
        var stimulusPath = Path.Combine(_executable.WorkDirectory, stimulus);
        StimulusFile.Write(stimulusPath, trace, nonce);
        var run = await Verilator.RunAsync(
            _executable, [stimulus, result], limit ?? TimeSpan.FromMinutes(5), cancellation).ConfigureAwait(false);
        var (read, problem) = BenchResult.Read(resultPath, nonce);

        // Traces are large and the nonce is spent; what the run showed stays beside the model.
        File.Delete(stimulusPath);
        var (verdict, reason) = Judge(trace, run, read, problem);
        return new(verdict, reason, read?.Cycles ?? 0, read?.Outputs ?? [], read?.Divergence, BuildTime, run.Elapsed,
            run.StandardOutput + run.StandardError);
    }

    private static (LockstepVerdict Verdict, string Reason) Judge(
        PortTrace trace, ToolRun run, BenchResult? result, string problem)
    {
        var missing = run.TimedOut ? "the replay ran into its time limit"
            : !run.Succeeded ? $"the bench ended with status {run.ExitCode}"
            : result is null ? problem
            : result.Replayed != trace.Cycles ? $"the bench replayed {result.Replayed} of {trace.Cycles} cycles"
            : null;
        if (missing is not null)
        {
            return (LockstepVerdict.NotVerified, missing);
        }

        return result!.Divergence is { } difference
            ? (LockstepVerdict.Diverged, difference.ToString())
            : (LockstepVerdict.Agreed, $"all outputs equal in all {trace.Cycles} cycles");
    }

    private void RequireSamePorts(PortTrace trace)
    {
        var mine = _top.InputPorts.Concat(_top.OutputPorts).Select(p => (p.Name, p.Width));
        if (!mine.SequenceEqual(trace.Inputs.Concat(trace.Outputs).Select(p => (p.Name, p.Width))))
        {
            throw new ArgumentException($"the trace was recorded on other ports than those of '{_top.Name}'");
        }
    }
}
