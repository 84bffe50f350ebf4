using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Hdl.Lint;

/// <summary>The rule that a misspelt name means.</summary>
internal static class NearestRule
{
    /// <summary>A code for what looks like one, else a name; null when none is near.</summary>
    public static string? Of(string name)
    {
        var known = name.StartsWith("HW", StringComparison.OrdinalIgnoreCase) ? LintRules.All.Select(r => r.Code) : LintRules.All.Select(r => r.Name);
        var (best, distance) = known.Select(k => (k, EditDistance.Between(name.ToUpperInvariant(), k.ToUpperInvariant()))).MinBy(p => p.Item2);
        return distance <= Math.Max(2, name.Length / 3) ? best : null;
    }
}
