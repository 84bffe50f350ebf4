using System.Globalization;
using HwSeed.Hdl;
using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Toolchain;

/// <summary>The fastest of the seeds that were tried.</summary>
internal sealed record Route(
    NextpnrReport Report, int Seed, double FmaxMhz, TimeSpan Elapsed, bool Sandboxed, EquatableArray<SeedResult> Attempts)
{
    /// <summary>The middle one of the clocks that the seeds reached.</summary>
    public double MedianFmaxMhz
    {
        get
        {
            double[] reached = [.. Attempts.Select(a => a.FmaxMhz).OfType<double>().Order()];
            return (reached[(reached.Length - 1) / 2] + reached[reached.Length / 2]) / 2;
        }
    }
}

/// <summary>The steps of synthesis in one directory, and their files <c>TOP.EXTENSION</c>.</summary>
internal sealed record SynthesisFlow(string Directory, string Top, FpgaDevice Device, SynthesisOptions Options)
{
    // The files of one seed lie beside those of the next only while several are tried.
    private static readonly string[] s_routed = ["asc", "nextpnr.json", "nextpnr.log", "placed.json"];

    /// <summary>The device's own cells that the design uses, each in a file of its own.</summary>
    public EquatableArray<string> Cells { get; init; } = [];

    private EquatableArray<string> YosysArguments
    {
        get
        {
            string[] promises = Options.AssumeNoReadWriteCollision ? ["-no-rw-check"] : [];
            var flags = string.Concat(Device.YosysFlags.Concat(promises).Select(f => f + " "));
            var overrides = string.Concat(Cells.Select(c => $"read_verilog -overwrite {c}.v; "));
            return ["-q", "-p", $"read_verilog {Top}.v; {overrides}synth_ice40 {flags}-top {Top} -json {Top}.json; tee -q -o {Top}.stat.json stat -json"];
        }
    }

    private EquatableArray<string> IcepackArguments => [$"{Top}.asc", $"{Top}.bin"];

    private bool HasPins => Options.Pins.Count > 0;

    public string PathOf(string extension) => Path.Combine(Directory, $"{Top}.{extension}");

    // A report must never be read from an earlier run in this directory.
    public void RemoveOldResults()
    {
        foreach (var extension in s_routed.SelectMany(e => (string[])[e, $"best.{e}"]).Concat(["json", "stat.json", "pcf", "bin"]))
        {
            File.Delete(PathOf(extension));
        }
    }

    public async Task<(Checked<YosysNetlist> Netlist, ToolRun Run)> YosysAsync(CancellationToken cancellation)
    {
        var run = await RunAsync(ExternalTool.Yosys, YosysArguments, cancellation).ConfigureAwait(false);
        if (!run.Succeeded)
        {
            var errors = YosysNetlist.Errors($"{run.StandardError}\n{run.StandardOutput}");
            return (Checked.Fail<YosysNetlist>(Failure("yosys", run, errors)), run);
        }

        await using var netlist = File.OpenRead(PathOf("json"));
        var stat = await File.ReadAllTextAsync(PathOf("stat.json"), cancellation).ConfigureAwait(false);
        return (Checked.Ok(YosysNetlist.Read(stat, netlist, Top)), run);
    }

    /// <summary>Writes a makefile that makes the bitstream anew by the same commands, and compares.</summary>
    public Task WriteMakefileAsync(int seed, CancellationToken cancellation)
    {
        (ExternalTool Tool, EquatableArray<string> Arguments)[] steps =
            [(ExternalTool.Yosys, YosysArguments), (ExternalTool.Nextpnr, NextpnrArguments(seed)), (ExternalTool.Icepack, IcepackArguments)];
        var commands = steps.Select(s => $" && \\\n\t\t{s.Tool.Program} {string.Join(' ', s.Arguments.Select(Quoted))}");
        return File.WriteAllTextAsync(Path.Combine(Directory, "Makefile"), $"""
            # 'make check' makes {Top}.bin anew in replay/ with the seed that was kept, and compares every byte.
            .PHONY: check
            check:
            	mkdir -p replay
            	cp {string.Join(' ', Cells.Prepend(Top).Select(f => $"{f}.v"))} {(HasPins ? $"{Top}.pcf " : "")}replay/
            	cd replay{string.Concat(commands)}
            	cmp {Top}.bin replay/{Top}.bin

            """.ReplaceLineEndings("\n") + Options.MakeTargets, cancellation);

        static string Quoted(string word) => word.All(c => char.IsAsciiLetterOrDigit(c) || "-_./".Contains(c, StringComparison.Ordinal)) ? word : $"'{word}'";
    }

    public Task<ToolRun> IcepackAsync(CancellationToken cancellation) => RunAsync(ExternalTool.Icepack, IcepackArguments, cancellation);

