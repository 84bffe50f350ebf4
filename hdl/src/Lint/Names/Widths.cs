using System.Numerics;
using System.Runtime.CompilerServices;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Lint;

/// <summary>The bits of a value, as a reader of the source counts them.</summary>
/// <param name="Bits">Of a plain number those of its value; of a sum those of the wider operand.</param>
/// <param name="Grows">Whether it may be extended without anybody's surprise: plain numbers, and sums by their carry.</param>
internal readonly record struct Size(int Bits, bool Grows);

/// <summary>Widths of types and expressions. What it cannot tell is null, never a guess.</summary>
internal sealed class Widths(Constants constants)
{
    /// <summary>Bits of a type's packed part.</summary>
    public int? OfType(DataTypeSyntax? type, LintScope scope) => type switch
    {
        null => 1,
        VectorTypeSyntax t => Times(1, t.Packed, scope),
        KeywordTypeSyntax t => t.Keyword switch
        {
            "int" or "integer" => 32,
            "byte" => 8,
            "shortint" => 16,
            "longint" or "time" => 64,
            _ => null,
        },
        NamedTypeSyntax { Package: null } t => scope.Find(t.Name) is { Kind: SymbolKind.Type, Type: { } inner, Unpacked.Count: 0 } symbol
            ? Times(OfType(inner, symbol.Scope), t.Packed, scope) : null,
        EnumTypeSyntax t => Times(t.Base is null ? 32 : OfType(t.Base, scope), t.Packed, scope),
        StructTypeSyntax t => Times(Struct(t, scope), t.Packed, scope),
        _ => null,
    };

    /// <summary>Bits of a signal or constant that is not an unpacked array.</summary>
    public int? OfSymbol(LintSymbol symbol) => symbol.Unpacked.Count > 0 ? null : OfType(symbol.Type, symbol.Scope);

    /// <summary>Bits of what an assignment writes.</summary>
    public int? OfTarget(ExpressionSyntax target, LintScope scope) => target switch
    {
        ParenthesisSyntax p => OfTarget(p.Operand, scope),
        NameSyntax or IndexSyntax or PartSelectSyntax => OfSelect(target, scope),
        ConcatenationSyntax c => Sum(c.Parts.Select(p => OfTarget(p, scope))),
        _ => null,
    };

    /// <summary>Bits of an operand of <c>$bits</c>.</summary>
    public BigInteger? OfOperand(ExpressionSyntax operand, LintScope scope) =>
        operand is NameSyntax n && scope.Find(n.Name) is { Kind: SymbolKind.Type } type ? (type.Type is null ? null : OfType(type.Type, type.Scope))
        : OfTarget(operand, scope);

