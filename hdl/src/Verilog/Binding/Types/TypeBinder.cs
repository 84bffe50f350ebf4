using System.Diagnostics;
using System.Numerics;
using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog.Binding.Expressions;
using HwSeed.Hdl.Verilog.Binding.Names;
using HwSeed.Hdl.Verilog.Preprocessing;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Binding.Types;

/// <summary>Makes types of their syntax: dimensions become numbers, names the types that they stand for.</summary>
internal sealed class TypeBinder(BindingContext context)
{
    /// <summary>The type as written, in a scope.</summary>
    public DataType Resolve(DataTypeSyntax syntax, Scope scope)
    {
        BindingBudget.RequireStack(syntax);
        return syntax switch
        {
            VectorTypeSyntax v => Vector(v, scope),
            KeywordTypeSyntax k => Keyword(k),
            NamedTypeSyntax n => Packed(Named(n, scope), n.Packed, scope),
            EnumTypeSyntax e => Packed(Enum(e, scope), e.Packed, scope),
            StructTypeSyntax s => Packed(Struct(s, scope), s.Packed, scope),
            TypeOfSyntax t => t.Operand is TypeExpressionSyntax inner ? Resolve(inner.Type, scope) : TypeOf(t.Operand, scope),
            _ => throw new UnreachableException(syntax.GetType().Name),
        };
    }

    /// <summary>An array of a type, outermost dimension first.</summary>
    public DataType Unpacked(DataType element, EquatableArray<DimensionSyntax> dimensions, Scope scope)
    {
        for (var i = dimensions.Count - 1; i >= 0; i--)
        {
            var range = Range(dimensions[i], scope, isUnpacked: true);
            if ((long)element.Width * range.Count > BindingBudget.MostArrayBits)
            {
                throw new BindingException(BindingDiagnostics.TooLarge("bits of an array", BindingBudget.MostArrayBits, dimensions[i].Origin.Span));
            }

            element = new UnpackedArrayType(element, range);
        }

        return element;
    }

    /// <summary>A dimension's bounds.</summary>
    public Bounds Range(DimensionSyntax dimension, Scope scope, bool isUnpacked = false)
    {
        var left = context.Expressions.Integer(dimension.Left, scope);
        if (dimension.Right is null)
        {
            if (left < 1)
            {
                throw new BindingException(BindingDiagnostics.BadWidth(left, dimension.Origin.Span));
            }

            return isUnpacked ? new(0, left - 1) : new(left - 1, 0);
        }

        var right = context.Expressions.Integer(dimension.Right, scope);
        return Math.Abs((long)left - right) >= int.MaxValue / 2
            ? throw new BindingException(BindingDiagnostics.TooLarge("bits of a vector", BindingBudget.MostBits, dimension.Origin.Span))
            : new(left, right);
    }

    /// <summary>The type that a name stands for.</summary>
    public TypeSymbol? Find(string? package, string name, Scope scope, SyntaxNode where)
    {
        var symbol = package is null ? scope.Find(name) : context.Declarations.Package(package, where).FindExported(name);
        return symbol as TypeSymbol;
    }

    private DataType Vector(VectorTypeSyntax syntax, Scope scope)
    {
        var signed = syntax.Signed ?? false;
        return syntax.Packed.Count == 0 ? new VectorType(1, signed, null) : Packed(null, syntax.Packed, scope, signed);
    }

    private static VectorType Keyword(KeywordTypeSyntax syntax)
    {
        var (width, signed) = syntax.Keyword switch
        {
            "int" or "integer" => (32, true),
            "byte" => (8, true),
            "shortint" => (16, true),
            "longint" => (64, true),
            "time" => (64, false),
            "string" => (8, false),
            _ => throw new BindingException(BindingDiagnostics.UnsupportedItem($"the type '{syntax.Keyword}'", syntax.Origin.Span)),
        };
        return DataType.Bits(width, syntax.Signed ?? signed) with { IsString = syntax.Keyword == "string" };
    }

    private DataType Named(NamedTypeSyntax syntax, Scope scope)
    {
        if (Find(syntax.Package, syntax.Name, scope, syntax) is { } type)
        {
            return type.Type;
        }

        var inner = syntax.Package is null ? scope : context.Declarations.Package(syntax.Package, syntax);
        throw new BindingException(inner.Find(syntax.Name) is { } other
            ? BindingDiagnostics.WrongKind(syntax.Name, other.Noun, "a type", syntax.Origin.Span)
            : BindingDiagnostics.UnknownName("type", syntax.Name, Spelling.NearestItem(syntax.Name) ?? inner.Nearest(syntax.Name), syntax.Origin.Span));
    }

    private DataType TypeOf(ExpressionSyntax operand, Scope scope) => context.Expressions.Bind(operand, scope).Type;

