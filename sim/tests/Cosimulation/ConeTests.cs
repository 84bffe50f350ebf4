using HwSeed.Hdl.Diagnostics;
using HwSeed.Sim.Cosimulation;

namespace HwSeed.Sim.Tests.Cosimulation;

/// <summary>A difference that was made on purpose is followed back to where it was made.</summary>
[Category("verilator")]
public sealed class ConeTests
{
    private const string Source = """
        module inner(input clk, input [7:0] d, output logic [7:0] q);
          logic [7:0] sum, kept;
          assign sum = d + 8'd3;
          always_ff @(posedge clk) begin kept <= sum; q <= kept ^ d; end
        endmodule
        module t(input clk, input rst, input [7:0] a, output [7:0] y);
          logic [7:0] x, r;
          logic [3:0] words [0:3];
          for (genvar i = 0; i < 2; i++) begin : g
            logic [7:0] v;
            inner u(.clk, .d(a + 8'(i)), .q(v));
          end
          always_ff @(posedge clk) words[a[1:0]] <= a[3:0];
          assign x = (g[0].v & g[1].v) + words[2];
          always_ff @(posedge clk) if (rst) r <= 0; else r <= r + x;
          assign y = r;
        endmodule

        """;

    [TestCase("d + 8'd3", "d + 8'd4", "g[0].u.sum")]
    [TestCase("kept ^ d", "kept | d", "g[0].v")]
    [TestCase("g[0].v & g[1].v", "g[0].v | g[1].v", "x")]
    [TestCase("r + x", "r - x", "r")]
    public async Task A_difference_begins_where_the_text_was_changed(string before, string after, string origin)
    {
        var report = await RunAsync(Source, Source.Replace(before, after));
        var began = report.Cone.Single(c => c.IsOrigin);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.Difference!.Port, Is.EqualTo("y"));
            // Both instances of the inner module were changed, and either may be the one that shows it.
            Assert.That(began.Path.Replace("g[1]", "g[0]"), Is.EqualTo(origin), string.Join('\n', report.Cone));
            Assert.That(began.FirstDifference, Is.EqualTo(report.Cone.Min(c => c.FirstDifference)));
            Assert.That(report.Cone[0].Path, Is.EqualTo("y"));
            Assert.That((report.Cone[0].Ours, report.Cone[0].Theirs), Is.EqualTo((report.Difference.Got, report.Difference.Expected)));
            Assert.That(report.Cone.Where(c => c.Path == "rst").Select(c => c.FirstDifference), Is.All.Null);
            Assert.That(report.Cone, Has.Count.GreaterThan(3));
        }
    }

    [Test]
    public async Task Equal_texts_agree_and_have_no_cone()
    {
        var report = await RunAsync(Source, Source);
        Assert.That((report.Agreed, report.Cone.Count, report.Differences.Count), Is.EqualTo((true, 0, 0)));
    }

    private static async Task<CosimReport> RunAsync(string ours, string theirs)
    {
        Tools.Require();
        var folder = Directory.CreateTempSubdirectory("hwseed-cone-").FullName;
        try
        {
            var (file, other) = (Path.Combine(folder, "t.sv"), Path.Combine(folder, "other.sv"));
            await File.WriteAllTextAsync(file, ours);
            await File.WriteAllTextAsync(other, theirs);
            return (await new VerilogCosim([file], "t") { Cycles = 300, Theirs = other }.RunAsync(Path.Combine(folder, "work"))).OrThrow();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
