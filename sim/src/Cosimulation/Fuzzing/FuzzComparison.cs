using HwSeed.Hdl;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Netlists;
using HwSeed.Hdl.Verilog;
using HwSeed.Hdl.Verilog.Binding;
using HwSeed.Toolchain;

namespace HwSeed.Sim.Cosimulation.Fuzzing;

/// <summary>Whom the simulation of a module's text is compared with.</summary>
internal enum FuzzOpponent
{
    /// <summary>The design as it was before it was printed, in our simulator.</summary>
    Original,

    /// <summary>Verilator's model.</summary>
    Verilator,

    /// <summary>Icarus, where it knows a value.</summary>
    Icarus,
}

/// <summary>That a module is not the same to an opponent.</summary>
/// <param name="Module">The module.</param>
/// <param name="Opponent">The opponent; null when our own reader or simulator refuses the module.</param>
/// <param name="Difference">Where they first differ, with the module's own name of the port; null when there is no comparison.</param>
/// <param name="Reason">In words.</param>
internal sealed record FuzzFinding(FuzzModule Module, FuzzOpponent? Opponent, CosimDifference? Difference, string Reason);

/// <summary>Compares batches of random modules; a module that is bad does not hide others.</summary>
/// <param name="opponents">With whom.</param>
/// <param name="cycles">Cycles.</param>
/// <param name="directory">A directory of its own.</param>
internal sealed class FuzzComparison(IReadOnlyList<FuzzOpponent> opponents, long cycles, string directory)
{
    // Each input has a stream of its own by the module's seed.
    private const int StimulusSeed = 1;
    private readonly List<FuzzFinding> _found = [];
    private int _builds;

    /// <summary>Output bits without a value at Icarus.</summary>
    public long UnknownBits { get; private set; }

    /// <summary>What differs, at most one finding for each module and opponent.</summary>
    public IReadOnlyList<FuzzFinding> Found => _found;

    /// <summary>Compares modules.</summary>
    public async Task RunAsync(IReadOnlyList<FuzzModule> modules, CancellationToken cancellation)
    {
        var good = new List<(FuzzModule, EquatableArray<SourcePort>)>();
        foreach (var module in modules)
        {
            var design = module.Read();
            var simulator = design.Then(read => Simulator.Compile(read.Design));
            if (!simulator.IsOk)
            {
                _found.Add(new(module, null, null, Words(simulator.Diagnostics)));
                continue;
            }

            good.Add((module, design.Value!.Ports));
            if (opponents.Contains(FuzzOpponent.Original) && module.Original is { } original
                && PrintedDesign.FirstDifference(Simulator.Compile(original).OrThrow(), simulator.Value, module.Seed, cycles) is { } port)
            {
                _found.Add(new(module, FuzzOpponent.Original, null, $"output '{port}' differs"));
            }
        }

        foreach (var opponent in opponents.Where(o => o != FuzzOpponent.Original))
        {
            await CompareAsync([.. good.Where(m => opponent != FuzzOpponent.Icarus || m.Item1.FitsIcarus)], opponent, cancellation).ConfigureAwait(false);
        }
    }

    // A simulator that refuses a batch gets the halves of it, and so on to the module that it refuses.
    private async Task CompareAsync(
        IReadOnlyList<(FuzzModule Module, EquatableArray<SourcePort> Ports)> modules, FuzzOpponent opponent, CancellationToken cancellation)
    {
        if (modules.Count == 0)
        {
            return;
        }

        var batch = FuzzBatch.Of(modules);
        var report = await CompareAsync(batch, opponent, cancellation).ConfigureAwait(false);
        if (report.IsOk)
        {
            UnknownBits += report.Value.UnknownBits;
            _found.AddRange(report.Value.Differences.GroupBy(d => batch.ModuleOf(d.Port)).Select(g => Finding(g.Key, g.First(), opponent)));
        }
        else if (modules.Count == 1)
        {
            _found.Add(new(modules[0].Module, opponent, null, Words(report.Diagnostics)));
        }
        else
        {
            await CompareAsync([.. modules.Take(modules.Count / 2)], opponent, cancellation).ConfigureAwait(false);
            await CompareAsync([.. modules.Skip(modules.Count / 2)], opponent, cancellation).ConfigureAwait(false);
        }
    }

    private async Task<Checked<CosimReport>> CompareAsync(FuzzBatch batch, FuzzOpponent opponent, CancellationToken cancellation)
    {
        var folder = Directory.CreateDirectory(Path.Combine(directory, $"build{_builds++}")).FullName;
        try
        {
            var file = Path.Combine(folder, "fuzz_top.sv");
            await File.WriteAllTextAsync(file, batch.TheirText, cancellation).ConfigureAwait(false);
            var ours = VerilogReader.ReadText(batch.Text, file, null, new BindOptions { Top = batch.Top.Name })
                .Then(read => Netlist.Elaborate(read.Design)).Then(Simulator.Compile);
            if (!ours.IsOk)
            {
                return Checked.Fail<CosimReport>(ours.Diagnostics);
            }

            var sources = new VerilogSources([file]);
            var work = Path.Combine(folder, "work");
            var model = opponent == FuzzOpponent.Verilator
                ? (await VerilatorModel.BuildAsync(batch.Top, sources, [], work, null, cancellation).ConfigureAwait(false)).Then(m => Checked.Ok<ReferenceModel>(m))
                : IcarusModel.Prepare(batch.Top, sources, [], work).Then(m => Checked.Ok<ReferenceModel>(m));
            return model.IsOk
                ? await Cosimulation.RunAsync(ours.Value, model.Value, StimulusSeed, cycles, null, everyPort: true, cancellation).ConfigureAwait(false)
                : Checked.Fail<CosimReport>(model.Diagnostics.Where(d => d.Severity == Severity.Error));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static FuzzFinding Finding(FuzzModule module, CosimDifference difference, FuzzOpponent opponent)
    {
        var own = difference with { Port = difference.Port[(module.Prefix.Length + 1)..] };
        return new(module, opponent, own, $"output '{own.Port}' in step {own.Step} is {own.Got}, {opponent} has {own.Expected}");
    }

    private static string Words(IEnumerable<Diagnostic> diagnostics) =>
        string.Join("; ", diagnostics.Where(d => d.Severity == Severity.Error).Take(3));
}