    /// <summary>The bits of a value.</summary>
    public Size? Of(ExpressionSyntax value, LintScope scope)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            return null;
        }

        return value switch
        {
            ParenthesisSyntax p => Of(p.Operand, scope),
            NumberSyntax n => NumberLiteral.Parse(n) is { } l ? new(l.Bits, l.Width is null) : null,
            FillSyntax => new(1, true),
            NameSyntax n when scope.Find(n.Name) is { Kind: SymbolKind.Parameter or SymbolKind.LocalParameter } p => Parameter(p, value, scope),
            NameSyntax or IndexSyntax or PartSelectSyntax => Select(value, scope),
            UnarySyntax { Operator: "+" or "-" or "~" } u => Negative(u, scope) ?? Of(u.Operand, scope),
            UnarySyntax => new(1, false),
            BinarySyntax b => Binary(b, scope),
            ConditionalSyntax c => Wider(Of(c.WhenTrue, scope), Of(c.WhenFalse, scope), false),
            ConcatenationSyntax c => Exact(Sum(c.Parts.Select(p => Fixed(p, scope)))),
            ReplicationSyntax r => constants.Integer(r.Count, scope) is { } count && Sum(r.Parts.Select(p => Fixed(p, scope))) is { } bits
                && (long)count * bits is > 0 and <= int.MaxValue ? new(count * bits, false) : null,
            SystemCallSyntax { Name: "$signed" or "$unsigned", Arguments: [var a] } => Of(a, scope),
            SignCastSyntax s => Of(s.Operand, scope),
            CastSyntax c => Exact(Cast(c, scope)),
            InsideSyntax => new(1, false),
            CallSyntax { Function: NameSyntax f } when scope.Find(f.Name) is { Kind: SymbolKind.Subroutine } function
                && function.Type is not KeywordTypeSyntax => Exact(OfSymbol(function)),
            _ => null,
        };
    }

    /// <summary>The left and right bounds of a vector's packed dimensions, outermost first; null when one is not known.</summary>
    public IReadOnlyList<(int Left, int Right)>? Dimensions(LintSymbol symbol)
    {
        var (type, scope) = (symbol.Type, symbol.Scope);
        var bounds = new List<(int, int)>();
        while (true)
        {
            switch (type)
            {
                case null:
                    return bounds;
                case VectorTypeSyntax vector:
                    return Add(vector.Packed, scope, bounds) ? bounds : null;
                case KeywordTypeSyntax when OfType(type, scope) is { } bits:
                    bounds.Add((bits - 1, 0));
                    return bounds;
                case NamedTypeSyntax { Package: null } named when scope.Find(named.Name) is { Kind: SymbolKind.Type, Type: not null, Unpacked.Count: 0 } inner:
                    if (!Add(named.Packed, scope, bounds))
                    {
                        return null;
                    }

                    (type, scope) = (inner.Type, inner.Scope);
                    break;
                default:
                    return null;
            }
        }
    }

    private bool Add(EquatableArray<DimensionSyntax> dimensions, LintScope scope, List<(int, int)> bounds)
    {
        foreach (var dimension in dimensions)
        {
            if (constants.Integer(dimension.Left, scope) is not { } left)
            {
                return false;
            }

            if (dimension.Right is null)
            {
                bounds.Add((0, left - 1));
            }
            else if (constants.Integer(dimension.Right, scope) is { } right)
            {
                bounds.Add((left, right));
            }
            else
            {
                return false;
            }
        }

        return true;
    }

    private int? Times(int? bits, EquatableArray<DimensionSyntax> dimensions, LintScope scope)
    {
        var bounds = new List<(int Left, int Right)>();
        if (bits is null || !Add(dimensions, scope, bounds))
        {
            return null;
        }

        var product = bounds.Aggregate((long)bits, (b, d) => b is <= 0 or > int.MaxValue ? 0 : b * (Math.Abs((long)d.Left - d.Right) + 1));
        return product is > 0 and <= int.MaxValue ? (int)product : null;
    }

    private int? Struct(StructTypeSyntax type, LintScope scope)
    {
        var members = type.Members.SelectMany(m => m.Declarators.Select(d => d.Dimensions.Count == 0 ? OfType(m.Type, scope) : null)).ToList();
        return type.IsUnion ? (members.Contains(null) ? null : members.Max()) : Sum(members);
    }

    private int? OfSelect(ExpressionSyntax value, LintScope scope)
    {
        if (ExpressionParts.Root(value) is not { } root || scope.Find(root.Name) is not { IsSignal: true } symbol)
        {
            return null;
        }

        var steps = Steps(value);
        if (steps is null || Dimensions(symbol) is not { } packed)
        {
            return steps is { Count: 0 } ? OfSymbol(symbol) : null;
        }

        var sizes = packed.Select(d => Math.Abs((long)d.Left - d.Right) + 1).ToList();
        var unpacked = symbol.Unpacked.Count;
        if (steps.Count > unpacked + sizes.Count || steps.Count < unpacked)
        {
            // One more index than dimensions: a bit of a bit.
            return null;
        }

        var left = sizes.Skip(steps.Count - unpacked).Aggregate(1L, (a, b) => Math.Min(a * b, int.MaxValue));
        var last = steps.Count > 0 ? steps[^1] : null;
        if (last is PartSelectSyntax part)
        {
            if (steps.Count == unpacked)
            {
                return null;
            }

            var count = part.Operator == ":"
                ? constants.Integer(part.Left, scope) is { } l && constants.Integer(part.Right, scope) is { } r ? Math.Abs((long)l - r) + 1 : (long?)null
                : constants.Integer(part.Right, scope);
            left = count is { } c ? c * left : -1;
        }

        return left is > 0 and < int.MaxValue ? (int)left : null;
    }

    // The selects after the root, innermost first; only the last may be a part select.
    private static List<ExpressionSyntax>? Steps(ExpressionSyntax value)
    {
        var steps = new List<ExpressionSyntax>();
        for (var e = value; e is not NameSyntax; e = e is IndexSyntax i ? i.Operand : ((PartSelectSyntax)e).Operand)
        {
            if (e is not (IndexSyntax or PartSelectSyntax) || (e is PartSelectSyntax && steps.Count > 0))
            {
                return null;
            }

            steps.Insert(0, e);
        }

        return steps;
    }

    private Size? Select(ExpressionSyntax value, LintScope scope) =>
        ExpressionParts.Root(value) is { } root && scope.Find(root.Name) is { } symbol && value is NameSyntax && Counts(symbol)
            ? null
            : Exact(OfSelect(value, scope));

    // Counters of loops are 32 bits wide by habit, not because all bits are meant.
    private static bool Counts(LintSymbol symbol) =>
        symbol.Kind == SymbolKind.Genvar || symbol.Type is KeywordTypeSyntax { Keyword: "int" or "integer" };

    private Size? Parameter(LintSymbol parameter, ExpressionSyntax value, LintScope scope) =>
        parameter.Type is VectorTypeSyntax { Packed.Count: > 0 } ? Exact(OfSymbol(parameter))
        : parameter.Type is null or KeywordTypeSyntax && constants.Value(value, scope) is { } known
            ? new(NumberLiteral.BitsOf(known), true)
        : null;

    private Size? Negative(UnarySyntax u, LintScope scope) =>
        u.Operator == "-" && Of(u.Operand, scope) is { Grows: true } && constants.Value(u, scope) is { } value
            ? new(NumberLiteral.BitsOf(value), true)
        : u.Operator == "~" && Of(u.Operand, scope) is { Grows: true } ? null
        : null;

    private Size? Binary(BinarySyntax b, LintScope scope) => b.Operator switch
    {
        "+" or "-" or "*" when constants.Value(b, scope) is { } value => new(NumberLiteral.BitsOf(value), true),
        "+" or "-" => Wider(Of(b.Left, scope), Of(b.Right, scope), true),
        "*" => Wider(Of(b.Left, scope), Of(b.Right, scope), true),
        "&" or "|" or "^" or "~^" => Wider(Of(b.Left, scope), Of(b.Right, scope), false),
        "/" => Of(b.Left, scope),
        "%" => Of(b.Left, scope) is { } l && Of(b.Right, scope) is { } r ? (l.Bits < r.Bits ? l : r) : null,
        "**" => null,
        "<<" or "<<<" => Of(b.Left, scope) is { } s ? s with { Grows = true } : null,
        ">>" or ">>>" => constants.Integer(b.Right, scope) is { } by && Of(b.Left, scope) is { } s && by >= 0
            ? s with { Bits = Math.Max(1, s.Bits - by) }
            : null,
        _ => new(1, false),
    };

    private int? Fixed(ExpressionSyntax part, LintScope scope) =>
        part is NumberSyntax n ? NumberLiteral.Parse(n)?.Width
        : Of(part, scope) is { Grows: false } size ? size.Bits
        : null;

    private int? Cast(CastSyntax cast, LintScope scope) => cast.Target switch
    {
        TypeExpressionSyntax { Type: KeywordTypeSyntax { Keyword: "int" or "integer" } } => null,
        TypeExpressionSyntax t => OfType(t.Type, scope),
        NameSyntax n when scope.Find(n.Name) is { Kind: SymbolKind.Type } type => type.Type is null ? null : OfType(type.Type, type.Scope),
        var width => constants.Integer(width, scope) is { } bits and > 0 ? bits : null,
    };

    private static Size? Wider(Size? left, Size? right, bool grows) => left is { } l && right is { } r
        ? new(Math.Max(l.Bits, r.Bits), grows || (l.Grows && r.Grows))
        : null;

    private static Size? Exact(int? bits) => bits is { } known ? new(known, false) : null;

    private static int? Sum(IEnumerable<int?> parts)
    {
        long sum = 0;
        foreach (var part in parts)
        {
            if (part is not { } bits)
            {
                return null;
            }

            sum += bits;
        }

        return sum is > 0 and <= int.MaxValue ? (int)sum : null;
    }
}
