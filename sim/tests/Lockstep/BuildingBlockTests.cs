using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog;
using HwSeed.Sim.Lockstep;
using HwSeed.Sim.Tests.Oracles;
using HwSeed.Sim.Traces;
using HwSeed.Toolchain;

namespace HwSeed.Sim.Tests.Lockstep;

/// <summary>A module that was read from Verilog works inside of a module of the hardware language, on its implicit clock.</summary>
public sealed class BuildingBlockTests
{
    // Both edges, an asynchronous reset, a memory, a gated clock: all that the implicit clock can be used for.
    private const string Block = """
        module block #(parameter W = 8) (
            input clock, input rst_n, input push, input [W-1:0] d, input [1:0] at,
            output reg [W-1:0] sum, output [W-1:0] word, output reg late, output reg [3:0] gated);
          reg [W-1:0] words [0:3];
          reg [1:0] top;
          wire tick = clock & push;
          always @(posedge clock or negedge rst_n)
            if (!rst_n) begin
              sum <= 0;
              top <= 0;
            end else if (push) begin
              sum <= sum + d;
              top <= top + 1;
            end
          always @(posedge clock) if (push) words[top] <= d;
          always @(negedge clock) late <= push;
          initial gated = 0;
          always @(posedge tick) gated <= gated + 1;
          assign word = words[at];
        endmodule
        """;

    [Test]
    public void The_clock_of_a_block_is_that_of_the_module_around_it()
    {
        var simulator = Simulator.Compile(Around()).OrThrow();
        Poke("rst_n", 1);
        Poke("d", 5);
        simulator.Step(3);
        Assert.That(simulator.Peek(simulator.Port("sum")), Is.Zero);
        Poke("push", 1);
        simulator.Step(3);
        Assert.That(simulator.Peek(simulator.Port("sum")), Is.EqualTo(15));
        Assert.That(simulator.Peek(simulator.Port("gated")), Is.EqualTo(3));
        Assert.That(simulator.Peek(simulator.Port("previous")), Is.EqualTo(10), "a register of ours, one edge behind");
        Assert.That(simulator.Cycles, Is.EqualTo(6));
        Poke("rst_n", 0);
        Assert.That(simulator.Peek(simulator.Port("sum")), Is.Zero, "without an edge of the clock");

        void Poke(string port, ulong value) => simulator.Poke(simulator.Port(port), value);
    }

    [Test]
    public void A_module_that_only_passes_the_clock_on_is_as_one_that_was_written_for_it()
    {
        var inner = new ModuleBuilder("inner", hasImplicitClock: false);
        inner.Input("clk");
        var count = inner.Register("count", 8);
        inner.Drive(new Register("count", count + Expression.FromInteger(3, 8), null, null, BitVector.Zero(8)) { Edges = [new("clk", true)] });
        inner.Output("y", count);
        var builder = new ModuleBuilder("outer");
        var deep = new ModuleBuilder("middle");
        deep.Output("y", deep.Instance("u", inner.Build(), ("clk", deep.Clock))["y"]);
        var ram = builder.Memory("m", 8, 16, new(builder.Input("we"), builder.Input("wa", 4), builder.Input("wd", 8)), new MemoryRead("r", builder.Input("ra", 4), null));
        builder.Output("y", builder.Instance("u", deep.Build())["y"]);
        builder.Output("word", ram[0]);
        Assert.That(RtlRules.Check(new(builder.Build())), Is.Empty);
        var simulator = Simulator.Compile(new Design(builder.Build())).OrThrow();
        foreach (var (port, value) in ((string, ulong)[])[("we", 1), ("wa", 7), ("wd", 99), ("ra", 7)])
        {
            simulator.Poke(simulator.Port(port), value);
        }

        simulator.Step();
        Assert.That(simulator.Peek(simulator.Port("word")), Is.Zero, "the old word");
        simulator.Step(4);
        Assert.That(simulator.Peek(simulator.Port("word")), Is.EqualTo(99));
        Assert.That(simulator.Peek(simulator.Port("y")), Is.EqualTo(15));
    }

    [Test]
    public void Batches_step_it_as_well()
    {
        var batch = BatchSimulator.Compile(Around(), 3).OrThrow();
        for (var stimulus = 0; stimulus < 3; stimulus++)
        {
            batch.Poke(batch.Port("rst_n"), stimulus, 1);
            batch.Poke(batch.Port("push"), stimulus, 1);
            batch.Poke(batch.Port("d"), stimulus, (ulong)stimulus);
        }

        batch.Step();
        batch.Step();
        Assert.That(Enumerable.Range(0, 3).Select(s => batch.Peek(batch.Port("sum"), s)), Is.EqualTo(new ulong[] { 0, 2, 4 }));
    }

    [Test]
    public void A_module_without_the_implicit_clock_has_none_to_give()
    {
        var builder = new ModuleBuilder("m", hasImplicitClock: false);
        Assert.That(() => builder.Clock, Throws.InvalidOperationException.With.Message.EqualTo(
            "module 'm' has no implicit clock; its clocks are input ports"));
    }

    [Test]
    [Category("verilator")]
    public async Task It_agrees_with_Verilator()
    {
        var missing = string.Join("; ", ExternalTool.Missing(ExternalTool.Verilator, ExternalTool.Compiler).Select(d => d.Message));
        if (missing.Length > 0)
        {
            Assume.That(Environment.GetEnvironmentVariable("CI"), Is.Not.EqualTo("true"), missing);
            Assert.Ignore(missing);
        }

        var directory = Directory.CreateTempSubdirectory("hwseed-block-").FullName;
        try
        {
            var design = Around();
            var simulator = Simulator.Compile(design).OrThrow();
            var trace = new PortTrace(simulator);
            var random = new Random(1);
            for (var cycle = 0; cycle < 2000; cycle++)
            {
                foreach (var port in trace.Inputs)
                {
                    // A reset is rare.
                    var value = port.Name == "rst_n" ? (random.Next(20) == 0 ? BitVector.Zero(1) : ~BitVector.Zero(1)) : RandomDesign.Value(random, port.Width);
                    simulator.Poke(port, value.ToUInt64());
                }

                trace.Record(simulator);
                simulator.Step();
            }

            var report = (await LockstepModel.VerifyAsync(design, trace, directory)).OrThrow();
            Assert.That(report.Agreed, Is.True, $"{report.Reason}\n{report.Log}");
            Assert.That(report.Cycles, Is.EqualTo(2000));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static Design Around()
    {
        var block = VerilogReader.ReadText(Block, "block.v").OrThrow().Design.Top;
        var builder = new ModuleBuilder("around");
        var inputs = block.InputPorts.Where(p => p.Name != "clock").Select(p => (p.Name, builder.Input(p.Name, p.Width))).ToList();
        var outputs = builder.Instance("u", block, [("clock", builder.Clock), .. inputs]);
        foreach (var (port, value) in outputs)
        {
            builder.Output(port, value);
        }

        builder.Output("previous", builder.Register("held", outputs["sum"]));
        Assert.That(RtlRules.Check(new(builder.Build())).Where(d => d.Severity == Hdl.Diagnostics.Severity.Error), Is.Empty);
        return new(builder.Build());
    }
}
