using System.Diagnostics;
using HwSeed.Agent.Seeds;
using HwSeed.Hdl;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog;
using HwSeed.Hdl.Verilog.Binding;
using HwSeed.Sim;
using HwSeed.Sim.Lockstep;
using HwSeed.Sim.Traces;
using HwSeed.Toolchain;

namespace HwSeed.Agent.Flow;

/// <summary>The read-back netlist in one simulator beside the design.</summary>
/// <param name="Model">The simulator that ran the netlist.</param>
/// <param name="Cases">Every product that ran.</param>
/// <param name="BuildTime">Netlist to model.</param>
public sealed record NetlistComparison(string Model, EquatableArray<CaseVerification> Cases, TimeSpan BuildTime);

/// <summary>A bitstream that was read back and run beside its design, on the same vectors in every cycle.</summary>
/// <param name="Chip">The netlist in the bitstream.</param>
/// <param name="ReadTime">Bitstream to netlist.</param>
/// <param name="Comparisons">Each simulator that ran the netlist; at least one.</param>
/// <param name="Skipped">Each simulator that did not, with the reason.</param>
public sealed record BitstreamVerification(
    ReadBackChip Chip, TimeSpan ReadTime, EquatableArray<NetlistComparison> Comparisons, EquatableArray<Diagnostic> Skipped)
{
    /// <summary>The name of our simulator.</summary>
    public const string Ours = "HwSeed's simulator";

    /// <summary>Whether the netlist agreed in every simulator.</summary>
    public bool Passed => Comparisons.All(c => c.Cases.All(r => r.Passed));

    /// <summary>Reads the bitstream back and compares, without and with stalls.</summary>
    /// <param name="synthesised">The folder.</param>
    /// <param name="cases">What the engine has to compute.</param>
    /// <param name="seed">Decides the stalls.</param>
    /// <param name="workDirectory">A directory of this verification's own.</param>
    /// <param name="verilator">Whether Verilator runs the netlist too; without it our simulator alone does.</param>
    /// <param name="cancellation">Stops the tools.</param>
    public static async Task<Checked<BitstreamVerification>> RunAsync(
        SynthFolder synthesised, IReadOnlyList<EngineCase> cases, Seed seed, string workDirectory, bool verilator = true,
        CancellationToken cancellation = default)
    {
        var clock = Stopwatch.StartNew();
        var design = synthesised.Design;
        var chip = await ReadBack.ToVerilogAsync(
            Path.Combine(workDirectory, "chip"), synthesised.Bitstream, synthesised.Pins, design.Top, synthesised.Device,
            cancellation: cancellation).ConfigureAwait(false);
        var simulator = Simulator.Compile(design);
        if (!chip.IsOk || !simulator.IsOk)
        {
            return Checked.Fail<BitstreamVerification>(chip.Diagnostics.Concat(simulator.Diagnostics));
        }

        var read = clock.Elapsed;
        var traces = CaseTraces.Record(simulator.Value, cases, (int)(seed.For("stalls").Value & int.MaxValue)).OrThrow();
        var (done, skipped) = (new List<NetlistComparison>(), new List<Diagnostic>());
        var ours = OurModel(chip.Value.Verilog, design);
        skipped.AddRange(ours.IsOk ? [] : ours.Diagnostics.Take(1));
        if (ours.IsOk)
        {
            await AddAsync(Ours, ours.Value.BuildTime, (trace, stop) => Task.Run(() => ours.Value.Replay(trace, stop), stop))
                .ConfigureAwait(false);
        }

        // A difference that one simulator saw is a difference.
        if (verilator && done.All(c => c.Cases.All(r => r.Passed)))
        {
            var model = await LockstepModel.BuildAsync(
                design, Path.Combine(workDirectory, "verilator"), verilogText: chip.Value.Verilog, cancellation: cancellation)
                .ConfigureAwait(false);
            skipped.AddRange(model.IsOk ? [] : model.Diagnostics.Where(d => d.Severity == Severity.Error).Take(1));
            if (model.IsOk)
            {
                await AddAsync("Verilator", model.Value.BuildTime, (trace, stop) => model.Value.ReplayAsync(trace, cancellation: stop))
                    .ConfigureAwait(false);
            }
        }

        return done.Count == 0
            ? Checked.Fail<BitstreamVerification>(skipped)
            : Checked.Ok(new BitstreamVerification(chip.Value, read, [.. done], [.. skipped]));

        async Task AddAsync(string name, TimeSpan buildTime, Func<PortTrace, CancellationToken, Task<LockstepReport>> replay) =>
            done.Add(new(
                name, (await EngineVerification.CompareAsync(traces, replay, cancellation).ConfigureAwait(false)).ToEquatableArray(), buildTime));
    }

    private static Checked<SimulatorReplay> OurModel(string verilog, Design design) => VerilogReader
        .ReadText(verilog, "chip.v", bind: new BindOptions { Top = design.Top.Name })
        .Then(netlist => SimulatorReplay.Of(netlist.Design, design.Top));
}
