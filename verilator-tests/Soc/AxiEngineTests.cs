using HwSeed.Hdl;
using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Generators.Hosts.Soc;
using HwSeed.Hdl.Rtl;
using HwSeed.Sim;
using HwSeed.Sim.Accelerators;
using HwSeed.Sim.Lockstep;
using HwSeed.Sim.Traces;

namespace HwSeed.VerilatorTests.Soc;

/// <summary>Random engines behind AXI4-Lite and AXI4-Stream, with stalls on every channel.</summary>
public sealed class AxiEngineTests
{
    private const uint Identity = 0xC0FFEE01;

    [Test]
    public void A_product_goes_through_whatever_stalls([Values] Dataflow dataflow, [Range(700, 705)] int seed)
    {
        var drawn = SocTools.Draw(seed, dataflow);
        var bench = Bench(drawn, seed, 0.1 * (seed % 7));
        for (var run = 0; run < 2; run++)
        {
            Product(bench, drawn, seed + run, run == 0);
        }

        Assert.That(bench.Counter("INPUT_BEATS"), Is.EqualTo(bench.Beats.Moved));
        Assert.That(bench.Counter("OUTPUT_BEATS"), Is.EqualTo(bench.Results.Moved));
        Assert.That(bench.Counter("LOADS") + bench.Counter("COMPUTES") + bench.Counter("STORES") + bench.Counter("SYNCS") + bench.Counter("CONFIGURES"), Is.EqualTo(bench.Commands.Moved));
        Assert.That(bench.Counter("STORES"), Is.EqualTo(2 * drawn.Stream.Commands.OfType<Store>().Count()));
    }

    [Test]
    public void At_full_speed_the_busy_cycles_are_those_of_the_cost_model([Values] Dataflow dataflow, [Range(710, 717)] int seed)
    {
        var drawn = SocTools.Draw(seed, dataflow);
        var bench = Bench(drawn, seed, 0);
        bench.Send(drawn.Traffic());
        bench.Until(() => bench.Taken.Count == HostStreams.ResultBeats(drawn.Stream), (drawn.Cost.Cycles * 2) + 1000);
        Assert.That(bench.Counter("BUSY"), Is.EqualTo(drawn.Cost.Cycles), $"{drawn.Mapping}");
        Assert.That(bench.Counter("OUTPUT_STALLS"), Is.Zero);
        Assert.That(bench.Counter("OUTPUT_BEATS"), Is.EqualTo(bench.Taken.Count));
    }

    [Test]
    public void A_soft_reset_at_any_moment_leaves_a_clean_engine([Range(720, 727)] int seed)
    {
        var random = new Random(seed);
        var drawn = SocTools.Draw(seed, (Dataflow)(seed % 3));
        var bench = Bench(drawn, seed, 0.3);
        var cut = random.Next(drawn.Traffic().Commands.Length + 1);
        bench.Send(drawn.Traffic() with { Commands = drawn.Traffic().Commands[..cut] });
        for (var i = random.Next((int)Math.Min(3 * drawn.Cost.Cycles, 3000)); i > 0; i--)
        {
            bench.Cycle();
        }

        if (seed % 2 == 0)
        {
            bench.Reset(1);
        }
        else
        {
            // What the sources offer when they are stopped has to be taken; the second reset forgets it.
            bench.Stop();
            for (var i = 0; i < 2; i++)
            {
                bench.Write(RegisterMap.Control, (1u << RegisterMap.ResetBit) | (1u << RegisterMap.ClearBit));
                Ready(bench);
                bench.Until(() => bench.IsSent, 100);
            }

            bench.Until(() => !bench.OffersResult, 100);
        }

        Ready(bench);
        bench.Taken.Clear();
        Product(bench, drawn, seed, accesses: false);
    }

    [Test]
    public void Counters_stop_and_start_anew_at_any_moment([Range(750, 753)] int seed)
    {
        var drawn = SocTools.Draw(seed, (Dataflow)(seed % 3));
        Product(Bench(drawn, seed, 0.2), drawn, seed, accesses: true, control: true);
    }

