using System.Globalization;
using System.Numerics;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Lint;

/// <summary>The values that a label of a case statement matches: those that have these bits where the mask has ones.</summary>
internal readonly record struct LabelPattern(BigInteger Value, BigInteger Mask)
{
    public bool Covers(LabelPattern other) => (Mask & ~other.Mask).IsZero && (other.Value & Mask) == Value;

    public bool Matches(BigInteger value) => (value & Mask) == Value;
}

/// <summary>What the labels of case statements match.</summary>
internal static class CaseLabels
{
    private const int WidestTable = 14;

    /// <summary>The values of a label; null when it is not constant.</summary>
    public static LabelPattern? Pattern(CaseSyntax statement, ExpressionSyntax label, LintModule module, LintScope scope, int width)
    {
        var all = (BigInteger.One << width) - 1;
        label = ExpressionParts.Bare(label);
        if (label is NumberSyntax number && NumberLiteral.Parse(number) is { } literal)
        {
            var free = statement.Keyword switch
            {
                "casez" => literal.Floating,
                "casex" => literal.Floating | literal.Unknown,
                _ => statement.IsInside ? literal.Floating | literal.Unknown : BigInteger.Zero,
            };
            return literal.Unknown == (literal.Unknown & free) && literal.Floating == (literal.Floating & free)
                ? new(literal.Value & ~free & all, all & ~free)
                : null;
        }

        return module.Constants.Value(label, scope) is { } value ? new(value & all, all) : null;
    }

    /// <summary>A value that no branch takes, as text; null when all are taken or that is not known.</summary>
    public static string? Missing(CaseSyntax statement, LintModule module, LintScope scope)
    {
        if (statement.Items.Any(i => i.Labels.Count == 0) || statement.Qualifier is "unique" or "priority" || SaysFull(statement))
        {
            return null;
        }

        var labels = statement.Items.SelectMany(i => i.Labels).ToList();
        if (Members(statement.Selector, scope) is { } members)
        {
            var named = labels.SelectMany(ExpressionParts.Names).ToHashSet(StringComparer.Ordinal);
            return members.FirstOrDefault(m => !named.Contains(m)) is { } member ? $"'{member}'" : null;
        }

        if (module.Constants.Value(statement.Selector, scope) is not null)
        {
            return "the case that none of the labels holds";
        }

        if (module.Widths.Of(statement.Selector, scope) is not { } size)
        {
            return labels.Count == 0 ? "any value" : null;
        }

        if (size.Bits > WidestTable)
        {
            return "some values";
        }

        var patterns = labels.Select(l => Pattern(statement, l, module, scope, size.Bits)).ToList();
        if (patterns.Contains(null))
        {
            return null;
        }

        for (var value = 0; value < 1 << size.Bits; value++)
        {
            if (!patterns.Any(p => p!.Value.Matches(value)))
            {
                return string.Create(CultureInfo.InvariantCulture, $"{size.Bits}'d{value}");
            }
        }

        return null;
    }

    private static bool SaysFull(CaseSyntax statement) => statement.Attributes.Any(a => a.Name == "full_case")
        || statement.Comments.Concat(statement.Items.Take(1).SelectMany(i => i.Comments.Concat(i.Labels.SelectMany(l => l.Comments))))
            .Any(c => c.Contains("full_case", StringComparison.Ordinal));

    // The names of an enumeration whose variable is the selector.
    private static List<string>? Members(ExpressionSyntax selector, LintScope scope)
    {
        if (ExpressionParts.Bare(selector) is not NameSyntax name || scope.Find(name.Name) is not { Unpacked.Count: 0 } symbol)
        {
            return null;
        }

        var type = symbol.Type;
        while (type is NamedTypeSyntax { Package: null, Packed.Count: 0 } named && symbol.Scope.Find(named.Name) is { Kind: SymbolKind.Type } inner)
        {
            (type, symbol) = (inner.Type, inner);
        }

        return type is EnumTypeSyntax { Packed.Count: 0 } e && e.Members.All(m => m.Count is null) ? [.. e.Members.Select(m => m.Name)] : null;
    }
}
