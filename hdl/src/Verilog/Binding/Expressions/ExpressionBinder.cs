using System.Diagnostics;
using System.Globalization;
using System.Text;
using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog.Binding.Names;
using HwSeed.Hdl.Verilog.Binding.Processes;
using HwSeed.Hdl.Verilog.Binding.Types;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Binding.Expressions;

/// <summary>Gives the names of expressions their meaning, and every operator its width and sign.</summary>
internal sealed partial class ExpressionBinder(BindingContext context)
{
    /// <summary>An expression in a scope; bound once.</summary>
    public Bound Bind(ExpressionSyntax syntax, Scope scope)
    {
        if (scope.Bound.TryGetValue(syntax, out var known))
        {
            return (Bound)known;
        }

        BindingBudget.RequireStack(syntax);
        var bound = Make(syntax, scope);
        scope.Bound[syntax] = bound;
        return bound;
    }

    /// <summary>An expression that is assigned to something of a type, which gives patterns theirs.</summary>
    public Bound BindAssigned(ExpressionSyntax syntax, Scope scope, DataType type) => syntax switch
    {
        AssignmentPatternSyntax { Type: null } p => Pattern(p, type, scope),
        PatternReplicationSyntax r => PatternReplication(r, type, scope),
        ParenthesisSyntax p => BindAssigned(p.Operand, scope, type),
        ConditionalSyntax c when IsPattern(c.WhenTrue) || IsPattern(c.WhenFalse) => new BoundConditional(
            Bind(c.Condition, scope), BindAssigned(c.WhenTrue, scope, type), BindAssigned(c.WhenFalse, scope, type), type, c),
        ConcatenationSyntax c when type is UnpackedArrayType array => ArrayOf(c, c.Parts, array, scope),
        _ => BoundReordered.Of(Bind(syntax, scope), type),
    };

    /// <summary>The value of <c>target op= value</c>.</summary>
    public Bound Compound(AssignmentSyntax syntax, Scope scope) => Binary(
        new(syntax.Operator[..^1], syntax.Target, syntax.Value) { Origin = syntax.Origin }, scope);

    /// <summary>The value of a constant expression; of a type when one is given.</summary>
    public ConstantValue Constant(ExpressionSyntax syntax, Scope scope, DataType? type = null)
    {
        var bound = type is null ? Bind(syntax, scope) : BindAssigned(syntax, scope, type);
        if (bound.Real is { } real && type is null)
        {
            return new(Rounded(real, 32), DataType.Bits(32, signed: true)) { Real = real };
        }

        var width = type?.Width ?? bound.Width;
        var x = new Execution(context, context.Constants, ExecutionMode.Constant) { Reading = syntax };
        return bound.Assigned(x, width) is Constant constant
            ? new(constant.Value, type ?? bound.Type)
            : throw new BindingException(BindingDiagnostics.NotConstant(syntax.Origin.Span));
    }

    /// <summary>The value of a constant expression as an integer that a program can count to.</summary>
    public int Integer(ExpressionSyntax syntax, Scope scope)
    {
        var value = Constant(syntax, scope);
        var number = value.Type.Signed ? value.Bits.Signed : value.Bits.Unsigned;
        return number > int.MaxValue / 2 || number < int.MinValue / 2
            ? throw new BindingException(BindingDiagnostics.TooLarge("the value of a constant", int.MaxValue / 2, syntax.Origin.Span))
            : (int)number;
    }

    /// <summary>Whether a constant expression is not zero.</summary>
    public bool Truth(ExpressionSyntax syntax, Scope scope)
    {
        var value = Constant(syntax, scope);
        return value.Real is { } real ? real != 0 : !value.Bits.Unsigned.IsZero;
    }

    /// <summary>The bits of a string: eight a character, the last one lowest.</summary>
    public static BitVector StringBits(string text)
    {
        var bytes = Encoding.Latin1.GetBytes(Unescaped(text));
        return bytes.Length == 0 ? BitVector.Zero(8) : new(new(bytes, isUnsigned: true, isBigEndian: true), bytes.Length * 8);
    }

    internal static BitVector Rounded(double real, int width) => double.IsFinite(real)
        ? new(new System.Numerics.BigInteger(Math.Round(real, MidpointRounding.AwayFromZero)), width)
        : BitVector.Zero(width);

