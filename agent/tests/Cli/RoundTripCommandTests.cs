namespace HwSeed.Agent.Tests.Cli;

internal sealed class RoundTripCommandTests
{
    private const string Gates =
        "module gates(input [3:0] a, input [3:0] b, input s, output [3:0] y);\n  assign y = s ? a + b : a ^ ~b; // sum or difference\nendmodule\n";

    private const string Counter =
        """
        `define STEP 3
        module counter #(parameter W = 8) (input clk, input rst_n, input en, output reg [W-1:0] q, output last);
          assign last = &q;
          always @(posedge clk or negedge rst_n)
            if (!rst_n) q <= 0;
            else if (en) q <= q + `STEP;
        endmodule
        """;

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public async Task Without_tools_a_small_circuit_is_exhaustive_and_state_is_sampled()
    {
        var gates = await Hwseed.RunAsync("roundtrip", _folder.Write("gates.v", Gates), "--top", "gates", "--no-verilator", "--limit", "0", "--json");
        var counter = await Hwseed.RunAsync(
            "roundtrip", _folder.Write("counter.v", Counter), "--top", "counter", "--no-verilator", "--limit", "0", "--cycles", "500", "--seed", "7", "--json");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(gates.Code, Is.Zero, gates.Error);
            Assert.That(gates.Json().GetProperty("level").GetString(), Is.EqualTo("exhaustive"));
            Assert.That(gates.Json().GetProperty("steps").GetInt64(), Is.EqualTo(512));
            Assert.That(counter.Code, Is.Zero, counter.Error);
            Assert.That(counter.Json().GetProperty("level").GetString(), Is.EqualTo("sampled(2001, 7)"));
        }
    }

    [Test]
    public async Task The_printed_text_goes_to_a_file_and_takes_the_trip_again()
    {
        var output = _folder.File("printed.v");
        var first = await Hwseed.RunAsync(
            "roundtrip", _folder.Write("counter.v", Counter), "--top", "counter", "--no-verilator", "--limit", "0", "--out", output);
        Assert.That(first.Code, Is.Zero, first.Error);
        Assert.That(File.ReadAllText(output), Does.Contain("module counter").And.Not.Contain("`STEP"));
        var second = await Hwseed.RunAsync("roundtrip", output, "--top", "counter", "--no-verilator", "--limit", "0");
        Assert.That(second.Code, Is.Zero, second.Error);
    }

    [Test]
    public async Task An_unknown_top_is_bad_input() =>
        (await Hwseed.RunAsync("roundtrip", _folder.Write("gates.v", Gates), "--top", "gate")).IsBadInput("HW2206", "gates");

    [Test]
    [Category("fpga")]
    [Category("verilator")]
    public async Task With_Verilator_and_Yosys_it_is_proved()
    {
        var run = await Hwseed.RunAsync("roundtrip", _folder.Write("counter.v", Counter), "--top", "counter", "--cycles", "500", "--json");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Code, Is.Zero, run.Error);
            Assert.That(run.Json().GetProperty("level").GetString(), Is.EqualTo("proved"));
            Assert.That(run.Json().GetProperty("verilator_agreed").GetBoolean(), Is.True);
        }
    }
}
