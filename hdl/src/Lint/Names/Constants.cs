using System.Numerics;
using System.Runtime.CompilerServices;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Lint;

/// <summary>
/// Values of constant expressions, for one choice of a module's parameters. What it cannot tell is null, never a guess.
/// </summary>
internal sealed class Constants(IReadOnlyDictionary<string, BigInteger> overrides, LintScope module)
{
    private const int LargestShift = 4096;
    private readonly Dictionary<LintSymbol, BigInteger?> _known = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<LintSymbol, BigInteger> _bound = new(ReferenceEqualityComparer.Instance);

    /// <summary>Widths of types, for <c>$bits</c>.</summary>
    public Widths Widths => field ??= new(this);

    /// <summary>Gives a loop variable a value for a while.</summary>
    public void Bind(LintSymbol symbol, BigInteger? value)
    {
        if (value is { } known)
        {
            _bound[symbol] = known;
        }
        else
        {
            _bound.Remove(symbol);
        }
    }

    public int? Integer(ExpressionSyntax? expression, LintScope scope) =>
        expression is not null && Value(expression, scope) is { } value && value >= int.MinValue && value <= int.MaxValue ? (int)value : null;

    /// <summary>The value of an expression; null when it is not constant or not understood.</summary>
    public BigInteger? Value(ExpressionSyntax expression, LintScope scope)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            return null;
        }

        return expression switch
        {
            NumberSyntax n => NumberLiteral.Parse(n) is { Unknown.IsZero: true, Floating.IsZero: true } l ? Read(l) : null,
            FillSyntax { Digit: '0' } => 0,
            ParenthesisSyntax p => Value(p.Operand, scope),
            NameSyntax n => scope.Find(n.Name) is { } symbol ? Value(symbol) : null,
            ScopedNameSyntax => null,
            UnarySyntax u => Value(u.Operand, scope) is { } v ? Unary(u.Operator, v) : null,
            BinarySyntax b => Value(b.Left, scope) is { } l && Value(b.Right, scope) is { } r ? Binary(b.Operator, l, r) : null,
            ConditionalSyntax c => Value(c.Condition, scope) is { } v ? Value(v.IsZero ? c.WhenFalse : c.WhenTrue, scope) : null,
            SystemCallSyntax { Name: "$clog2", Arguments: [var a] } => Value(a, scope) is { } v && v >= 0 ? Log2(v) : null,
            SystemCallSyntax { Name: "$signed" or "$unsigned", Arguments: [var a] } => Value(a, scope),
            SystemCallSyntax { Name: "$bits", Arguments: [var a] } =>
                a is TypeExpressionSyntax t ? Widths.OfType(t.Type, scope) : Widths.OfOperand(a, scope),
            CastSyntax { Target: TypeExpressionSyntax { Type: KeywordTypeSyntax } } c => Value(c.Operand, scope),
            _ => null,
        };
    }

    private BigInteger? Value(LintSymbol symbol)
    {
        if (_bound.TryGetValue(symbol, out var bound))
        {
            return bound;
        }

        if (symbol.Kind is not (SymbolKind.Parameter or SymbolKind.LocalParameter or SymbolKind.EnumMember))
        {
            return null;
        }

        if (symbol.Kind == SymbolKind.Parameter && ReferenceEquals(symbol.Scope, module) && overrides.TryGetValue(symbol.Name, out var given))
        {
            return given;
        }

        if (!_known.TryGetValue(symbol, out var value))
        {
            // A constant that needs itself has no value.
            _known[symbol] = null;
            value = symbol.Value is not null ? Value(symbol.Value, symbol.Scope)
                : symbol.Kind != SymbolKind.EnumMember ? null
                : symbol.Previous is null ? 0
                : Value(symbol.Previous) + 1;
            _known[symbol] = value;
        }

        return value;
    }

    private static BigInteger Read(NumberLiteral literal) =>
        literal is { Width: { } width, Signed: true } && !(literal.Value >> (width - 1)).IsZero
            ? literal.Value - (BigInteger.One << width)
            : literal.Value;

    private static BigInteger? Unary(string op, BigInteger v) => op switch
    {
        "+" => v,
        "-" => -v,
        "!" => v.IsZero ? 1 : 0,
        "|" => v.IsZero ? 0 : 1,
        _ => null,
    };

    private static BigInteger? Binary(string op, BigInteger l, BigInteger r) => op switch
    {
        "+" => l + r,
        "-" => l - r,
        "*" => l * r,
        "/" => r.IsZero ? null : BigInteger.Divide(l, r),
        "%" => r.IsZero ? null : BigInteger.Remainder(l, r),
        "**" => r >= 0 && r <= LargestShift && l >= -16 && l <= 16 ? BigInteger.Pow(l, (int)r) : null,
        "<<" or "<<<" => r >= 0 && r <= LargestShift ? l << (int)r : null,
        ">>" or ">>>" => r >= 0 && r <= LargestShift && l >= 0 ? l >> (int)r : null,
        "==" or "===" => l == r ? 1 : 0,
        "!=" or "!==" => l != r ? 1 : 0,
        "<" => l < r ? 1 : 0,
        "<=" => l <= r ? 1 : 0,
        ">" => l > r ? 1 : 0,
        ">=" => l >= r ? 1 : 0,
        "&&" => !l.IsZero && !r.IsZero ? 1 : 0,
        "||" => !l.IsZero || !r.IsZero ? 1 : 0,
        "&" => l & r,
        "|" => l | r,
        "^" => l ^ r,
        _ => null,
    };

    private static BigInteger Log2(BigInteger v) => v <= 1 ? 0 : (BigInteger)(v - 1).GetBitLength();
}
