using HwSeed.Hdl;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Verilog;
using HwSeed.Hdl.Verilog.Binding;
using HwSeed.Sim.Cosimulation;
using HwSeed.Toolchain;

namespace HwSeed.Sim.Tests.Cosimulation;

[Category("verilator")]
public sealed class ReferenceModelTests
{
    private string _folder = "";

    [SetUp]
    public void Make() => _folder = Directory.CreateTempSubdirectory("hwseed-model-").FullName;

    [TearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Icarus_says_which_bits_it_knows()
    {
        Tools.Require(ExternalTool.Icarus);
        var (top, sources) = Write("module t(input [69:0] a, output [69:0] y, output [3:0] z); assign y = ~a; assign z = {2'b1x, a[1:0]}; endmodule");
        var model = IcarusModel.Prepare(top, sources, [], _folder).OrThrow();
        using var run = (await model.RunAsync(3, 20, TimeSpan.FromSeconds(60))).OrThrow();
        var stimulus = new RandomStimulus(top, 3);
        for (var step = 0; step < 20; step++)
        {
            var (values, known) = (new ulong[3], new ulong[3]);
            var inputs = stimulus.Next().ToArray();
            run.Read(values, known);
            Assert.That(known, Is.EqualTo(new[] { ulong.MaxValue, 63UL, 0b1011UL }));
            Assert.That(values, Is.EqualTo(new[] { ~inputs[0], ~inputs[1] & 63, 0b1000 | (inputs[0] & 3) }), $"step {step}");
        }
    }

    [Test]
    public async Task Ours_against_Icarus_counts_unknown_bits_and_names_the_difference()
    {
        Tools.Require(ExternalTool.Icarus);
        var (top, sources) = Write("module t(input a, output y, output z); assign y = a; assign z = 1'bx; endmodule");
        var model = IcarusModel.Prepare(top, sources, [], _folder).OrThrow();
        var same = (await HwSeed.Sim.Cosimulation.Cosimulation.RunAsync(Compile("assign y = a; assign z = 0;"), model, 1, 50)).OrThrow();
        Assert.That((same.Agreed, same.UnknownBits, same.Steps), Is.EqualTo((true, 51, 51)));
        var other = (await HwSeed.Sim.Cosimulation.Cosimulation.RunAsync(Compile("assign y = ~a; assign z = 0;"), model, 1, 50)).OrThrow();
        Assert.That(other.Difference, Is.EqualTo(new CosimDifference(0, 0, "y", "0", "1")));
    }

    [Test]
    public async Task HW1080_a_simulation_that_does_not_settle_gives_no_result()
    {
        Tools.Require();
        var (top, sources) = Write("module t(input a, output y); wire w; assign w = ~(w & ~(a & ~a)); assign y = w; endmodule", "module t(input a, output y); assign y = a; endmodule");
        var model = (await VerilatorModel.BuildAsync(top, sources, [], _folder)).OrThrow();
        var run = await model.RunAsync(1, 10, TimeSpan.FromSeconds(60));
        Assert.That(run.IsOk, Is.False);
        Assert.That(run.Diagnostics.Single().ToString(), Does.Contain("error HW1080: Verilator gave no result: "));
    }

    [Test]
    public void HW1081_a_clock_or_reset_that_is_no_input_of_one_bit()
    {
        var read = VerilogReader.ReadText("module t(input ck, input go, input [1:0] a, output y); assign y = a[0]; endmodule").OrThrow();
        var clock = CosimDesign.Of(read, "t", ["clock"], []);
        var reset = CosimDesign.Of(read, "t", ["ck"], ["a"]);
        Assert.That(clock.Diagnostics.Concat(reset.Diagnostics).Select(d => d.ToString()), Is.EqualTo(new[]
        {
            "error HW1081: clock 'clock' is not an input of one bit; such inputs are: ck, go",
            "error HW1081: reset 'a' is not an input of one bit; such inputs are: ck, go",
        }));
    }

    [Test]
    public void HW1082_Icarus_is_not_asked_about_unpacked_arrays_as_ports()
    {
        var (top, sources) = Write("module t(input [3:0] a [0:1], output y); assign y = a[0][0]; endmodule");
        var model = IcarusModel.Prepare(top, sources, [], _folder);
        Assert.That(model.Diagnostics.Single().ToString(), Is.EqualTo("error HW1082: 't' has unpacked arrays as ports, which the Icarus bench cannot connect"));
    }

    private (CosimTop Top, VerilogSources Sources) Write(string text, string? forUs = null)
    {
        var file = Path.Combine(_folder, "t.sv");
        File.WriteAllText(file, text);
        var read = VerilogReader.ReadText(forUs ?? text, "t.sv", null, new BindOptions { Top = "t" }).OrThrow();
        return (CosimDesign.Of(read, "t", [], []).OrThrow().Top, new([file]));
    }

    private static Simulator Compile(string body) => Simulator.Compile(
        VerilogReader.ReadText($"module t(input a, output y, output z); {body} endmodule").OrThrow().Design).OrThrow();
}
