using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Generators.Hosts.Soc;
using HwSeed.Sim;
using HwSeed.Sim.Lockstep;
using HwSeed.Sim.Traces;

namespace HwSeed.VerilatorTests.Soc;

/// <summary>Random engines behind a Wishbone slave, by a host that asks for space and by one that lets itself be stalled.</summary>
public sealed class WishboneEngineTests
{
    private const uint Identity = 0xC0FFEE02;

    [Test]
    public void A_host_that_asks_for_space_is_never_stalled_by_a_write([Values] Dataflow dataflow, [Range(800, 803)] int seed)
    {
        var drawn = SocTools.Draw(seed, dataflow);
        var bench = Bench(drawn, seed, 0.1 * (seed % 4));
        Polled(bench, drawn, seed);
        Counted(bench, drawn, 1);
        Polled(bench, drawn, seed);
        Counted(bench, drawn, 2);
    }

    [Test]
    public void A_host_that_asks_for_nothing_is_stalled_and_loses_nothing([Values] Dataflow dataflow, [Range(810, 813)] int seed)
    {
        var drawn = Enumerable.Range(0, 100).Select(i => SocTools.Draw(seed + (1_000_000 * i), dataflow))
            .First(d => d.Stream.Commands.Count < SocPorts.QueueWords / 2);
        var bench = Bench(drawn, seed, 0.1 * (seed % 4));
        var random = new Random(seed);
        Blind(bench, drawn, () =>
        {
            if (seed % 2 == 1 && random.Next(4) == 0)
            {
                SocTools.Access(random, bench.Read, bench.Write, control: false);
            }
        });
        Counted(bench, drawn, 1);

        // A master that never hesitates asks for the last results before they are there.
        Assert.That(bench.Stalls, seed % 4 == 0 ? Is.Positive : Is.Not.Negative);
    }

    [Test]
    public void A_request_that_is_given_up_moves_no_word([Range(820, 823)] int seed)
    {
        var drawn = SocTools.Draw(seed, Dataflow.OutputStationary);
        var bench = Bench(drawn, seed, 0);

        // Data without a load fill the queue and the wide word behind it, then the next one waits.
        var words = Words(drawn).ToArray();
        var sent = 0;
        while (true)
        {
            bench.Write(RegisterMap.DataWindow, words[sent % words.Length]);
            for (var i = 0; bench.IsBusy && i < 10; i++)
            {
                bench.Cycle();
            }

            if (bench.IsBusy)
            {
                break;
            }

            sent++;
        }

        Assert.That(sent, Is.GreaterThanOrEqualTo(SocPorts.QueueWords));
        Assert.That(bench.GiveUp(), Is.EqualTo(1));
        Assert.That(bench.Value(RegisterMap.DataSpace), Is.Zero);

        // A read of a result that never comes.
        bench.Read(RegisterMap.ResultWindow);
        for (var i = 0; i < 50; i++)
        {
            bench.Cycle();
        }

        Assert.That(bench.IsBusy);
        bench.GiveUp();
        bench.Write(RegisterMap.Control, 1u << RegisterMap.ResetBit);
        Polled(bench, drawn, seed);
    }

    [Test]
    public void Parts_of_words_and_wrong_directions_are_errors_without_effect()
    {
        var drawn = SocTools.Draw(824, Dataflow.WeightStationary);
        var bench = Bench(drawn, 1, 0.2);
        bench.Write(RegisterMap.CommandWindow, 0xFFFF_FFFF, 7);
        bench.Write(RegisterMap.DataWindow + 8, 0xFFFF_FFFF, 0);
        bench.Read(RegisterMap.CommandWindow + 4);
        bench.Read(RegisterMap.DataWindow);
        bench.Write(RegisterMap.ResultWindow, 1);
        bench.Read(0xE00);
        bench.Write(RegisterMap.Identity, 1);
        bench.Finish();
        Assert.That(bench.Errors, Is.EqualTo(7));
        Assert.That(bench.Value(RegisterMap.CommandSpace), Is.EqualTo(SocPorts.QueueWords));
        Polled(bench, drawn, 1);
        Counted(bench, drawn, 1);
    }

    [Test]
    public void No_input_reaches_an_output_without_a_register() => SocTools.HasNoCombinationalPath(
        Simulator.Compile(SocPorts.Wishbone(SocTools.Draw(825, Dataflow.InputStationary).Mapping.Architecture).OrThrow()).OrThrow(), "rst", 0, 4);

