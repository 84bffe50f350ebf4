using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Agent.Documents;

/// <summary>The name that a misspelt one means, for "did you mean".</summary>
internal static class NearestName
{
    /// <summary>The known name nearest to a misspelt one, or null when none is near enough to be meant.</summary>
    public static string? Of(string name, IEnumerable<string> known)
    {
        var best = known
            .Select(k => (Name: k, Distance: EditDistance.Between(name.ToLowerInvariant(), k.ToLowerInvariant())))
            .OrderBy(p => p.Distance)
            .ThenBy(p => p.Name, StringComparer.Ordinal)
            .FirstOrDefault();
        var near = Math.Max(2, Math.Min(name.Length, best.Name?.Length ?? 0) / 2);
        return best.Name is not null && best.Distance <= near ? best.Name : null;
    }
}
