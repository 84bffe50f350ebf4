using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Hdl.Lint;

/// <summary>What a user says about one rule.</summary>
/// <param name="Code">The rule.</param>
/// <param name="Level">What becomes of its findings.</param>
public sealed record LintOverride(string Code, LintLevel Level);

/// <summary>What a user's configuration changes; rules that it does not name keep their own levels.</summary>
/// <param name="Overrides">A rule at most once.</param>
public sealed record LintSettings(EquatableArray<LintOverride> Overrides)
{
    /// <summary>Nothing is changed.</summary>
    public static readonly LintSettings Default = new([]);

    /// <summary>What becomes of a rule's findings.</summary>
    public LintLevel LevelOf(LintRule rule) => Overrides.FirstOrDefault(o => o.Code == rule.Code)?.Level ?? rule.Level;

    /// <summary>The diagnostic with its rule's severity; null when the rule is off.</summary>
    internal Diagnostic? Apply(Diagnostic finding) => LintRules.Find(finding.Code) is not { } rule ? finding : LevelOf(rule) switch
    {
        LintLevel.Off => null,
        LintLevel.Info => finding with { Severity = Severity.Info },
        LintLevel.Warning => finding with { Severity = Severity.Warning },
        _ => finding with { Severity = Severity.Error },
    };
}
