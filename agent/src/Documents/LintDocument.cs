using HwSeed.Hdl;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Lint;

namespace HwSeed.Agent.Documents;

/// <summary>What the linter has to report, written by a person: <c>schema: hwseed/lint/v1</c>.</summary>
public static class LintDocument
{
    /// <summary>The file that is looked for beside the sources.</summary>
    public const string FileName = "hwseed-lint.yaml";

    private static readonly string[] Levels = ["off", "info", "warning", "error"];

    /// <summary>Reads a file.</summary>
    /// <param name="path">Path of the YAML file.</param>
    public static Checked<LintSettings> Read(string path) =>
        DocumentHead.Read(YamlText.FromFile(path), DocumentHead.Lint, Body);

    /// <summary>Reads text that is not in a file.</summary>
    /// <param name="text">The YAML.</param>
    /// <param name="file">Name for messages.</param>
    public static Checked<LintSettings> ReadText(string text, string file) =>
        DocumentHead.Read(YamlText.FromText(text, file), DocumentHead.Lint, Body);

    internal static LintSettings Body(YamlFields fields)
    {
        var overrides = new List<LintOverride>();
        if (fields.Map("rules", required: false) is { } rules)
        {
            foreach (var rule in LintRules.All)
            {
                var (byCode, byName) = (rules.Word(rule.Code, Levels, ""), rules.Word(rule.Name, Levels, ""));
                if (rules.Has(rule.Code) && rules.Has(rule.Name))
                {
                    var (first, second) = (rules.Problems.Spans.Of(rules.PathOf(rule.Code)), rules.Problems.Spans.Of(rules.PathOf(rule.Name)));
                    rules.Problems.Add(AgentDiagnostics.DuplicateKey(rule.Name, first.Line, second));
                }

                var level = byCode.Length > 0 ? byCode : byName;
                if (level.Length > 0)
                {
                    overrides.Add(new(rule.Code, (LintLevel)Array.IndexOf(Levels, level)));
                }
            }

            rules.End();
        }

        return new(overrides.ToEquatableArray());
    }
}
