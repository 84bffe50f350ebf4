using HwSeed.Sim.Coverage;
using HwSeed.Sim.Tests.Oracles;

namespace HwSeed.Sim.Tests.Coverage;

/// <summary>Coverage on paper: the JSON document, sums of runs, and the page.</summary>
public sealed class CoverageFileTests
{
    [Test]
    public void A_document_reads_back_as_it_was()
    {
        var report = Run(60, 1);
        Assert.That(CoverageFile.Read(CoverageFile.Write(report), "c.json").OrThrow(), Is.EqualTo(report));
    }

    [Test]
    public void Two_runs_cover_what_either_did()
    {
        var (one, two) = (Run(10, 1), Run(40, 2));
        var both = one.Merge(two).OrThrow();
        Assert.That((both.Runs, both.Cycles), Is.EqualTo((2, 50L)));
        Assert.That(both.Toggles.Select(t => t.Rose), Is.EqualTo(one.Toggles.Zip(two.Toggles, (a, b) => a.Rose | b.Rose)));
        Assert.That(both.Statements.Select(s => s.Hits), Is.EqualTo(one.Statements.Zip(two.Statements, (a, b) => a.Hits + b.Hits)));
        Assert.That(both.StateMachines[0].States.Select(s => s.Visits).Sum(), Is.EqualTo(50));
        Assert.That(both.ToggleShare.Covered, Is.GreaterThanOrEqualTo(two.ToggleShare.Covered));
        Assert.That(one.Merge(two).OrThrow().Merge(one).OrThrow(), Is.EqualTo(one.Merge(one.Merge(two).OrThrow()).OrThrow()));
    }

    [Test]
    public void Coverage_of_different_designs_is_not_added_up()
    {
        var report = Run(10, 1);
        Assert.That(report.Merge(report with { Top = "other" }).Diagnostics.Single().ToString(),
            Is.EqualTo("error HW1061: coverage of 'light' and of 'other' cannot be added up"));
        Assert.That(report.Merge(report with { Toggles = [] }).Diagnostics.Single().Message, Does.Contain("changed between the runs"));
    }

    [TestCase("", "line 1, at '$', is not what stands there in one")]
    [TestCase("{\"schema\": \"hwseed/coverage/v1\"}", "line 1, at '$', is not what stands there in one")]
    [TestCase("[1]", "line 1, at '$', is not what stands there in one")]
    public void A_file_that_is_no_coverage_is_refused(string text, string reason) =>
        Assert.That(CoverageFile.Read(text, "c.json").Diagnostics.Single().ToString(), Is.EqualTo($"c.json: error HW1062: not a coverage file: {reason}"));

    [Test]
    public void A_value_out_of_range_is_refused()
    {
        var text = CoverageFile.Write(Run(10, 1));
        Assert.That(CoverageFile.Read(text.Replace("\"rose\": \"1\"", "\"rose\": \"1z\"", StringComparison.Ordinal), "c.json").Diagnostics.Single().Code, Is.EqualTo("HW1062"));
        Assert.That(CoverageFile.Read(text.Replace("coverage/v1", "coverage/v0", StringComparison.Ordinal), "c.json").Diagnostics.Single().Message, Does.Contain("its schema is not"));
        Assert.That(CoverageFile.Read(text.Replace("\"width\": 1,", "\"width\": 0,", StringComparison.Ordinal), "c.json").Diagnostics.Single().Message, Does.Contain("out of range"));
    }

    [Test]
    public void The_page_stands_alone_and_shows_lines_machines_and_toggles()
    {
        var source = "module light(<input>);\nalways @(posedge clk)\n  state <= next;\n  other <= 1;\nendmodule\n";
        var report = Run(14, 1) with
        {
            Statements = [new("light.v", 3, 3, 40), new("light.v", 4, 3, 0)],
        };
        var page = CoveragePage.Write(report, path => path == "light.v" ? source : null);
        if (Environment.GetEnvironmentVariable("HWSEED_SHOW_PAGE") is { } show)
        {
            File.WriteAllText(show, page);
        }

        Assert.That(page, Does.Not.Contain("http:").And.Not.Contain("https:").And.Not.Contain("<script").And.Not.Contain("<link"));
        Assert.That(page, Does.Contain("<tr class=\"hit\"><td>3<td>40<td>  state &lt;= next;")
            .And.Contain("<tr class=\"miss\"><td>4<td>0<td>  other &lt;= 1;").And.Contain("module light(&lt;input&gt;);"));
        Assert.That(page, Does.Contain("<svg").And.Contain("50.0 %").And.Contain("state graph").And.Contain("79:43"));
        Assert.That(CoveragePage.Write(report, _ => null), Does.Contain("<tr class=\"miss\"><td>4<td>0<td>\n"), "without its source");
    }

    private static CoverageReport Run(int cycles, int seed)
    {
        var simulator = Simulator.Compile(TrafficLight.Design()).OrThrow();
        string[] names = ["GREEN", "YELLOW", "RED_AND_WAITING"];
        var coverage = new CoverageRecorder(simulator, (_, _, value) => names[(int)value]);
        TrafficLight.Run(simulator, cycles, seed, () => coverage.Settled());
        return coverage.Report();
    }
}
