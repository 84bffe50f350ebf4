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

    private const string Checks = """
        module checks(input clk, input rst, input d, output reg [3:0] q);
            default disable iff (rst); reg last;
            sequence twice; d ##1 d; endsequence
            property rises;
                @(posedge clk) twice |-> ##[1:3] q != 0;
            endproperty
            held: assert property (@(posedge clk) $rose(d) |=> ##2 q[0] throughout d[*3]) else $error("fell");
            `include "more.vh"
            always @(posedge clk) begin
                last <= d;
                if (rst) q <= 0;
                else if (d) assume property (@(posedge clk) d ##[1:$] q); else q <= q + last;
                if (!rst) cover property (twice); q[3] <= d;
            end
        endmodule
        """;

    [TestCase("\n")]
    [TestCase("\r\n")]
    [Category("verilator")]
    public async Task Assertions_that_Verilator_cannot_read_are_kept_from_it(string lineEnd)
    {
        Tools.Require();
        var directory = Directory.CreateTempSubdirectory("hwseed-cosim-").FullName;
        try
        {
            var (path, work) = (Path.Combine(directory, "checks.sv"), Path.Combine(directory, "work"));
            File.WriteAllText(path, Checks.ReplaceLineEndings(lineEnd));
            File.WriteAllText(Path.Combine(directory, "more.vh"), "assert property (@(posedge clk) d ##1 d |-> q);" + lineEnd);
            var report = (await new VerilogCosim([path], "checks") { Cycles = 500 }.RunAsync(work)).OrThrow();
            var copy = File.ReadAllText(Path.Combine(work, "sources", "0", "checks.sv"));
            using (Assert.EnterMultipleScope())
            {
                Assert.That(report.Agreed);
                Assert.That(copy.ReplaceLineEndings("\n").Split('\n'), Has.Length.EqualTo(Checks.ReplaceLineEndings("\n").Split('\n').Length));
                Assert.That(copy, Does.Contain("reg last;").And.Contains("q[3] <= d;").And.Not.Contains("##"));
                Assert.That(copy.IndexOf("reg last", StringComparison.Ordinal), Is.EqualTo(File.ReadAllText(path).IndexOf("reg last", StringComparison.Ordinal)));
            }
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
