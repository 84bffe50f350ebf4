using HwSeed.Hdl;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Verilog;
using HwSeed.Hdl.Verilog.Binding;
using HwSeed.Toolchain;

namespace HwSeed.Sim.Cosimulation;

/// <summary>Verilog files that are read, simulated, and compared with Verilator's model of the same files.</summary>
/// <param name="Files">The files, in order.</param>
/// <param name="Top">The top module.</param>
public sealed record VerilogCosim(EquatableArray<string> Files, string Top)
{
    private const long WaveSteps = 4000;
    private static readonly TimeSpan s_runLimit = TimeSpan.FromMinutes(10);

    /// <summary>Macros and include directories; what Verilator itself defines (<c>VERILATOR</c>) is defined on both sides.</summary>
    public VerilogOptions Options { get; init; } = VerilogOptions.Default;

    /// <summary>Parameters of the top module, as Verilog text.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Names of the clocks; none to find them.</summary>
    public EquatableArray<string> Clocks { get; init; }

    /// <summary>Names of the resets; none to find them.</summary>
    public EquatableArray<string> Resets { get; init; }

    /// <summary>Cycles of the first clock.</summary>
    public long Cycles { get; init; } = 10_000;

    /// <summary>Seed of the random inputs.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>A file that Verilator gets in place of ours: how tests make a difference.</summary>
    internal string? Theirs { get; init; }

    /// <summary>Reads, builds and runs. The reader refuses what would let the Verilog open files or run programs.</summary>
    /// <param name="workDirectory">A directory of this run's own.</param>
    /// <param name="verilator">How Verilator builds.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<Checked<CosimReport>> RunAsync(
        string workDirectory, VerilatorOptions? verilator = null, CancellationToken cancellation = default)
    {
        var design = Read();
        var ours = design.Then(d => Simulator.Compile(d.Netlist));
        if (!ours.IsOk)
        {
            return Checked.Fail<CosimReport>(ours.Diagnostics);
        }

        var model = await BuildAsync(design.Value!, workDirectory, verilator, cancellation).ConfigureAwait(false);
        if (!model.IsOk)
        {
            return Checked.Fail<CosimReport>(model.Diagnostics.Where(d => d.Severity == Severity.Error));
        }

        var report = await Cosimulation.RunAsync(ours.Value, model.Value, Seed, Cycles, s_runLimit, cancellation: cancellation).ConfigureAwait(false);
        if (report is not { IsOk: true, Value.Difference: { } difference })
        {
            return report;
        }

        // Again with waves, of the last steps only: they are much larger than outputs.
        var from = Math.Max(0, difference.Step - WaveSteps);
        var traced = await BuildAsync(
            design.Value!, Path.Combine(workDirectory, "waves"), (verilator ?? VerilatorOptions.Default) with { TraceVcd = true }, cancellation).ConfigureAwait(false);
        var file = traced.IsOk
            ? await traced.Value.WavesAsync(Seed, from, difference.Step + 1, s_runLimit, cancellation).ConfigureAwait(false)
            : Checked.Fail<string>(traced.Diagnostics);
        // The first scope is Verilator's own, around the top module.
        using var waves = file.IsOk ? new Waves(file.Value, $"TOP.{Top}") : null;
        return Checked.Ok(report.Value with { Cone = Cone.Of(ours.Value, design.Value!, Seed, difference, waves, from) }, ours.Diagnostics);
    }

    private Task<Checked<VerilatorModel>> BuildAsync(
        CosimDesign design, string workDirectory, VerilatorOptions? verilator, CancellationToken cancellation)
    {
        var sources = Theirs is null ? BlankedSources.Write(Sources(), design.LeftOut, workDirectory) : Sources() with { Files = [Path.GetFullPath(Theirs)] };
        return VerilatorModel.BuildAsync(design.Top, sources, DataFiles(), workDirectory, verilator, cancellation);
    }

    /// <summary>Reads the files and finds clocks and resets.</summary>
    public Checked<CosimDesign> Read() => VerilogReader
        .Read([.. Files], Options with { Defines = Seen(Options.Defines) }, new BindOptions { Top = Top, Parameters = Parameters })
        .Then(read => CosimDesign.Of(read, Top, [.. Clocks], [.. Resets]));

    /// <summary>Verilator defines macros of its own, and sources choose by them: both sides must see the same text.</summary>
    private static Dictionary<string, string> Seen(IReadOnlyDictionary<string, string> given)
    {
        var all = new Dictionary<string, string> { ["VERILATOR"] = "1", ["verilator"] = "1", ["verilator3"] = "1", ["SYSTEMVERILOG"] = "1" };
        foreach (var (name, text) in given)
        {
            all[name] = text;
        }

        return all;
    }

    private VerilogSources Sources() => new([.. Files.Select(Path.GetFullPath)])
    {
        IncludeDirectories = [.. Options.IncludeDirectories.Select(Path.GetFullPath)],
        Defines = [.. Options.Defines.Select(d => (d.Key, d.Value))],
        Parameters = [.. Parameters.Select(p => (p.Key, p.Value))],
    };

    private IReadOnlyList<DataFile> DataFiles() =>
        DataFile.NamedIn(Files, Parameters.Values.Select(v => v.Trim('"')), Environment.CurrentDirectory);
}
