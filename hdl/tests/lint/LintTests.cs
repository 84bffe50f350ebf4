using System.Runtime.CompilerServices;
using HwSeed.Hdl.Lint;
using HwSeed.Hdl.Tests.Verilog;
using HwSeed.Hdl.Verilog;

namespace HwSeed.Hdl.Tests.Lint;

/// <summary>
/// A case is a folder: <c>input.v</c> or <c>input.sv</c>, and in <c>expected.txt</c> all that the linter says about it.
/// <c>settings.txt</c> may set rules, one a line, as a configuration would.
/// </summary>
internal sealed class LintTests
{
    [TestCaseSource(nameof(Cases))]
    public void A_case_gives_its_findings(string name) =>
        Golden.Check(string.Concat(Check(name).Findings.Select(f => $"{f}\n")), Path.Combine(name, "expected.txt"));

    [Test]
    public void Every_rule_is_raised_by_a_case()
    {
        var raised = Cases().SelectMany(c => Check(c).Findings).Select(f => f.Code).ToHashSet();
        Assert.That(LintRules.All.Select(r => r.Code).Except(raised), Is.Empty);
    }

    [TestCase("clean")]
    [TestCase("left-alone")]
    [TestCase("interfaces")]
    public void Good_code_has_no_findings(string name) => Assert.That(Check(name).Findings, Is.Empty);

    [Test]
    public void Codes_and_names_of_rules_are_unique()
    {
        Assert.That(LintRules.All.Select(r => r.Code), Is.Unique.And.Ordered);
        Assert.That(LintRules.All.Select(r => r.Name), Is.Unique);
    }

    [Test]
    public void A_rule_that_is_off_says_nothing_and_one_that_is_an_error_counts_as_such()
    {
        var unit = VerilogParser.ParseText("module m(input a, output y); wire w; endmodule", "m.v").OrThrow();
        LintReport With(params LintOverride[] overrides) => Linter.Check([unit], new([.. overrides]));
        Assert.That(With().Counts, Is.EqualTo(new[] { ("HW2501", 1), ("HW2506", 1), ("HW2508", 1) }));
        Assert.That(With(new LintOverride("HW2506", LintLevel.Off)).Counts, Is.EqualTo(new[] { ("HW2501", 1), ("HW2508", 1) }));
        Assert.That(With(new LintOverride("HW2501", LintLevel.Error)).Count(Hdl.Diagnostics.Severity.Error), Is.EqualTo(1));
    }

    private static LintReport Check(string name)
    {
        var folder = Path.Combine(Folder(), name);
        var input = Directory.GetFiles(folder, "input.*").Single();
        var unit = VerilogParser.ParseText(File.ReadAllText(input), Path.GetFileName(input)).OrThrow();
        return Linter.Check([unit], Settings(Path.Combine(folder, "settings.txt")));
    }

    private static LintSettings Settings(string path) => !File.Exists(path) ? LintSettings.Default : new(
    [
        .. File.ReadAllLines(path).Select(line => line.Split(": "))
            .Select(words => new LintOverride(LintRules.Find(words[0])!.Code, Enum.Parse<LintLevel>(words[1], ignoreCase: true))),
    ]);

    private static IEnumerable<string> Cases() =>
        Directory.GetDirectories(Folder()).Select(d => Path.GetFileName(d)).Order(StringComparer.Ordinal);

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
