using HwSeed.Agent.Documents;
using HwSeed.Hdl.Lint;

namespace HwSeed.Agent.Tests.Documents;

internal sealed class LintDocumentTests
{
    [Test]
    public void Rules_are_set_by_code_or_name()
    {
        var settings = LintDocument.ReadText(
            "schema: hwseed/lint/v1\nrules:\n  HW2503: error\n  unused-parameter: off\n  width-extension: info\n", "l.yaml").OrThrow();
        Assert.That(settings.Overrides, Is.EqualTo(new LintOverride[]
        {
            new("HW2503", LintLevel.Error), new("HW2504", LintLevel.Info), new("HW2507", LintLevel.Off),
        }));
    }

    [Test]
    public void No_rules_are_no_changes() =>
        Assert.That(LintDocument.ReadText("schema: hwseed/lint/v1\n", "l.yaml").OrThrow(), Is.EqualTo(LintSettings.Default));

    [TestCase("rules:\n  width-truncatoin: error", "l.yaml:3:3: error HW5007: unknown key 'rules.width-truncatoin'; did you mean 'width-truncation'?\n    width-truncatoin: error\n    ^^^^^^^^^^^^^^^^")]
    [TestCase("rules:\n  HW2503: fatal", "l.yaml:3:11: error HW5012: 'rules.HW2503' is 'fatal'; it must be one of: off, info, warning, error\n    HW2503: fatal\n            ^^^^^")]
    [TestCase("rules:\n  HW2503: error\n  width-truncation: off", "l.yaml:4:21: error HW5009: key 'width-truncation' stands twice; the first is on line 3\n    width-truncation: off\n                      ^^^")]
    [TestCase("rule: {}", "l.yaml:2:1: error HW5007: unknown key 'rule'; did you mean 'rules'?\n  rule: {}\n  ^^^^")]
    public void A_mistake_gives_one_message(string text, string message) =>
        Assert.That(string.Join("\n", LintDocument.ReadText($"schema: hwseed/lint/v1\n{text}\n", "l.yaml").Diagnostics), Is.EqualTo(message));
}