    /// <summary>Places and routes with each seed, and keeps the files of the fastest; the first one of equals.</summary>
    public async Task<Checked<Route>> RouteAsync(CancellationToken cancellation)
    {
        Route? best = null;
        Checked<NextpnrReport>? failure = null;
        var (attempts, elapsed) = (new List<SeedResult>(), TimeSpan.Zero);
        for (var seed = Options.Seed; seed < Options.Seed + Options.Seeds; seed++)
        {
            var (report, run) = await NextpnrAsync(seed, cancellation).ConfigureAwait(false);
            elapsed += run.Elapsed;
            attempts.Add(new(seed, report.Value?.FmaxMhz));
            if (!report.IsOk)
            {
                failure ??= report;
                continue;
            }

            if (report.Value.FmaxMhz is not { } fmax)
            {
                return Checked.Fail<Route>(ToolDiagnostics.NoClock(Top));
            }

            if (best is null || fmax > best.FmaxMhz)
            {
                best = new(report.Value, seed, fmax, elapsed, run.Sandboxed, []);
                Keep();
            }
        }

        if (best is not null)
        {
            Restore();
        }

        return best is null
            ? Checked.Fail<Route>(failure!.Diagnostics)
            : Checked.Ok(best with { Elapsed = elapsed, Attempts = [.. attempts] });
    }

    private void Keep() => Array.ForEach(s_routed, e => File.Move(PathOf(e), PathOf($"best.{e}"), overwrite: true));

    private void Restore() => Array.ForEach(s_routed, e => File.Move(PathOf($"best.{e}"), PathOf(e), overwrite: true));

    private EquatableArray<string> NextpnrArguments(int seed) =>
    [
        $"--{Device.Chip}", "--package", Device.Package, "--json", $"{Top}.json", "--asc", $"{Top}.asc",
        "--report", $"{Top}.nextpnr.json", "--write", $"{Top}.placed.json", .. HasPins ? (string[])["--pcf", $"{Top}.pcf"] : ["--pcf-allow-unconstrained"], "--timing-allow-fail",
        "--seed", seed.ToString(CultureInfo.InvariantCulture),
        "--freq", Options.TargetMhz.ToString("R", CultureInfo.InvariantCulture),
        "-q", "-l", $"{Top}.nextpnr.log",
    ];

    private async Task<(Checked<NextpnrReport> Report, ToolRun Run)> NextpnrAsync(int seed, CancellationToken cancellation)
    {
        var run = await RunAsync(ExternalTool.Nextpnr, NextpnrArguments(seed), cancellation).ConfigureAwait(false);
        if (!run.Succeeded)
        {
            var log = File.Exists(PathOf("nextpnr.log"))
                ? await File.ReadAllTextAsync(PathOf("nextpnr.log"), cancellation).ConfigureAwait(false)
                : "";
            var errors = NextpnrReport.Failures(log, run.StandardError, Device);
            return (Checked.Fail<NextpnrReport>(Failure("nextpnr-ice40", run, errors)), run);
        }

        await using var report = File.OpenRead(PathOf("nextpnr.json"));
        return (Checked.Ok(NextpnrReport.Read(report)), run);
    }

    /// <summary>Writes the pins that are asked for, if any.</summary>
    public Task WriteGivenPinsAsync(CancellationToken cancellation) => HasPins
        ? File.WriteAllTextAsync(PathOf("pcf"), PinFile.Write(Options.Pins), cancellation)
        : Task.CompletedTask;

    // Where nextpnr chooses the pins, which ones is in the placed netlist alone, and that is larger than all else.
    public async Task<Checked<IReadOnlyList<PinAssignment>>> WritePinsAsync(CancellationToken cancellation)
    {
        if (HasPins)
        {
            DropPlacement();
            return Checked.Ok<IReadOnlyList<PinAssignment>>([.. Options.Pins]);
        }

        var pins = await new Icebox(Directory, Options.StepLimit)
            .AssignmentsAsync(Device, PathOf("placed.json"), cancellation).ConfigureAwait(false);
        DropPlacement();
        if (pins.IsOk)
        {
            await File.WriteAllTextAsync(PathOf("pcf"), PinFile.Write(pins.Value), cancellation).ConfigureAwait(false);
        }

        return pins;
    }

    private void DropPlacement()
    {
        if (!Options.KeepPlacement)
        {
            File.Delete(PathOf("placed.json"));
        }
    }

    private Task<ToolRun> RunAsync(ExternalTool tool, EquatableArray<string> arguments, CancellationToken cancellation) =>
        ToolProcess.RunAsync(
            new ToolCommand(tool.Locate()!, arguments, Directory)
            {
                TimeLimit = Options.StepLimit,
                MemoryLimitBytes = Options.MemoryLimitBytes,
            }, cancellation);

    public IReadOnlyList<Diagnostic> Failure(string tool, ToolRun run, IReadOnlyList<Diagnostic> errors) =>
        run.TimedOut ? [ToolDiagnostics.TimedOut(tool, Options.StepLimit)]
        : errors.Count > 0 ? errors
        : [ToolDiagnostics.ToolFailed(tool, run.ExitCode, run.LastLines())];
}
