using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Rtl;
using HwSeed.Sim.Accelerators;

namespace HwSeed.Sim.Tests.Accelerators;

public sealed class AcceleratorRunTests
{
    [TestCase(1, 1, "3x5x2")]
    [TestCase(2, 3, "5x7x4")]
    [TestCase(4, 4, "9x16x6")]
    [TestCase(12, 2, "12x9x2")]
    public void An_engine_multiplies_like_the_integer_reference(int rows, int columns, string shape)
    {
        var engine = new SampleEngine(rows, columns, Shape(shape));
        var trace = AcceleratorRun.Execute(engine.Design, engine.Traffic, 10_000).OrThrow();
        Assert.That(HostStreams.Unpack(engine.Architecture, engine.Stream, trace.Outputs), Is.EqualTo(engine.Expected));
    }

    [Test]
    public unsafe void Words_of_a_run_at_full_speed_are_its_own_after_a_collection()
    {
        var simulator = Simulator.Compile(new SampleEngine(2, 2, new(2, 2, 2)).Design).OrThrow();
        var cycle = simulator.Cycle([simulator.Port("out_valid"), simulator.Port("out_data")]);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        var others = Enumerable.Range(0, 64).Select(_ => new Sim.Compilation.PinnedWords(2)).ToList();
        others.ForEach(o => o.Span.Fill(ulong.MaxValue));
        Assert.That((cycle.Outputs[0], cycle.Outputs[1]), Is.EqualTo((0UL, 0UL)));
        GC.KeepAlive(others);
    }

    [Test]
    public void Cycles_follow_the_engines_documented_timing()
    {
        // Load of 2K beats accepted at 0, Sync when it is done, Compute, Store and its last result (hdl/docs/engine.md).
        var engine = new SampleEngine(3, 4, new(3, 8, 4), pipeline: 2);
        var sync = 0 + 16 + 1;
        var store = (sync + 1) + 8 + 3 + 4 + 2;
        var lastResult = store + 12 + 2;
        var trace = AcceleratorRun.Execute(engine.Design, engine.Traffic, 10_000).OrThrow();
        Assert.That(trace.Cycles, Is.EqualTo(lastResult + 1));
    }

    [Test]
    public void Random_stalls_change_the_cycles_and_never_the_outputs()
    {
        var engine = new SampleEngine(3, 4, new(7, 10, 9), doubleBuffering: true);
        var simulator = Simulator.Compile(engine.Design).OrThrow();
        var smooth = AcceleratorRun.Execute(simulator, engine.Traffic, 10_000).OrThrow();
        for (var seed = 0; seed < 20; seed++)
        {
            var options = new AcceleratorRunOptions { StallSeed = seed, StallProbability = 0.1 * (1 + (seed % 8)) };
            var stalled = AcceleratorRun.Execute(simulator, engine.Traffic, 100_000, options).OrThrow();
            Assert.That(stalled.Outputs, Is.EqualTo(smooth.Outputs), $"seed {seed}");
            Assert.That(stalled.Cycles, Is.GreaterThan(smooth.Cycles), $"seed {seed}");
            var again = AcceleratorRun.Execute(simulator, engine.Traffic, 100_000, options).OrThrow();
            Assert.That(again.Cycles, Is.EqualTo(stalled.Cycles), "the same seed stalls the same way");
        }
    }

    [Test]
    public void A_run_that_waits_for_words_that_never_come_says_what_is_pending()
    {
        var engine = new SampleEngine(2, 2, new(2, 4, 2));
        var starved = engine.Traffic with { Words = engine.Traffic.Words[..^1] };
        var result = AcceleratorRun.Execute(engine.Design, starved, 500);
        Assert.That(result.Diagnostics.Single().ToString(), Is.EqualTo(
            "error HW1044: the engine did not finish within 500 cycles: 1 of 5 commands accepted, 7 of 7 input words "
            + "taken, 0 of 4 outputs delivered"));
    }

    [Test]
    public void An_output_word_that_changes_before_it_is_accepted_is_refused()
    {
        var builder = new ModuleBuilder("restless");
        builder.Input("rst");
        builder.Input("cmd_valid");
        builder.Input("cmd_data", 64);
        builder.Input("in_valid");
        builder.Input("in_data", 8);
        builder.Input("out_ready");
        var count = builder.Register("count", 32);
        builder.Drive(count, count + Expression.FromInteger(1, 32));
        builder.Output("cmd_ready", Expression.FromInteger(1, 1));
        builder.Output("in_ready", Expression.FromInteger(1, 1));
        builder.Output("out_valid", Expression.FromInteger(1, 1));
        builder.Output("out_data", count);
        var result = AcceleratorRun.Execute(
            new Design(builder.Build()),
            new(new ulong[] { 1 }, default, 1, 50),
            500,
            new() { StallSeed = 3 });
        Assert.That(result.Diagnostics.Single().Code, Is.EqualTo("HW1045"));
    }

    [Test]
    public void Toggles_are_counted_only_on_request_and_are_the_same_each_time()
    {
        var engine = new SampleEngine(2, 2, new(2, 8, 2));
        var simulator = Simulator.Compile(engine.Design).OrThrow();
        var options = new AcceleratorRunOptions { CountToggles = true };
        var first = AcceleratorRun.Execute(simulator, engine.Traffic, 1000, options).OrThrow();
        var second = AcceleratorRun.Execute(simulator, engine.Traffic, 1000, options).OrThrow();
        Assert.That(AcceleratorRun.Execute(simulator, engine.Traffic, 1000).OrThrow().Toggles, Is.Null);
        Assert.That(first.Toggles, Is.EqualTo(second.Toggles));
        Assert.That(first.Toggles!.Cycles, Is.EqualTo(first.Cycles));
        Assert.That(first.Toggles.Activity, Is.InRange(0.01, 0.9));
    }

    [Test]
    public void A_recorded_run_holds_reset_and_every_cycle()
    {
        var engine = new SampleEngine(2, 2, new(2, 4, 2));
        var trace = AcceleratorRun.Execute(engine.Design, engine.Traffic, 1000, new() { RecordPorts = true }).OrThrow();
        var ports = trace.Ports!;
        var rst = ports.Inputs.TakeWhile(p => p.Name != "rst").Sum(p => p.Limbs);
        var command = ports.Inputs.TakeWhile(p => p.Name != "cmd_data").Sum(p => p.Limbs);
        Assert.That(ports.Cycles, Is.EqualTo(trace.Cycles + AcceleratorRun.ResetEdges));
        Assert.That(Enumerable.Range(0, ports.Cycles).Count(c => ports[c][rst] == 1), Is.EqualTo(AcceleratorRun.ResetEdges));
        Assert.That(ports[AcceleratorRun.ResetEdges][command], Is.EqualTo(engine.Traffic.Commands.Span[0]));
    }

    private static GemmShape Shape(string text) =>
        text.Split('x').Select(int.Parse).ToArray() is [var m, var k, var n] ? new(m, k, n) : throw new FormatException();
}