    /// <summary>The values of an enumeration.</summary>
    public EnumType Enum(EnumTypeSyntax syntax, Scope scope)
    {
        if (scope.Bound.TryGetValue(syntax, out var known))
        {
            return (EnumType)known;
        }

        var type = syntax.Base is null ? DataType.Bits(32, signed: true) : Resolve(syntax.Base, scope);
        var members = new List<EnumMember>();
        var values = new Dictionary<BitVector, string>();
        var next = BigInteger.Zero;
        foreach (var member in syntax.Members)
        {
            if (member.Value is not null)
            {
                var given = context.Expressions.Constant(member.Value, scope, type);
                next = type.Signed ? given.Bits.Signed : given.Bits.Unsigned;
            }

            if (!type.Signed && (next >> type.Width) > 0)
            {
                throw new BindingException(BindingDiagnostics.EnumTooSmall(member.Name, type.Width, member.Origin.Span));
            }

            // A value of x is told from all others where there are four states, and means zero here.
            var isUnknown = member.Value is not null && IsUnknown(context.Expressions.BindAssigned(member.Value, scope, type));
            foreach (var name in Names(member, scope))
            {
                var value = new BitVector(next, type.Width);
                if (isUnknown)
                {
                    members.Add(new(name, value));
                    continue;
                }

                if (values.TryGetValue(value, out var other))
                {
                    throw new BindingException(BindingDiagnostics.EnumValueTwice(name, other, member.Origin.Span));
                }

                values[value] = name;
                members.Add(new(name, value));
                next++;
            }
        }

        var made = new EnumType(type, members);
        scope.Bound[syntax] = made;
        return made;
    }

    private static bool IsUnknown(Bound value) => value is BoundFill { Digit: 'x' or 'X' } || !value.Wildcards.Unknown.IsZero;

    /// <summary>The names that a member of an enumeration declares.</summary>
    public IEnumerable<string> Names(EnumMemberSyntax member, Scope scope)
    {
        if (member.Count is null)
        {
            return [member.Name];
        }

        var left = context.Expressions.Integer(member.Count.Left, scope);
        var (from, to) = member.Count.Right is null ? (0, left - 1) : (left, context.Expressions.Integer(member.Count.Right, scope));
        if (Math.Abs((long)from - to) > 65_536)
        {
            throw new BindingException(BindingDiagnostics.TooLarge("names of an enumeration", 65_536, member.Origin.Span));
        }

        var step = from <= to ? 1 : -1;
        return Enumerable.Range(0, Math.Abs(to - from) + 1).Select(i => $"{member.Name}{from + (i * step)}");
    }

    private StructType Struct(StructTypeSyntax syntax, Scope scope)
    {
        var members = new List<(string Name, DataType Type)>();
        foreach (var member in syntax.Members)
        {
            var type = Resolve(member.Type, scope);
            foreach (var declarator in member.Declarators)
            {
                if (declarator.Dimensions.Count > 0)
                {
                    throw new BindingException(BindingDiagnostics.UnsupportedItem("an unpacked array inside of a structure", declarator.Origin.Span));
                }

                if (members.Any(m => m.Name == declarator.Name))
                {
                    throw new BindingException(BindingDiagnostics.Duplicate(declarator.Name, declarator.Origin.Span));
                }

                members.Add((declarator.Name, type));
            }
        }

        if (members.Count == 0)
        {
            throw new BindingException(BindingDiagnostics.BadWidth(0, syntax.Origin.Span));
        }

        if (syntax.IsUnion && members.FirstOrDefault(m => m.Type.Width != members[0].Type.Width) is { Name: { } odd } other)
        {
            throw new BindingException(BindingDiagnostics.UnionWidths(odd, other.Type.Width, members[0].Type.Width, syntax.Origin.Span));
        }

        var low = syntax.IsUnion ? 0 : members.Sum(m => m.Type.Width);
        var placed = new List<StructMember>();
        foreach (var (name, type) in members)
        {
            low -= syntax.IsUnion ? 0 : type.Width;
            placed.Add(new(name, type, low));
        }

        return new(placed, syntax.IsUnion, syntax.Signed ?? false) { IsPacked = syntax.IsPacked };
    }

    private DataType Packed(DataType element, EquatableArray<DimensionSyntax> dimensions, Scope scope) =>
        dimensions.Count == 0 ? element : Packed(element, dimensions, scope, signed: false);

    /// <summary>Packed dimensions around an element, or around bits when there is none.</summary>
    private DataType Packed(DataType? element, EquatableArray<DimensionSyntax> dimensions, Scope scope, bool signed)
    {
        for (var i = dimensions.Count - 1; i >= 0; i--)
        {
            var range = Range(dimensions[i], scope);
            if ((long)(element?.Width ?? 1) * range.Count > BindingBudget.MostBits)
            {
                throw new BindingException(BindingDiagnostics.TooLarge("bits of a vector", BindingBudget.MostBits, dimensions[i].Origin.Span));
            }

            var isSigned = signed && i == 0;
            element = element is null ? new VectorType(range.Count, isSigned, range) : new PackedArrayType(element, range, isSigned);
        }

        return element!;
    }
}
