using HwSeed.Toolchain;

namespace HwSeed.Hdl.Tests.Toolchain;

[Category("fpga")]
internal sealed class EquivalenceTests
{
    private const string Small = """
        module small(input clk, input rst_n, input en, input [7:0] d, output reg [7:0] q, output [7:0] m);
          reg [7:0] memory [0:7];
          reg [2:0] at = 3;
          always @(posedge clk or negedge rst_n) if (!rst_n) q <= 0; else if (en) q <= q + d;
          always @(posedge clk) begin at <= at + 1; memory[at] <= d; end
          assign m = memory[d[2:0]];
        endmodule
        """;

    // Its output first differs after 700 cycles, far beyond any bound that is tried.
    private const string Late = """
        module late(input clk, output reg q);
          reg [9:0] count = 0;
          always @(posedge clk) begin count <= count + 1; q <= count == 700; end
        endmodule
        """;

    [SetUp]
    public void NeedsYosys() => Needs.Tools(ExternalTool.Yosys);

    [TestCase("q + d", "d + q")]
    [TestCase("output [7:0] m", "output [7:0] m /* the same */")]
    [TestCase("q <= q + d", "q <= q - ~d - 1")]
    public async Task The_same_circuit_written_in_another_way_is_proved(string from, string to) =>
        Assert.That((await Check(Small, Small.Replace(from, to, StringComparison.Ordinal))).Verdict, Is.EqualTo(new Proved()));

    // Counted up or down, 8 is as far from 0: no signal but the output is the same, and the proof is in what can be reached.
    [Test]
    public async Task Circuits_whose_states_differ_are_proved_by_what_they_can_reach()
    {
        const string Down = """
            module wait8(input clk, input start, output done);
              reg [3:0] left = 0;
              always @(posedge clk) if (start) left <= 8; else if (left != 0) left <= left - 1;
              assign done = left == 0;
            endmodule
            """;
        Assert.That((await Check(Down, Down.Replace("left - 1", "left + 1", StringComparison.Ordinal), "wait8")).Verdict, Is.EqualTo(new Proved()));
        Assert.That((await Check(Down, Down.Replace("left - 1", "left + 1", StringComparison.Ordinal).Replace("<= 8", "<= 7", StringComparison.Ordinal), "wait8")).Verdict,
            Is.InstanceOf<NotEquivalent>());
    }

    [TestCase("q + d", "q - d")]
    [TestCase("posedge clk or", "negedge clk or")]
    [TestCase("or negedge rst_n", "")]
    [TestCase("at = 3", "at = 2")]
    [TestCase("memory[d[2:0]]", "memory[d[3:1]]")]
    public async Task A_difference_is_shown_by_inputs_that_lead_to_it(string from, string to)
    {
        var verdict = (await Check(Small, Small.Replace(from, to, StringComparison.Ordinal))).Verdict;
        Assert.That(verdict, Is.InstanceOf<NotEquivalent>());
        Assert.That(((NotEquivalent)verdict).Counterexample, Does.Contain("in_clk = ").And.Contain("gold_q = ").And.Contain("gate_q = "));
    }

    [Test]
    public async Task A_difference_that_shows_late_is_never_called_proved()
    {
        var report = await Check(Late, Late.Replace("count = 0", "count = 1", StringComparison.Ordinal), "late");
        Assert.That(report.Verdict, Is.EqualTo(new Bounded(20)));
        Assert.That(report.Note, Does.Contain("power-up"));
    }

    [Test]
    public async Task What_Yosys_cannot_read_gives_its_reason()
    {
        var report = await Check(Small, Small.Replace("q + d", "q + ", StringComparison.Ordinal));
        Assert.That(report.Verdict, Is.InstanceOf<GaveUp>());
        Assert.That(((GaveUp)report.Verdict).Reason, Does.StartWith("Yosys: syntax error"));
    }

    [Test]
    public async Task A_check_without_time_gives_up()
    {
        using var scratch = new Scratch();
        var report = (await Equivalence.CheckAsync(
            scratch.Path, Small, Small, "small", new(TimeSpan.FromMilliseconds(5)))).OrThrow();
        Assert.That(report.Verdict, Is.InstanceOf<GaveUp>());
    }

    private static async Task<EquivalenceReport> Check(string original, string other, string top = "small")
    {
        using var scratch = new Scratch();
        return (await Equivalence.CheckAsync(scratch.Path, original, other, top, EquivalenceOptions.Default)).OrThrow();
    }
}
