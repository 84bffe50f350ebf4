using System.Text.RegularExpressions;

namespace HwSeed.Agent.Loop;

/// <summary>Reasons without their numbers, so that a table can count them.</summary>
internal static partial class RejectionWords
{
    /// <summary>The kind of a reason: its product's name and its numbers left out.</summary>
    public static string Kind(string reason)
    {
        var text = reason.StartsWith("HW", StringComparison.Ordinal) ? reason : Product().Replace(reason, "");
        return Number().Replace(text, "#");
    }

    [GeneratedRegex(@"^[\w.]+ \d+x\d+x\d+: ")]
    private static partial Regex Product();

    [GeneratedRegex(@"(?<![\w])\d+(\.\d+)?")]
    private static partial Regex Number();
}
