namespace HwSeed.Agent.Tests.Cli;

internal sealed class CosimCommandTests
{
    private const string Counter = "module counter(input clk, input rst, input en, output reg [7:0] q);\n  always @(posedge clk) if (rst) q <= 0; else if (en) q <= q + 1;\nendmodule\n";

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    [Category("verilator")]
    public async Task Agreement_is_exit_0_and_one_document()
    {
        var run = await Hwseed.RunAsync("cosim", _folder.Write("counter.v", Counter), "--top", "counter", "--cycles", "200", "--seed", "4", "--json");
        var json = run.Json();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Code, Is.Zero, run.Error);
            Assert.That(json.GetProperty("agreed").GetBoolean(), Is.True);
            Assert.That(json.GetProperty("verification_level").GetString(), Is.EqualTo("sampled(n=200, seed=4)"));
            Assert.That(json.GetProperty("clocks")[0].GetString(), Is.EqualTo("clk"));
            Assert.That(json.GetProperty("resets")[0].GetProperty("port").GetString(), Is.EqualTo("rst"));
            Assert.That(json.GetProperty("cone").GetArrayLength(), Is.Zero);
        }
    }

    // A count of 70 bits counts with all of them (IEEE 1364-2005, 5.1.12); Verilator 5.006 takes it modulo 32 bits.
    [Test]
    [Category("verilator")]
    public async Task A_difference_is_exit_1_with_the_cone_of_both_sides()
    {
        var file = _folder.Write("shift.v", """
            module shift(input clk, input [2:0] n, input [69:0] c, output reg [63:0] y);
              wire [63:0] w = n >>> $unsigned(c);
              always @(posedge clk) y <= w + 1;
            endmodule
            """);
        var run = await Hwseed.RunAsync("cosim", file, "--top", "shift", "--cycles", "3000", "--json");
        var json = run.Json();
        var w = json.GetProperty("cone").EnumerateArray().Single(c => c.GetProperty("path").GetString() == "w");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Code, Is.EqualTo(1), run.Error);
            Assert.That(json.GetProperty("agreed").GetBoolean(), Is.False);
            Assert.That(json.GetProperty("verification_level").GetString(), Is.EqualTo("unverified"));
            Assert.That(json.GetProperty("difference").GetProperty("port").GetString(), Is.EqualTo("y"));
            Assert.That(w.GetProperty("ours").GetString(), Is.Not.EqualTo(w.GetProperty("theirs").GetString()));
            Assert.That(w.GetProperty("is_origin").GetBoolean(), Is.True);
        }

        Directory.Delete(json.GetProperty("files").GetString()!, recursive: true);
    }

    [Test]
    public async Task Bad_input_is_exit_2()
    {
        var file = _folder.Write("counter.v", Counter);
        (await Hwseed.RunAsync("cosim", file, "--top", "count")).IsBadInput("HW2206", "counter");
        (await Hwseed.RunAsync("cosim", file, "--top", "counter", "--clock", "q")).IsBadInput("HW1081", "clk, rst, en");
        (await Hwseed.RunAsync("cosim", file)).IsBadInput("HW5", "--top");
        (await Hwseed.RunAsync("cosim", file, "--top", "counter", "--cycles", "-1")).IsBadInput("HW5", "--cycles");
    }
}