    private static bool IsPattern(ExpressionSyntax syntax) => syntax switch
    {
        AssignmentPatternSyntax { Type: null } or PatternReplicationSyntax => true,
        ParenthesisSyntax p => IsPattern(p.Operand),
        ConditionalSyntax c => IsPattern(c.WhenTrue) || IsPattern(c.WhenFalse),
        _ => false,
    };

    private static string Unescaped(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal))
        {
            return text;
        }

        var plain = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                plain.Append(text[i]);
                continue;
            }

            var digits = 0;
            while (digits < 3 && i + 1 + digits < text.Length && text[i + 1 + digits] is >= '0' and <= '7')
            {
                digits++;
            }

            if (digits > 0)
            {
                plain.Append((char)(Convert.ToInt32(text.Substring(i + 1, digits), 8) & 255));
                i += digits;
                continue;
            }

            i++;
            plain.Append(text[i] switch { 'n' => '\n', 't' => '\t', 'v' => '\v', 'f' => '\f', 'a' => '\a', var c => c });
        }

        return plain.ToString();
    }

    private Bound Make(ExpressionSyntax syntax, Scope scope)
    {
        switch (syntax)
        {
            case NumberSyntax n:
                return new BoundLiteral(Literal.Parse(n.Text) ?? throw new BindingException(BindingDiagnostics.BadLiteral(n.Text, n.Origin.Span)), n);
            case RealSyntax r:
                return RealConstant(r);
            case FillSyntax f:
                return new BoundFill(f.Digit, f);
            case StringSyntax s:
                var bits = StringBits(s.Text);
                return new BoundConstant(bits, DataType.Bits(bits.Width), s);
            case NameSyntax n:
                return Named(scope.Find(n.Name) ?? throw UnknownName(n.Name, scope, n), n);
            case ScopedNameSyntax s:
                var package = context.Declarations.Package(s.Package, s);
                return Named(package.FindExported(s.Name) ?? throw UnknownName(s.Name, package, s), s);
            case ParenthesisSyntax p:
                return Bind(p.Operand, scope);
            case MemberSyntax m:
                return Member(m, scope);
            case IndexSyntax i:
                return Index(i, scope);
            case PartSelectSyntax p:
                return PartSelect(p, scope);
            case UnarySyntax u:
                return Unary(u, scope);
            case BinarySyntax b:
                return Binary(b, scope);
            case ConditionalSyntax c:
                return Conditional(c, scope);
            case ConcatenationSyntax c:
                return new BoundConcatenation(Parts(c.Parts, scope), 1, c);
            case ReplicationSyntax r:
                return Replication(r, scope);
            case InsideSyntax i:
                return Inside(i, scope);
            case SignCastSyntax s:
                var operand = Bind(s.Operand, scope);
                return new BoundCast(operand, DataType.Bits(operand.Width, s.Signed), s);
            case CastSyntax c:
                return Cast(c, scope);
            case CallSyntax { Function: MemberSyntax m } c when ScopeOf(m.Operand, scope) is null && Bind(m.Operand, scope) is { Type: EnumType } value:
                return EnumMethod(value, m, c.Arguments, scope);
            case CallSyntax c:
                return Call(c, scope);
            case SystemCallSyntax c:
                return SystemFunction(c, scope);
            case AssignmentPatternSyntax { Type: { } typeName } p:
                return Pattern(p, TypeNamed(typeName, scope) ?? throw new BindingException(
                    BindingDiagnostics.UnsupportedExpression("a pattern of this type", typeName.Origin.Span)), scope);
            case AssignmentPatternSyntax or PatternReplicationSyntax:
                throw new BindingException(BindingDiagnostics.UnsupportedExpression("an assignment pattern without a type from its context", syntax.Origin.Span));
            case StreamSyntax s:
                return Stream(s, scope);
            case TypeExpressionSyntax t:
                throw new BindingException(BindingDiagnostics.WrongKind("this", "type", "a value", t.Origin.Span));
            case ValueRangeSyntax or DefaultKeySyntax:
                throw new BindingException(BindingDiagnostics.UnsupportedExpression("a range or default outside of a list", syntax.Origin.Span));
            default:
                throw new UnreachableException(syntax.GetType().Name);
        }
    }

    private static BoundConstant RealConstant(RealSyntax syntax)
    {
        var text = syntax.Text.Replace("_", "", StringComparison.Ordinal).TrimEnd('s', 'm', 'u', 'n', 'p', 'f');
        var value = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) ? real : 0;
        return new(Rounded(value, 32), DataType.Bits(32, signed: true), syntax) { RealValue = value };
    }

    private static BindingException UnknownName(string name, Scope scope, SyntaxNode where) =>
        new(BindingDiagnostics.UnknownName("signal", name, scope.Nearest(name), where.Origin.Span));

    private static Bound Named(Symbol symbol, ExpressionSyntax syntax) => symbol switch
    {
        ConstantSymbol { Value: var value } => new BoundConstant(value.Bits, value.Type, syntax) { RealValue = value.Real },
        SignalSymbol { Signal: var signal } => new BoundSelect(signal, syntax),
        _ => throw new BindingException(BindingDiagnostics.WrongKind(symbol.Name, symbol.Noun, "a value", syntax.Origin.Span)),
    };

    private Bound Unary(UnarySyntax syntax, Scope scope)
    {
        var operand = Value(syntax.Operand, scope);
        if (operand.Real is { } real)
        {
            return Real(syntax.Operator switch { "-" => -real, "!" => real == 0 ? 1 : 0, _ => real }, syntax);
        }

        return syntax.Operator is "+" or "-" or "~"
            ? new BoundPrefix(syntax.Operator, operand, syntax)
            : new BoundReduction(syntax.Operator, operand, syntax);
    }

    private Bound Binary(BinarySyntax syntax, Scope scope)
    {
        var (left, right) = (Value(syntax.Left, scope), Value(syntax.Right, scope));
        if ((left.Real ?? right.Real) is not null && RealBinary(syntax, left, right) is { } real)
        {
            return real;
        }

        return syntax.Operator switch
        {
            "+" or "-" or "*" or "/" or "%" or "&" or "|" or "^" or "~^" or "^~" => new BoundArithmetic(syntax.Operator, left, right, syntax),
            "<<" or ">>" or "<<<" or ">>>" => new BoundShift(syntax.Operator, left, right, syntax),
            "**" => new BoundPower(left, right, syntax),
            "&&" or "||" or "->" or "<->" => new BoundLogical(syntax.Operator, left, right, syntax),
            "==" or "!=" or "===" or "!==" or "==?" or "!=?" or "<" or "<=" or ">" or ">=" => new BoundComparison(syntax.Operator, left, right, syntax),
            _ => throw new BindingException(BindingDiagnostics.UnsupportedExpression($"the operator '{syntax.Operator}'", syntax.Origin.Span)),
        };
    }

    private BoundConstant? RealBinary(BinarySyntax syntax, Bound left, Bound right)
    {
        if (AsReal(left) is not { } l || AsReal(right) is not { } r)
        {
            return null;
        }

        return syntax.Operator switch
        {
            "+" => Real(l + r, syntax),
            "-" => Real(l - r, syntax),
            "*" => Real(l * r, syntax),
            "/" => Real(r == 0 ? 0 : l / r, syntax),
            "**" => Real(Math.Pow(l, r), syntax),
            "<" => Bit(l < r, syntax),
            "<=" => Bit(l <= r, syntax),
            ">" => Bit(l > r, syntax),
            ">=" => Bit(l >= r, syntax),
            "==" => Bit(l == r, syntax),
            "!=" => Bit(l != r, syntax),
            _ => throw new BindingException(BindingDiagnostics.UnsupportedExpression($"the operator '{syntax.Operator}' of real numbers", syntax.Origin.Span)),
        };
    }

    private double? AsReal(Bound bound)
    {
        if (bound.Real is { } real)
        {
            return real;
        }

        var x = new Execution(context, context.Constants, ExecutionMode.Constant);
        return bound.IsConstant && bound.Self(x) is Constant c ? (double)(bound.Signed ? c.Value.Signed : c.Value.Unsigned) : null;
    }

    private static BoundConstant Real(double value, SyntaxNode syntax) =>
        new(Rounded(value, 32), DataType.Bits(32, signed: true), syntax) { RealValue = value };

    private static BoundConstant Bit(bool value, SyntaxNode syntax) => new(new(value ? 1 : 0, 1), DataType.Bits(1), syntax);

    private BoundConditional Conditional(ConditionalSyntax syntax, Scope scope)
    {
        var condition = Value(syntax.Condition, scope);
        var (whenTrue, whenFalse) = (Bind(syntax.WhenTrue, scope), Bind(syntax.WhenFalse, scope));
        var type = whenTrue.Type is UnpackedArrayType or StructType or EnumType && whenTrue.Type == whenFalse.Type
            ? whenTrue.Type
            : DataType.Bits(Math.Max(whenTrue.Width, whenFalse.Width), whenTrue.Signed && whenFalse.Signed);
        return new(condition, whenTrue, whenFalse, type, syntax);
    }

    private BoundConcatenation Replication(ReplicationSyntax syntax, Scope scope)
    {
        var count = Integer(syntax.Count, scope);
        var parts = Parts(syntax.Parts, scope);
        if (count < 0 || (long)count * parts.Sum(p => (long)p.Width) > BindingBudget.MostBits)
        {
            throw new BindingException(BindingDiagnostics.BadReplication(count, syntax.Origin.Span));
        }

        return new(parts, count, syntax);
    }

    /// <summary>The parts of a concatenation; what is repeated zero times is none.</summary>
    private List<Bound> Parts(IEnumerable<ExpressionSyntax> parts, Scope scope) =>
        [.. parts.Select(p => Sized(p, scope)).Where(p => p is not BoundConcatenation { IsEmpty: true })];

    /// <summary>A part of a concatenation, which has a width of its own.</summary>
    private Bound Sized(ExpressionSyntax syntax, Scope scope)
    {
        var bound = Value(syntax, scope);
        return bound is BoundFill
            ? throw new BindingException(BindingDiagnostics.UnsizedPart(syntax.Origin.Span))
            : bound;
    }

    /// <summary>An operand, which is no array.</summary>
    private Bound Value(ExpressionSyntax syntax, Scope scope)
    {
        var bound = Bind(syntax, scope);
        return bound.Type is UnpackedArrayType
            ? throw new BindingException(BindingDiagnostics.ArrayAsValue(syntax.Origin.Span))
            : bound;
    }

    private BoundInside Inside(InsideSyntax syntax, Scope scope) => new(Value(syntax.Operand, scope), InsideItems(syntax.Items, scope), syntax);

    /// <summary>The items of a list of <c>inside</c>.</summary>
    public IReadOnlyList<(Bound? Low, Bound? High, bool IsRange)> InsideItems(IEnumerable<ExpressionSyntax> items, Scope scope) =>
    [
        .. items.Select(i => i is ValueRangeSyntax r
            ? (r.Low is null ? null : Bind(r.Low, scope), r.High is null ? null : Bind(r.High, scope), true)
            : ((Bound?)Value(i, scope), (Bound?)null, false)),
    ];

    private Bound Cast(CastSyntax syntax, Scope scope)
    {
        if (TypeNamed(syntax.Target, scope) is { } type)
        {
            return new BoundCast(BindAssigned(syntax.Operand, scope, type), type, syntax);
        }

        var operand = Bind(syntax.Operand, scope);
        var width = Integer(syntax.Target, scope);
        return width < 1 || width > BindingBudget.MostBits
            ? throw new BindingException(BindingDiagnostics.BadWidth(width, syntax.Target.Origin.Span))
            : new BoundCast(operand, DataType.Bits(width, operand.Signed), syntax);
    }

    /// <summary>The type that an expression names, or null when it is a value.</summary>
    private DataType? TypeNamed(ExpressionSyntax syntax, Scope scope) => syntax switch
    {
        TypeExpressionSyntax t => context.Types.Resolve(t.Type, scope),
        ParenthesisSyntax p => TypeNamed(p.Operand, scope),
        NameSyntax n => context.Types.Find(null, n.Name, scope, n)?.Type,
        ScopedNameSyntax s => context.Types.Find(s.Package, s.Name, scope, s)?.Type,
        _ => null,
    };

    private Bound Stream(StreamSyntax syntax, Scope scope)
    {
        var operand = syntax.Parts.Count == 1 && Bind(syntax.Parts[0], scope) is var only
            ? only
            : new BoundConcatenation([.. syntax.Parts.Select(p => Bind(p, scope))], 1, syntax);
        return syntax.Operator == ">>" ? new BoundCast(operand, DataType.Bits(operand.Width), syntax) : new BoundStream(operand, SliceSize(syntax, scope), syntax);
    }

    private int SliceSize(StreamSyntax syntax, Scope scope)
    {
        var size = syntax.Slice is null ? 1 : TypeNamed(syntax.Slice, scope) is { } type ? type.Width : Integer(syntax.Slice, scope);
        return size < 1 ? throw new BindingException(BindingDiagnostics.BadWidth(size, syntax.Slice!.Origin.Span)) : size;
    }
}