    [Test, Category("verilator")]
    public async Task Verilator_sees_the_same_pins_in_every_cycle()
    {
        SocTools.Need();
        var work = Directory.CreateTempSubdirectory("hwseed-wishbone-").FullName;
        try
        {
            var drawn = SocTools.Draw(830, Dataflow.WeightStationary);
            var design = SocPorts.Wishbone(drawn.Mapping.Architecture, Identity).OrThrow();
            var simulator = Simulator.Compile(design).OrThrow();
            var trace = new PortTrace(simulator);
            var bench = new WishboneBench(simulator, drawn.Mapping.Architecture, Identity, 1, 0.2, trace);
            Polled(bench, drawn, 1);
            Blind(bench, drawn, () => { });
            Counted(bench, drawn, 2);
            var report = (await LockstepModel.VerifyAsync(design, trace, work)).OrThrow();
            Assert.That(report.Agreed, $"{report.Reason} {report.FirstDivergence}");
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private static WishboneBench Bench(RandomEngine drawn, int seed, double idle)
    {
        var simulator = Simulator.Compile(SocPorts.Wishbone(drawn.Mapping.Architecture, Identity).OrThrow()).OrThrow();
        var bench = new WishboneBench(simulator, drawn.Mapping.Architecture, Identity, seed, idle);
        while ((bench.Value(RegisterMap.Control) & 1) == 1)
        {
            Assert.That(simulator.Cycles, Is.LessThan(1000));
        }

        return bench;
    }

    /// <summary>Operand beats as words of the window.</summary>
    private static IEnumerable<uint> Words(RandomEngine drawn)
    {
        var (traffic, words) = (drawn.Traffic(), SocPorts.BeatWords(drawn.Mapping.Architecture));
        foreach (var beat in traffic.Words.ToArray().Chunk(traffic.LimbsPerWord))
        {
            for (var i = 0; i < words; i++)
            {
                yield return (uint)(beat[i / 2] >> (32 * (i % 2)));
            }
        }
    }

    private static IEnumerable<uint> Commands(RandomEngine drawn) =>
        drawn.Traffic().Commands.ToArray().SelectMany(c => new[] { (uint)c, (uint)(c >> 32) });

    private static void Blind(WishboneBench bench, RandomEngine drawn, Action between)
    {
        bench.Results.Clear();
        var random = new Random(1);
        foreach (var (window, words) in new[] { (RegisterMap.CommandWindow, Commands(drawn)), (RegisterMap.DataWindow, Words(drawn)) })
        {
            foreach (var word in words)
            {
                bench.Write(window + (4 * random.Next(RegisterMap.WindowBytes / 4)), word);
                between();
            }
        }

        for (var i = 0; i < HostStreams.ResultBeats(drawn.Stream); i++)
        {
            bench.Read(RegisterMap.ResultWindow);
            between();
        }

        bench.Finish();
        Assert.That(drawn.IsProduct(bench.Results.Select(r => (ulong)r).ToArray()), $"{drawn.Mapping}");
    }

    private static void Polled(WishboneBench bench, RandomEngine drawn, int seed)
    {
        var (commands, beats) = (new Queue<uint>(Commands(drawn)), new Queue<uint>(Words(drawn)));
        bench.Results.Clear();
        var random = new Random(seed);
        for (var round = 0; bench.Results.Count < HostStreams.ResultBeats(drawn.Stream); round++)
        {
            Assert.That(round, Is.LessThan(2000), "no end");
            Fill(RegisterMap.CommandSpace, RegisterMap.CommandWindow, commands);
            Fill(RegisterMap.DataSpace, RegisterMap.DataWindow, beats);
            for (var count = bench.Value(RegisterMap.ResultCount); count > 0; count--)
            {
                bench.Read(RegisterMap.ResultWindow);
            }

            bench.Finish();
        }

        Assert.That(commands.Count + beats.Count, Is.Zero);
        Assert.That(bench.Value(RegisterMap.ResultCount), Is.Zero);
        Assert.That(drawn.IsProduct(bench.Results.Select(r => (ulong)r).ToArray()), $"{drawn.Mapping}");

        void Fill(int space, int window, Queue<uint> words)
        {
            var free = (int)bench.Value(space);
            var before = bench.Stalls;
            for (var count = Math.Min(free, random.Next(1, 300)); count > 0 && words.TryDequeue(out var word); count--)
            {
                bench.Write(window + (4 * random.Next(RegisterMap.WindowBytes / 4)), word);
            }

            bench.Finish();
            Assert.That(bench.Stalls, Is.EqualTo(before), "a write was stalled though there was space");
        }
    }

    /// <summary>Counters against the program, for programs that ran since reset.</summary>
    private static void Counted(WishboneBench bench, RandomEngine drawn, int runs)
    {
        var traffic = drawn.Traffic();
        Assert.That(bench.Counter("INPUT_BEATS"), Is.EqualTo(runs * traffic.WordCount));
        Assert.That(bench.Counter("OUTPUT_BEATS"), Is.EqualTo(runs * traffic.OutputsExpected));
        foreach (var (name, type) in new[] { ("LOADS", typeof(Load)), ("COMPUTES", typeof(Compute)), ("STORES", typeof(Store)), ("SYNCS", typeof(Sync)), ("CONFIGURES", typeof(Configure)) })
        {
            Assert.That(bench.Counter(name), Is.EqualTo(runs * drawn.Stream.Commands.Count(c => c.GetType() == type)), name);
        }
    }
}
