using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Verilog;
using HwSeed.Hdl.Verilog.Binding;
using HwSeed.Sim.Cosimulation;
using HwSeed.Toolchain;

namespace HwSeed.Sim.Tests.Cosimulation;

/// <summary>
/// Modules, reduced from random ones, that Verilator 5.006 reads otherwise than IEEE 1364-2005 and we do: Icarus agrees
/// with us. Random modules keep away from them.
/// </summary>
[Category("verilator")]
public sealed class PinnedDifferencesTests
{
    // A count of over 32 bits counts with all of its bits (5.1.12). Verilator takes some modulo 32 bits; seed 1049.
    [TestCase("module t(input [2:0] n, input [69:0] c, output [63:0] y); assign y = n >>> $unsigned(c); endmodule")]
    // The place of a bit is no matter of the index's width (5.2.1). Verilator computes it in that width; seeds 1003, 1035, 1039.
    [TestCase("module t(input [1:-2] a, input s, output y); assign y = a[s +: 1]; endmodule")]
    [TestCase("module t(input [0:34] a, input s, output [2:0] y); assign y = a[s +: 3]; endmodule")]
    [TestCase("module t(input [1:0] n, output [1:0] y); reg [6:5] c; always @* begin c = 2'b10; c[1'b0 +: 1] = n; end assign y = c; endmodule")]
    // Of a stretch that is partly outside the inner bits count (5.2.1). Verilator drops them; seed 3.
    [TestCase("module t(input [10:0] a, input [4:0] i, output [12:0] y); assign y = a[i +: 13]; endmodule")]
    public async Task Icarus_agrees_with_us(string text)
    {
        Tools.Require(ExternalTool.Icarus);
        var folder = Directory.CreateTempSubdirectory("hwseed-pinned-").FullName;
        try
        {
            var file = Path.Combine(folder, "t.sv");
            await File.WriteAllTextAsync(file, text);
            var design = CosimDesign.Of(VerilogReader.ReadText(text, "t.sv", null, new BindOptions { Top = "t" }).OrThrow(), "t", [], []).OrThrow();
            var model = IcarusModel.Prepare(design.Top, new([file]), [], folder).OrThrow();
            var report = (await HwSeed.Sim.Cosimulation.Cosimulation.RunAsync(Simulator.Compile(design.Netlist).OrThrow(), model, 1, 300)).OrThrow();
            Assert.That(report.Difference, Is.Null);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
