using HwSeed.Hdl.Generators;
using HwSeed.Hdl.Rtl;
using HwSeed.Sim;
using HwSeed.Sim.Lockstep;
using HwSeed.Sim.Traces;
using HwSeed.Toolchain;

namespace HwSeed.VerilatorTests;

/// <summary>What we say of a vendor's block beside what the vendor's own model of it does.</summary>
[Category("verilator")]
public sealed class DspCellTests : LockstepFixture
{
    [Test]
    public async Task An_ultra_plus_dsp_block_multiplies_every_pair_of_operands_as_ours_does()
    {
        var design = new Design(DspCells.Pair);
        var vendors = $"{DspCells.UltraPlusPair}{VendorModels.Of("SB_MAC16").OrThrow()}";
        var model = (await LockstepModel.BuildAsync(design, Work, verilogText: vendors)).OrThrow();

        // All of one multiplier's pairs, the same ones in another order on the other.
        var simulator = Simulator.Compile(design).OrThrow();
        simulator.PowerUp();
        var trace = new PortTrace(simulator);
        var (a, b) = (simulator.Port("a"), simulator.Port("b"));
        for (var i = 0; i < (1 << 16) + 3; i++)
        {
            var other = (i * 40503) & 0xffff;
            simulator.Poke(a, (ulong)((i & 0xff) | ((other >> 8) << 8)));
            simulator.Poke(b, (ulong)(((i >> 8) & 0xff) | ((other & 0xff) << 8)));
            trace.Record(simulator);
            simulator.Step();
        }

        var report = await model.ReplayAsync(trace);
        Assert.That(report.Agreed, $"{report.Reason} {report.FirstDivergence}");
    }

    [Test]
    public async Task An_ultra_plus_dsp_block_multiplies_wide_operands_as_ours_does()
    {
        var design = new Design(DspCells.Wide);
        var vendors = $"{DspCells.UltraPlusWide}{VendorModels.Of("SB_MAC16").OrThrow()}";
        var model = (await LockstepModel.BuildAsync(design, Work, verilogText: vendors)).OrThrow();
        var simulator = Simulator.Compile(design).OrThrow();
        simulator.PowerUp();
        var trace = new PortTrace(simulator);
        var (a, b, random) = (simulator.Port("a"), simulator.Port("b"), new Random(1));
        ulong[] ends = [0, 1, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0x8001, 0xff00, 0xffff];
        for (var i = 0; i < (1 << 16); i++)
        {
            simulator.Poke(a, i < ends.Length * ends.Length ? ends[i % ends.Length] : (ulong)random.Next(1 << 16));
            simulator.Poke(b, i < ends.Length * ends.Length ? ends[i / ends.Length] : (ulong)random.Next(1 << 16));
            trace.Record(simulator);
            simulator.Step();
        }

        var report = await model.ReplayAsync(trace);
        Assert.That(report.Agreed, $"{report.Reason} {report.FirstDivergence}");
    }
}
