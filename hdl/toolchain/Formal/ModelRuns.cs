using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using HwSeed.Hdl;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Toolchain;

/// <summary>The tool runs of one model check.</summary>
internal sealed partial class ModelRuns(string directory, Module top, ModelCheckOptions options, CancellationToken cancellation)
{
    // Two-state: undefined bits are zero. Registers become flip-flops that power up as zero, with inverters where needed.
    private const string Lower =
        "proc; flatten; memory_map; opt -full; techmap; opt -full; setundef -undriven -zero -init; dffunmap; aigmap; opt_clean; "
        + "write_aiger -zinit -symbols model.aig";

    private static readonly TimeSpan s_lowering = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(2);

    private readonly Stopwatch _clock = new();
    private LoweredModel? _model;

    public ModelCheckOptions Options => options;

    /// <summary>Time of the claim at hand.</summary>
    public TimeSpan Elapsed => _clock.Elapsed;

    /// <summary>Begins with another claim.</summary>
    public void Restart() => _clock.Restart();

    /// <summary>Writes the and-inverter graph; says why it cannot.</summary>
    public async Task<Diagnostic?> LowerAsync()
    {
        var run = await RunAsync(
            ExternalTool.Yosys, s_lowering, "-q", "-p", $"read_verilog -sv model.v; hierarchy -check -top {top.Name}; {Lower}").ConfigureAwait(false);
        if (!run.Succeeded)
        {
            return run.TimedOut ? ToolDiagnostics.TimedOut("yosys", s_lowering) : ToolDiagnostics.ToolFailed("yosys", run.ExitCode, run.LastLines());
        }

        _model = new(await File.ReadAllBytesAsync(PathOf("model.aig"), cancellation).ConfigureAwait(false));
        return null;
    }

    /// <summary>The value of an output that lowering found to be constant.</summary>
    public bool? ConstantOf(string output) => _model!.ConstantOf(output);

    /// <summary>One cycle in which all inputs are zero.</summary>
    public InputTrace NoInputs() => LoweredModel.Trace("power_up@0=0", top);

    /// <summary>Looks for an inductive invariant, or a run that breaks the claim; null when neither was found in time.</summary>
    public async Task<PropertyVerdict?> ReachabilityAsync(string output, double share)
    {
        var (run, trace) = await AbcAsync(
            output, share, seconds => _model!.IsCombinational ? "iprove" : $"dc2; scorr; pdr -T {seconds}").ConfigureAwait(false);
        return trace is not null ? new Violated(trace)
            : run.StandardOutput.Contains("Property proved.", StringComparison.Ordinal) ? new Holds("pdr")
            : _model!.IsCombinational && run.StandardOutput.Contains("UNSATISFIABLE", StringComparison.Ordinal) ? new Holds("sat")
            : null;
    }

    /// <summary>Examines cycle after cycle from power-up for the rest of the time.</summary>
    public async Task<PropertyVerdict> BoundedAsync(string output)
    {
        if (_model!.IsCombinational)
        {
            return new Undecided("the time limit was reached");
        }

        var (run, trace) = await AbcAsync(output, 1, seconds => $"bmc3 -T {seconds}").ConfigureAwait(false);
        return trace is not null ? new Violated(trace)
            : Frames().Match(run.StandardOutput) is { Success: true } match && Number(match.Groups[1].Value) is > 0 and var cycles ? new HoldsFor(cycles)
            : new Undecided(run.TimedOut ? "the time limit was reached before the first cycle was examined" : $"yosys-abc: {run.LastLines()}");
    }

    /// <summary>Induction over a number of cycles with an SMT solver, base case included; null when it gave no proof.</summary>
    public async Task<PropertyVerdict?> SolverInductionAsync(string output, int cycles, double share)
    {
        var limit = Left(share);
        await File.WriteAllTextAsync(PathOf("claim.v"), Claim(output), cancellation).ConfigureAwait(false);
        var lowered = await RunAsync(
            ExternalTool.Yosys, limit, "-q", "-p", "read_verilog -sv model.v; read_verilog -formal -sv claim.v; "
            + "prep -flatten -top hwseed_claim; memory_map; setundef -undriven -zero; opt -full; dffunmap; write_smt2 -wires claim.smt2").ConfigureAwait(false);
        if (!lowered.Succeeded)
        {
            return null;
        }

        foreach (var mode in new[] { Array.Empty<string>(), ["-i"] })
        {
            var run = await RunAsync(
                ExternalTool.Smtbmc, Left(share), [.. mode, "-s", "z3", "-t", cycles.ToString(CultureInfo.InvariantCulture), "claim.smt2"]).ConfigureAwait(false);
            if (!run.Succeeded || !run.StandardOutput.Contains("Status: passed", StringComparison.OrdinalIgnoreCase))
            {
                return null;
            }
        }

        return new Holds("z3");
    }

    private async Task<(ToolRun Run, InputTrace? Trace)> AbcAsync(string output, double share, Func<string, string> engine)
    {
        var limit = Left(share);
        File.Delete(PathOf("trace.txt"));
        var seconds = Math.Max(1, (int)limit.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        var number = _model!.NumberOf(output).ToString(CultureInfo.InvariantCulture);
        var run = await RunAsync(ExternalTool.Abc, limit + s_grace, "-c",
            $"read_aiger model.aig; cone -s -a -O {number}; {engine(seconds)}; write_cex -f trace.txt").ConfigureAwait(false);
        var isViolated = Violation().IsMatch(run.StandardOutput) && File.Exists(PathOf("trace.txt"));
        return (run, isViolated
            ? LoweredModel.Trace(await File.ReadAllTextAsync(PathOf("trace.txt"), cancellation).ConfigureAwait(false), top)
            : null);
    }

    private Task<ToolRun> RunAsync(ExternalTool tool, TimeSpan limit, params EquatableArray<string> arguments) => ToolProcess.RunAsync(
        new ToolCommand(tool.Locate()!, arguments, directory) { TimeLimit = limit, MemoryLimitBytes = options.MemoryLimitBytes }, cancellation);

    private TimeSpan Left(double share)
    {
        var left = (options.TimeLimit - _clock.Elapsed) * share;
        return left > TimeSpan.FromSeconds(1) ? left : TimeSpan.FromSeconds(1);
    }

    private string Claim(string output)
    {
        var inputs = top.InputPorts.ToList();
        var text = new StringBuilder("module hwseed_claim(input clk");
        foreach (var port in inputs)
        {
            text.Append(CultureInfo.InvariantCulture, $", input [{port.Width - 1}:0] {port.Name}");
        }

        text.Append(CultureInfo.InvariantCulture, $");\nwire broken;\n{top.Name} harness(.clk(clk)");
        foreach (var port in inputs)
        {
            text.Append(CultureInfo.InvariantCulture, $", .{port.Name}({port.Name})");
        }

        return text.Append(CultureInfo.InvariantCulture, $", .{output}(broken));\nalways @* assert (!broken);\nendmodule\n").ToString();
    }

    private string PathOf(string file) => Path.Combine(directory, file);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"was asserted in frame|^SATISFIABLE", RegexOptions.Multiline)]
    private static partial Regex Violation();

    [GeneratedRegex(@"No output asserted in (\d+) frames")]
    private static partial Regex Frames();
}
