using System.Text.RegularExpressions;

namespace HwSeed.Agent.Loop;

/// <summary>Reasons without their numbers, so that a table can count them.</summary>
internal static partial class RejectionWords
{
    /// <summary>The kind of a reason: its product's name and its numbers left out.</summary>
    public static string Kind(string reason)
    {
        return Number().Replace(WithoutProduct(reason), "#");
    }

    /// <summary>What reasons of one kind have in common: a number that is the same in all of them stays.</summary>
    public static string Common(IEnumerable<string> reasons)
    {
        var texts = reasons.Select(WithoutProduct).Distinct().ToList();
        var numbers = texts.Select(t => Number().Matches(t).Select(m => m.Value).ToArray()).ToList();
        var i = 0;
        return Number().Replace(texts[0], number =>
        {
            var place = i++;
            return numbers.All(n => n[place] == number.Value) ? number.Value : "#";
        });
    }

    private static string WithoutProduct(string reason) =>
        reason.StartsWith("HW", StringComparison.Ordinal) ? reason : Product().Replace(reason, "");

    [GeneratedRegex(@"^[\w.]+ \d+x\d+x\d+: ")]
    private static partial Regex Product();

    [GeneratedRegex(@"(?<![\w])\d+(\.\d+)?")]
    private static partial Regex Number();
}
