using HwSeed.Hdl.Verilog.Binding.Names;
using HwSeed.Hdl.Verilog.Binding.Types;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Binding.Expressions;

/// <summary>Assignment patterns: values for the members of a structure or the elements of an array.</summary>
internal sealed partial class ExpressionBinder
{
    private BoundPattern Pattern(AssignmentPatternSyntax syntax, DataType type, Scope scope) => type switch
    {
        StructType s when syntax.Items.Any(i => i.Key is not null) => StructByName(syntax, s, scope),
        StructType s => ByPosition(syntax, s, [.. s.Members.Select(m => (m.Low, m.Type))], scope),
        UnpackedArrayType or PackedArrayType or VectorType when syntax.Items.Any(i => i.Key is not null) => ArrayByIndex(syntax, type, scope),
        UnpackedArrayType or PackedArrayType or VectorType => ByPosition(syntax, type, Elements(type), scope),
        _ => throw new BindingException(BindingDiagnostics.PatternMismatch("this type takes no pattern", syntax.Origin.Span)),
    };

    /// <summary>Elements from the left bound to the right one, with the places of their lowest bits.</summary>
    private static IReadOnlyList<(int Low, DataType Type)> Elements(DataType type)
    {
        var (range, element) = RangeOf(type);
        return [.. Enumerable.Range(0, range.Count).Select(i => (Low(type, range, element, range.Left + (range.Left <= range.Right ? i : -i)), element))];
    }

    private static int Low(DataType type, Bounds range, DataType element, int index) =>
        (type is UnpackedArrayType || range.IsDescending ? index - range.Low : range.High - index) * element.Width;

    private static (Bounds Range, DataType Element) RangeOf(DataType type) => type switch
    {
        UnpackedArrayType a => (a.Range, a.Element),
        PackedArrayType p => (p.Range, p.Element),
        VectorType { Range: { } range } => (range, DataType.Bits(1)),
        _ => (new(0, 0), DataType.Bits(1)),
    };

    private BoundPattern ByPosition(AssignmentPatternSyntax syntax, DataType type, IReadOnlyList<(int Low, DataType Type)> places, Scope scope)
    {
        if (places.Count != syntax.Items.Count)
        {
            throw new BindingException(BindingDiagnostics.PatternMismatch(
                $"the pattern has {syntax.Items.Count} values for {places.Count} places", syntax.Origin.Span));
        }

        return new(
            [.. syntax.Items.Select((item, i) => (places[i].Low, places[i].Type.Width, BindAssigned(item.Value, scope, places[i].Type)))], type, syntax);
    }

    private BoundPattern StructByName(AssignmentPatternSyntax syntax, StructType type, Scope scope)
    {
        foreach (var item in syntax.Items)
        {
            if (item.Key is NameSyntax name && type.Members.All(m => m.Name != name.Name) && context.Types.Find(null, name.Name, scope, name) is null)
            {
                throw new BindingException(BindingDiagnostics.UnknownMember(
                    name.Name, NameDistance.Nearest(name.Name, type.Members.Select(m => m.Name)), name.Origin.Span));
            }
        }

        return new([.. type.Members.Select(m => (m.Low, m.Type.Width, MemberValue(syntax, m, scope)))], type, syntax);
    }

    private Bound MemberValue(AssignmentPatternSyntax syntax, StructMember member, Scope scope)
    {
        var item = syntax.Items.LastOrDefault(i => i.Key is NameSyntax n && n.Name == member.Name)
            ?? syntax.Items.LastOrDefault(i => i.Key is not null and not DefaultKeySyntax && TypeNamed(i.Key, scope) is { } t && t == member.Type);
        if (item is not null)
        {
            return BindAssigned(item.Value, scope, member.Type);
        }

        item = syntax.Items.LastOrDefault(i => i.Key is DefaultKeySyntax) ?? throw new BindingException(
            BindingDiagnostics.PatternMismatch($"the pattern gives no value to '{member.Name}'", syntax.Origin.Span));
        return Default(item.Value, member.Type, scope);
    }

    /// <summary>A default goes down to the members of members, unless it is a value of the type itself.</summary>
    private Bound Default(ExpressionSyntax value, DataType type, Scope scope)
    {
        if (IsPattern(value))
        {
            return BindAssigned(value, scope, type);
        }

        return type switch
        {
            UnpackedArrayType a => new BoundPattern([.. Elements(a).Select(e => (e.Low, e.Type.Width, Default(value, e.Type, scope)))], type, value),
            StructType s when Bind(value, scope).Type != type => new BoundPattern(
                [.. s.Members.Select(m => (m.Low, m.Type.Width, Default(value, m.Type, scope)))], type, value),
            _ => BindAssigned(value, scope, type),
        };
    }

    private BoundPattern ArrayByIndex(AssignmentPatternSyntax syntax, DataType type, Scope scope)
    {
        var (range, element) = RangeOf(type);
        var values = new Dictionary<int, ExpressionSyntax>();
        ExpressionSyntax? others = null;
        foreach (var item in syntax.Items)
        {
            if (item.Key is DefaultKeySyntax)
            {
                others = item.Value;
                continue;
            }

            var index = item.Key is null
                ? throw new BindingException(BindingDiagnostics.PatternMismatch("the pattern mixes values with and without an index", syntax.Origin.Span))
                : Integer(item.Key, scope);
            values[index] = index < range.Low || index > range.High
                ? throw new BindingException(BindingDiagnostics.SelectOutside(item.Key.Origin.Span))
                : item.Value;
        }

        return new(
            [
                .. Enumerable.Range(range.Low, range.Count).Select(index => (Low(type, range, element, index), element.Width,
                    values.TryGetValue(index, out var value) ? BindAssigned(value, scope, element)
                    : others is not null ? Default(others, element, scope)
                    : throw new BindingException(BindingDiagnostics.PatternMismatch($"the pattern gives no value to element {index}", syntax.Origin.Span)))),
            ],
            type, syntax);
    }

    private BoundPattern PatternReplication(PatternReplicationSyntax syntax, DataType type, Scope scope)
    {
        var count = Integer(syntax.Count, scope);
        var places = type is StructType s ? [.. s.Members.Select(m => (m.Low, m.Type))] : Elements(type);
        return (long)count * syntax.Items.Count != places.Count
            ? throw new BindingException(BindingDiagnostics.PatternMismatch(
                $"the pattern has {(long)count * syntax.Items.Count} values for {places.Count} places", syntax.Origin.Span))
            : new([.. places.Select((p, i) => (p.Low, p.Type.Width, BindAssigned(syntax.Items[i % syntax.Items.Count], scope, p.Type)))], type, syntax);
    }

    /// <summary><c>{a, b}</c> for an unpacked array: its elements.</summary>
    private BoundPattern ArrayOf(ExpressionSyntax syntax, EquatableArray<ExpressionSyntax> parts, UnpackedArrayType type, Scope scope)
    {
        var places = Elements(type);
        return parts.Count != places.Count
            ? throw new BindingException(BindingDiagnostics.PatternMismatch($"the list has {parts.Count} values for {places.Count} elements", syntax.Origin.Span))
            : new([.. places.Select((p, i) => (p.Low, p.Type.Width, BindAssigned(parts[i], scope, p.Type)))], type, syntax);
    }
}