    [Test]
    public void A_low_word_that_is_read_keeps_its_high_word()
    {
        var drawn = SocTools.Draw(730, Dataflow.OutputStationary);
        var design = SocPorts.Axi(drawn.Mapping.Architecture, Identity).OrThrow();

        // The counter of cycles wakes up just below a carry.
        var start = (5L << 32) - 40;
        var bench = new RawAxiReads(Simulator.Compile(WakeUp(design, "cycles_count", start)).OrThrow());
        var carried = false;
        for (var i = 0; i < 60; i++)
        {
            var (low, at) = bench.Read(RegisterMap.CounterOffset("CYCLES"));
            var (high, _) = bench.Read(RegisterMap.CounterOffset("CYCLES") + 4);
            Assert.That(((long)high << 32) | (long)low, Is.EqualTo(start + at - 1), $"read in cycle {at}");
            carried |= high == 5;
        }

        Assert.That(carried);
    }

    [Test]
    public void No_input_reaches_an_output_without_a_register()
    {
        var drawn = SocTools.Draw(731, Dataflow.WeightStationary);
        var simulator = Simulator.Compile(SocPorts.Axi(drawn.Mapping.Architecture, Identity).OrThrow()).OrThrow();
        SocTools.HasNoCombinationalPath(simulator, "aresetn", 1, 3);
    }

    [Test, Category("verilator")]
    public async Task Verilator_sees_the_same_pins_in_every_cycle()
    {
        SocTools.Need();
        var work = Directory.CreateTempSubdirectory("hwseed-axi-").FullName;
        try
        {
            var drawn = SocTools.Draw(740, Dataflow.OutputStationary);
            var design = SocPorts.Axi(drawn.Mapping.Architecture, Identity).OrThrow();
            var simulator = Simulator.Compile(design).OrThrow();
            var trace = new PortTrace(simulator);
            var bench = new AxiBench(simulator, drawn.Mapping.Architecture, Identity, 1, 0.3, trace);
            Product(bench, drawn, 1, accesses: true);
            bench.Reset(2);
            bench.Taken.Clear();
            Product(bench, drawn, 2, accesses: true);
            Assert.That(bench.Counter("CYCLES"), Is.GreaterThan(100));
            var report = (await LockstepModel.VerifyAsync(design, trace, work)).OrThrow();
            Assert.That(report.Agreed, $"{report.Reason} {report.FirstDivergence}");
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private static AxiBench Bench(RandomEngine drawn, int seed, double stall) => new(
        Simulator.Compile(SocPorts.Axi(drawn.Mapping.Architecture, Identity).OrThrow()).OrThrow(), drawn.Mapping.Architecture, Identity, seed, stall);

    /// <summary>A product, every result compared, with TLAST where stores end, and accesses to registers all the while.</summary>
    private static void Product(AxiBench bench, RandomEngine drawn, int seed, bool accesses, bool control = false)
    {
        var random = new Random(seed);
        var expected = HostStreams.ResultBeats(drawn.Stream);
        bench.Taken.Clear();
        bench.Send(drawn.Traffic());
        bench.Until(() =>
        {
            if (accesses && random.Next(6) == 0)
            {
                SocTools.Access(random, bench.Read, bench.Write, control);
            }

            return bench.Taken.Count == expected && bench.IsSent;
        }, (drawn.Cost.Cycles * 10) + 5000);
        bench.Finish();
        for (var i = 0; i < 20; i++)
        {
            bench.Cycle();
        }

        Assert.That(bench.Taken, Has.Count.EqualTo(expected), "more results than asked for");
        Assert.That(drawn.IsProduct(bench.Taken.Select(t => (ulong)t.Value).ToArray()), $"{drawn.Mapping}");
        var last = drawn.Stream.Commands.OfType<Store>().SelectMany(s => Enumerable.Range(1, s.Rows * s.Columns).Select(i => i == s.Rows * s.Columns));
        Assert.That(bench.Taken.Select(t => t.IsLast), Is.EqualTo(last), "TLAST stands at the end of each store, and nowhere else");
    }

    private static void Ready(AxiBench bench) => bench.Until(() =>
    {
        bench.Values.Clear();
        bench.Read(RegisterMap.Control);
        bench.Finish();
        return (bench.Values[0] & 1) == 0;
    }, 100);

    private static Design WakeUp(Design design, string register, long value)
    {
        Module Change(Module module) => module with
        {
            Registers = module.Registers.Select(r => r.Name == register ? r with { InitialValue = BitVector.FromInteger(value, r.Width) } : r).ToEquatableArray(),
            Instances = module.Instances.Select(i => i with { Module = Change(i.Module) }).ToEquatableArray(),
        };
        return new(Change(design.Top));
    }
}
