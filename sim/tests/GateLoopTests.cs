using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Verilog;
using HwSeed.Sim.RoundTrips;

namespace HwSeed.Sim.Tests;

/// <summary>Loops of gates in Verilog: latches and flip-flops made of them, and rings that never settle.</summary>
public sealed class GateLoopTests
{
    private const string Latch = """
        module m(input s_n, input r_n, output q, output q_n);
          nand a(q, s_n, q_n);
          nand b(q_n, r_n, q);
        endmodule
        """;

    private const string FlipFlop = """
        module dff(input clk, input d, output q, output q_n);
          wire n1, n2, n3, n4;
          nand (n1, n4, n2);
          nand (n2, n1, clk);
          nand (n3, n2, clk, n4);
          nand (n4, n3, d);
          nand (q, n2, q_n);
          nand (q_n, n3, q);
        endmodule
        module m(input clk, input d, output [3:0] q);
          dff f0(clk, d, q[0], );
          dff f1(clk, q[0], q[1], );
          dff f2(clk, q[1], q[2], );
          dff f3(clk, q[2], q[3], );
        endmodule
        """;

    [Test]
    public void A_latch_of_two_gates_holds()
    {
        var simulator = Compile(Latch);
        foreach (var (s, r, q) in ((ulong, ulong, ulong)[])[(0, 1, 1), (1, 1, 1), (1, 0, 0), (1, 1, 0), (0, 1, 1), (1, 1, 1), (1, 0, 0)])
        {
            simulator.Poke(simulator.Port("s_n"), s);
            simulator.Poke(simulator.Port("r_n"), r);
            Assert.That((simulator.Peek(simulator.Port("q")), simulator.Peek(simulator.Port("q_n"))), Is.EqualTo((q, 1 - q)));
        }
    }

    [Test]
    public void Of_two_gates_that_race_the_one_declared_last_is_first()
    {
        var simulator = Compile(Latch);
        simulator.Evaluate();
        simulator.Poke(simulator.Port("s_n"), 1);
        simulator.Poke(simulator.Port("r_n"), 1);
        Assert.That((simulator.Peek(simulator.Port("q")), simulator.Peek(simulator.Port("q_n"))), Is.EqualTo((1UL, 0UL)));
    }

    [Test]
    public void Flip_flops_of_gates_shift()
    {
        var simulator = Compile(FlipFlop);
        var (random, expected) = (new Random(1), 0UL);
        simulator.Evaluate();
        for (var i = 0; i < 200; i++)
        {
            var d = (ulong)random.Next(2);
            simulator.Poke(simulator.Port("d"), d);
            simulator.Evaluate();
            simulator.Step(simulator.Port("clk"), 1);
            expected = ((expected << 1) | d) & 15;
            if (i >= 4)
            {
                Assert.That(simulator.Peek(simulator.Port("q")), Is.EqualTo(expected), $"cycle {i}");
            }
        }
    }

    [Test]
    public void A_snapshot_holds_what_gates_hold()
    {
        var simulator = Compile(Latch);
        Set(0, 1);
        Set(1, 1);
        var snapshot = simulator.Snapshot();
        Set(1, 0);
        Set(1, 1);
        Assert.That(simulator.Peek(simulator.Port("q")), Is.Zero);
        simulator.Restore(snapshot);
        Assert.That(simulator.Peek(simulator.Port("q")), Is.EqualTo(1));

        void Set(ulong s, ulong r)
        {
            simulator.Poke(simulator.Port("s_n"), s);
            simulator.Poke(simulator.Port("r_n"), r);
            simulator.Evaluate();
        }
    }

    [Test]
    public void A_ring_that_inverts_is_refused_when_it_starts()
    {
        var simulator = Compile("""
            module m(input on, output y);
              wire a, b;
              assign a = ~(y & on);
              assign b = ~a;
              assign y = ~b;
            endmodule
            """);
        Assert.That(simulator.Peek(simulator.Port("y")), Is.EqualTo(1));
        simulator.Poke(simulator.Port("on"), 1);
        Assert.That(simulator.Evaluate, Throws.TypeOf<InvalidInputException>().With.Message.Match(
            "^error HW1046: the design does not settle: '[aby]' is on a loop of gates or latches that still changes after 1048 changes$"));
    }

    [Test]
    public void Loops_of_parts_of_vectors_and_of_mere_wires_settle()
    {
        var simulator = Compile("""
            module m(input [3:0] s, input [3:0] r, input on, output [3:0] q, output y);
              wire [4:0] w;
              assign w[0] = on;
              assign w[4:1] = ~(s & q);
              assign q = ~(r & w[4:1]);
              wire a, b;
              assign a = b;
              assign b = a;
              assign y = a | w[0];
            endmodule
            """);
        Set(0b0011, 0b1100);
        Assert.That(simulator.Peek(simulator.Port("q")), Is.EqualTo(0b0011));
        Set(0b1111, 0b1111);
        Assert.That(simulator.Peek(simulator.Port("q")), Is.EqualTo(0b0011));
        simulator.Poke(simulator.Port("on"), 1);
        Assert.That(simulator.Peek(simulator.Port("y")), Is.EqualTo(1));

        void Set(ulong s, ulong r)
        {
            simulator.Poke(simulator.Port("s"), s);
            simulator.Poke(simulator.Port("r"), r);
            simulator.Evaluate();
        }
    }

    [Test]
    public async Task A_round_trip_asks_for_no_proof_of_a_loop()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("hwseed-loop-").FullName, "m.v");
        try
        {
            File.WriteAllText(file, Latch);
            var report = (await RoundTrip.RunAsync(
                [file], "m", VerilogOptions.Default, new(100) { WithVerilator = false }, Path.GetDirectoryName(file)!)).OrThrow();
            Assert.That(report.Agreed);
            Assert.That(report.Notes, Is.EqualTo(new[] { "no proof: loops of gates or latches hold values" }));
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        }
    }

    private static Simulator Compile(string text) =>
        Simulator.Compile(VerilogReader.ReadText(text, "m.v", bind: new() { Top = "m" }).OrThrow().Design).OrThrow();
}
