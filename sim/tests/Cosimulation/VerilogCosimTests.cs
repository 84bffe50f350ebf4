using HwSeed.Sim.Cosimulation;

namespace HwSeed.Sim.Tests.Cosimulation;

public sealed class VerilogCosimTests
{
    [Test]
    public void Both_sides_see_the_macros_that_Verilator_defines()
    {
        var directory = Directory.CreateTempSubdirectory("hwseed-cosim-").FullName;
        try
        {
            var path = Path.Combine(directory, "m.v");
            File.WriteAllText(path, """
                module m(input clk, input d, output reg q
                `ifdef VERILATOR
                    , output seen
                `endif
                    );
                `ifdef VERILATOR
                    assign seen = q;
                `endif
                    always @(posedge clk) q <= d;
                endmodule
                """);
            var top = new VerilogCosim([path], "m").Read().OrThrow().Top;
            Assert.That(top.Compared.Select(p => p.Name), Is.EqualTo(new[] { "q", "seen" }));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
