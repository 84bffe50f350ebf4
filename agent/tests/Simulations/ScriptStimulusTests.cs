using HwSeed.Agent.Seeds;
using HwSeed.Agent.Simulations;
using HwSeed.Hdl.Rtl;
using HwSeed.Sim;
using HwSeed.Sim.Stimulus;

namespace HwSeed.Agent.Tests.Simulations;

/// <summary>What scripts do to a counter with an enable and a memory of its values.</summary>
internal sealed class ScriptStimulusTests
{
    [Test]
    public void A_script_drives_steps_and_checks()
    {
        var output = new StringWriter();
        var result = Run(
            """
            Poke("on", 1);
            Expect("count", 0);
            Step(5);
            Expect("count", 5, "five steps");
            Poke("by", -1);
            Step();
            Expect("count", 4);
            Expect("next", 3);
            Expect("count", -252);
            Print($"{Cycle}: {Peek("count")} {PeekSigned("by")} {PeekMemory("seen", 2)}");
            """, output: output);
        Assert.That(string.Join('\n', result.Diagnostics), Is.EqualTo(
            "t.csx:9:1: error HW1067: in cycle 6 'count' is 8'h4, expected 8'h4\n  Expect(\"count\", -252);\n  ^^^^^^^^^^^^^^^^^^^^^^"));
        Assert.That((result.Cycles, result.Checks, result.Failed), Is.EqualTo((6L, 5L, 1L)));
        Assert.That(output.ToString().Trim(), Is.EqualTo("6: 4 -1 2"));
    }

    [Test]
    public void Random_numbers_come_from_the_seed()
    {
        const string script = """for (var i = 0; i < 40; i++) { Poke("on", Random(1)); Poke("by", Random(8)); Step(); } Print(Peek("count") + " " + Random(200));""";
        Assert.That(Printed(script, 1), Is.EqualTo(Printed(script, 1)).And.Not.EqualTo(Printed(script, 2)));
    }

    [TestCase("Poke(\"on\", 1)\nStep();", "t.csx:1:14: error HW5501: CS1002: ; expected")]
    [TestCase("Step(\"x\");", "t.csx:1:6: error HW5501: CS1503: Argument 1: cannot convert from 'string' to 'long'")]
    [TestCase("\nPoke(\"of\", 1);", "t.csx:2:1: error HW5502: no input 'of'")]
    [TestCase("Poke(\"on\", 2);", "t.csx:1:1: error HW5502: 2 does not fit into the 1 bits of 'on'")]
    [TestCase("Print(1);\n  Peek(\"x.y\");", "t.csx:2:3: error HW5502: no signal 'x.y'")]
    [TestCase("PeekMemory(\"seen\", 99);", "t.csx:1:1: error HW5502: 'seen' has no word 99")]
    [TestCase("PeekMemory(\"sen\", 9);", "t.csx:1:1: error HW5502: no memory 'sen'")]
    [TestCase("Random(0);", "t.csx:1:1: error HW5502: a random number has 1 to 65536 bits, not 0")]
    [TestCase("var n = new int[1];\nvoid F(int i)\n{\n    n[i]++;\n}\nF(3);", "t.csx:4:5: error HW5502: IndexOutOfRangeException: Index was outside the bounds of the array")]
    public void What_is_wrong_is_said_at_its_line(string script, string expected)
    {
        var compiled = Compile(script, 1, TextWriter.Null, TimeSpan.FromMinutes(1));
        var diagnostics = compiled.IsOk ? Run(script).Diagnostics : compiled.Diagnostics;
        Assert.That(diagnostics.Single().ToString().Split('\n')[0], Is.EqualTo(expected));
    }

    [TestCase("while (true) { Step(); }")]
    [TestCase("while (true) { }")]
    public void A_script_without_an_end_is_stopped(string script)
    {
        var result = Run(script, limit: TimeSpan.FromSeconds(1));
        Assert.That(result.Passed, Is.False);
        Assert.That(result.Diagnostics.Single().ToString(), Does.Match(@"^t\.csx: error HW5503: the script was stopped after 1 s, in cycle \d+$"));
    }

    [Test]
    public void A_number_of_cycles_ends_a_script_without_fault()
    {
        var result = Run("Poke(\"on\", 1); while (true) { Step(); Expect(\"count\", Cycle); }", cycles: 20);
        Assert.That((result.Cycles, result.Checks, result.Passed), Is.EqualTo((20L, 20L, true)));
    }

    [Test]
    public void An_interrupted_script_is_interrupted() => Assert.That(
        () => Run("while (true) { Step(); }", cancellation: new(canceled: true)), Throws.InstanceOf<OperationCanceledException>());

    private static string Printed(string script, ulong seed)
    {
        var output = new StringWriter();
        Assert.That(Run(script, seed, output).Passed, Is.True);
        return output.ToString();
    }

    private static Hdl.Diagnostics.Checked<ScriptStimulus> Compile(string script, ulong seed, TextWriter output, TimeSpan limit) =>
        ScriptStimulus.Compile(script, "t.csx", new Seed(seed), limit, output);

    private static StimulusResult Run(
        string script, ulong seed = 1, TextWriter? output = null, TimeSpan? limit = null, long? cycles = null, CancellationToken cancellation = default)
    {
        var builder = new ModuleBuilder("counter");
        var (on, by) = (builder.Input("on"), builder.Input("by", 8));
        var count = builder.Register("count", 8);
        var step = Expression.Mux(Expression.ReduceOr(by), by, Expression.FromInteger(1, 8));
        var next = builder.Wire("next", Expression.Mux(on, count + step, count));
        builder.Drive(count, next);
        builder.Memory("seen", 8, 16, new(on, count[0, 4], count));
        builder.Output("value", count);
        var simulator = Simulator.Compile(new Design(builder.Build())).OrThrow();
        using var bench = new TestBench(simulator);
        return Compile(script, seed, output ?? TextWriter.Null, limit ?? TimeSpan.FromMinutes(1)).OrThrow().Run(bench, cycles, cancellation);
    }
}
