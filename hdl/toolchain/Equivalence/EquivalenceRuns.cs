using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using HwSeed.Hdl;

namespace HwSeed.Toolchain;

/// <summary>The Yosys runs of one equivalence check: each reads what an earlier one wrote.</summary>
internal sealed partial class EquivalenceRuns(
    string directory, string top, EquivalenceOptions options, CancellationToken cancellation)
{
    // Two-state: undefined bits are zero. clk2fflogic turns clocks and asynchronous inputs into ordinary logic.
    private const string Lower =
        "proc; flatten; memory_map; setundef -undriven -zero; opt_expr; opt_clean; clk2fflogic; opt_expr; opt_clean";

    private const string Both = "read_rtlil gold.il; read_rtlil gate.il; ";

    private readonly Stopwatch _clock = Stopwatch.StartNew();

    public EquivalenceOptions Options => options;

    public TimeSpan Elapsed => _clock.Elapsed;

    public bool Sandboxed { get; private set; } = true;

    /// <summary>Reads and lowers one text; says why it cannot.</summary>
    public async Task<string?> PrepareAsync(string name, string text)
    {
        await File.WriteAllTextAsync(PathOf($"{name}.v"), text, cancellation).ConfigureAwait(false);
        var run = await RunAsync(
            $"read_verilog -sv {name}.v; hierarchy -check -top {top}; {Lower}; rename {top} {name}", $"{name}.il", 0.3,
            $"; write_rtlil {name}.il").ConfigureAwait(false);
        return run is { Succeeded: true } ? null
            : run is null or { TimedOut: true } ? "lowering did not end within the time limit"
            : YosysNetlist.Errors($"{run.StandardError}\n{run.StandardOutput}") is [var error, ..] ? error.Message
            : $"yosys ended with exit code {run.ExitCode.ToString(CultureInfo.InvariantCulture)}";
    }

    /// <summary>Compares the outputs during the first samples.</summary>
    public async Task<(EquivalenceVerdict Verdict, string? Note)> BoundedAsync(int samples, double share)
    {
        var run = await RunAsync(
            $"{Both}miter -equiv -flatten -make_outputs gold gate miter; hierarchy -top miter; opt_clean; ", "bounded.txt", share,
            $"tee -q -o bounded.txt {Sat(samples, baseOnly: true)} -show-inputs -show-outputs").ConfigureAwait(false);
        var log = Log("bounded.txt");
        if (Counterexample(log) is { } table)
        {
            return (new NotEquivalent(table), null);
        }

        // Each length is proved before the next is tried, so a run that was stopped has shown something too.
        var done = BaseCase().Matches(log).Select(m => int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture)).DefaultIfEmpty().Max();
        return done > 0 ? (new Bounded(done), null)
            : (new GaveUp(run is null or { TimedOut: true } ? "the time limit was reached before the first sample"
                : $"yosys: {run.LastLines()}"), null);
    }

    /// <summary>Whether all signals of equal name stay equal, once they have been for some samples; else what is left open.</summary>
    public async Task<(bool Stay, string? Open)> InductionAsync(int samples, double share)
    {
        var run = await RunAsync(
            $"{Both}equiv_make gold gate equiv; hierarchy -top equiv; opt_clean -purge; equiv_struct; equiv_simple; "
            + $"equiv_induct -seq {Text(samples)}; ", "induction.txt", share, "tee -q -o induction.txt equiv_status").ConfigureAwait(false);
        var log = Log("induction.txt");
        return run is { Succeeded: true } && log.Contains("Equivalence successfully proven!", StringComparison.Ordinal) ? (true, null)
            : (false, run is null or { TimedOut: true } ? "the proof by induction did not end within its time"
                : Unproven().Match(log) is { Success: true } open ? $"induction left {open.Groups[1].Value} pairs of signals open"
                : "the proof by induction failed");
    }

    /// <summary>Whether all signals of equal name are equal during the first samples.</summary>
    public async Task<bool> EqualAtFirstAsync(int samples, double share)
    {
        var run = await RunAsync(
            $"{Both}expose -shared gold gate; miter -equiv -flatten gold gate miter; hierarchy -top miter; opt_clean; ",
            "base.txt", share, $"tee -q -o base.txt {Sat(samples, baseOnly: true)}").ConfigureAwait(false);
        return run is { Succeeded: true } && Log("base.txt").Contains(
            $"proved base case for {Text(samples)} steps: SUCCESS!", StringComparison.Ordinal);
    }

    /// <summary>Whether temporal induction over the outputs alone, its base case included, gives a proof.</summary>
    public async Task<bool> OutputInductionAsync(int most, double share)
    {
        var run = await RunAsync(
            $"{Both}miter -equiv -flatten gold gate miter; hierarchy -top miter; opt_clean; ", "outputs.txt", share,
            $"tee -q -o outputs.txt {Sat(most, baseOnly: false)}").ConfigureAwait(false);
        return run is { Succeeded: true } && Log("outputs.txt").Contains("Induction step proven: SUCCESS!", StringComparison.Ordinal);
    }

    /// <summary>
    /// Whether no reachable state has different outputs, by property directed reachability after merging what simulation and
    /// induction show to be equal (ABC's <c>scorr</c> and <c>pdr</c>).
    /// </summary>
    public async Task<bool> ReachabilityAsync(double share)
    {
        var lowered = await RunAsync(
            $"{Both}miter -equiv -flatten gold gate miter; hierarchy -top miter; opt -full; techmap; opt -full; "
            + "setundef -undriven -zero -init; aigmap; opt_clean", "miter.aig", share, "; write_aiger miter.aig").ConfigureAwait(false);
        if (lowered is not { Succeeded: true } || ExternalTool.Abc.Locate() is not { } abc)
        {
            return false;
        }

        var run = await RunToolAsync(abc, ["-c", "read_aiger miter.aig; dc2; scorr; pdr"], share).ConfigureAwait(false);
        return run is { Succeeded: true } && run.StandardOutput.Contains("Property proved.", StringComparison.Ordinal);
    }

    private static string Sat(int samples, bool baseOnly) =>
        $"sat -seq 1 {(baseOnly ? "-tempinduct-baseonly" : "-tempinduct")} -maxsteps {Text(samples)} -prove trigger 0 -set-init-zero";

    // A result is never read from an earlier run.
    private Task<ToolRun?> RunAsync(string script, string result, double share, string last)
    {
        File.Delete(PathOf(result));
        return RunToolAsync(ExternalTool.Yosys.Locate()!, ["-q", "-p", script + last], share);
    }

    // A share of no time is no run.
    private async Task<ToolRun?> RunToolAsync(string program, EquatableArray<string> arguments, double share)
    {
        var left = options.TimeLimit - _clock.Elapsed;
        if (left <= TimeSpan.Zero)
        {
            return null;
        }

        var run = await ToolProcess.RunAsync(
            new ToolCommand(program, arguments, directory) { TimeLimit = left * share, MemoryLimitBytes = options.MemoryLimitBytes },
            cancellation).ConfigureAwait(false);
        Sandboxed &= run.Sandboxed;
        return run;
    }

    private string PathOf(string file) => Path.Combine(directory, file);

    private string Log(string file) => File.Exists(PathOf(file)) ? File.ReadAllText(PathOf(file)) : "";

    /// <summary>The table of the ports, when a difference was found: rows of sample, signal and hexadecimal value.</summary>
    private static string? Counterexample(string log)
    {
        if (!log.Contains("FAIL", StringComparison.Ordinal) && !log.Contains("model found", StringComparison.Ordinal))
        {
            return null;
        }

        var rows = Row().Matches(log).Where(m => m.Groups["name"].Value != "trigger")
            .Select(m => $"{m.Groups["time"].Value,6}  {m.Groups["name"].Value} = {m.Groups["hex"].Value}").ToList();
        return rows.Count == 0 ? null : string.Join("\n", rows);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^Base case for induction length (\d+) proven", RegexOptions.Multiline)]
    private static partial Regex BaseCase();

    [GeneratedRegex(@"Found a total of (\d+) unproven")]
    private static partial Regex Unproven();

    [GeneratedRegex(@"^ *(?<time>\d+) \\(?<name>\S+) +\S+ +(?<hex>[0-9a-f]+) +[01]+ *$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
