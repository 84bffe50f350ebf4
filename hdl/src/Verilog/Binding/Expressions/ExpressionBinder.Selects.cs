using HwSeed.Hdl.Verilog.Binding.Names;
using HwSeed.Hdl.Verilog.Binding.Types;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Binding.Expressions;

/// <summary>Selects, members and hierarchical names.</summary>
internal sealed partial class ExpressionBinder
{
    /// <summary>What is assigned to.</summary>
    public Target BindTarget(ExpressionSyntax syntax, Scope scope)
    {
        switch (syntax)
        {
            case ParenthesisSyntax p:
                return BindTarget(p.Operand, scope);
            case ConcatenationSyntax c:
                return new ConcatenationTarget([.. c.Parts.Select(p => BindTarget(p, scope))], c);
            case StreamSyntax s:
                var whole = s.Parts.Count == 1
                    ? BindTarget(s.Parts[0], scope)
                    : new ConcatenationTarget([.. s.Parts.Select(p => BindTarget(p, scope))], s);
                return s.Operator == ">>" ? whole : new StreamTarget(whole, SliceSize(s, scope), s);
            case AssignmentPatternSyntax { Type: null } p when p.Items.All(i => i.Key is null):
                return new ConcatenationTarget([.. p.Items.Select(i => BindTarget(i.Value, scope))], p);
        }

        var bound = Bind(syntax, scope);
        if (bound is not BoundSelect { Signal: { } signal } select)
        {
            throw new BindingException(bound.IsConstant
                ? BindingDiagnostics.AssignsConstant(syntax.Origin.Span)
                : BindingDiagnostics.UnsupportedExpression("an assignment to this expression", syntax.Origin.Span));
        }

        if (signal.IsRemote)
        {
            throw new BindingException(BindingDiagnostics.UnsupportedExpression($"an assignment to '{signal.Path}' of another module", syntax.Origin.Span));
        }

        if (signal.IsConstant)
        {
            throw new BindingException(BindingDiagnostics.AssignsConstant(syntax.Origin.Span));
        }

        RequireWritable(syntax, scope);
        return signal.Direction == "input" && signal.Kind != SignalKind.Local
            ? throw new BindingException(BindingDiagnostics.AssignsInput(signal.Path, syntax.Origin.Span))
            : new SelectTarget(select);
    }

    private Bound Member(MemberSyntax syntax, Scope scope)
    {
        if (Interface(syntax.Operand, scope) is { } view)
        {
            return InterfaceMember(view, syntax);
        }

        if (ScopeOf(syntax.Operand, scope) is { } inner)
        {
            return Named(inner.FindExported(syntax.Name) ?? throw UnknownName(syntax.Name, inner, syntax), syntax);
        }

        if (Below(syntax.Operand, scope) is { } below)
        {
            return Remote(below, syntax);
        }

        if (syntax.Operand is NameSyntax { Name: var root } && scope.Find(root) is null && context.Definitions.ContainsKey(root))
        {
            throw new BindingException(BindingDiagnostics.UnsupportedExpression($"a hierarchical name upwards, into '{root}'", syntax.Origin.Span));
        }

        var operand = Bind(syntax.Operand, scope);
        if (operand.Type is EnumType)
        {
            return EnumMethod(operand, syntax, [], scope);
        }

        if (operand.Type is not StructType type)
        {
            throw new BindingException(BindingDiagnostics.NoMembers(syntax.Name, syntax.Origin.Span));
        }

        var member = type.Members.FirstOrDefault(m => m.Name == syntax.Name) ?? throw new BindingException(
            BindingDiagnostics.UnknownMember(syntax.Name, NameDistance.Nearest(syntax.Name, type.Members.Select(m => m.Name)), syntax.Origin.Span));
        return BoundSelect.Of(operand, new PartStep(member.Low, false, true), member.Type, syntax);
    }

    /// <summary>The generate block or interface that a path names, or null when it names something else.</summary>
    private Scope? ScopeOf(ExpressionSyntax syntax, Scope scope)
    {
        var (name, index, at) = syntax switch
        {
            NameSyntax n => (n.Name, (ExpressionSyntax?)null, (Scope?)scope),
            MemberSyntax m => (m.Name, null, ScopeOf(m.Operand, scope)),
            IndexSyntax { Operand: NameSyntax n } i => (n.Name, i.Index, scope),
            IndexSyntax { Operand: MemberSyntax m } i => (m.Name, i.Index, ScopeOf(m.Operand, scope)),
            _ => ("", null, null),
        };
        var symbol = at is null ? null : syntax is NameSyntax or IndexSyntax { Operand: NameSyntax } ? at.Find(name) : at.FindExported(name);
        switch (symbol)
        {
            case BlockSymbol block when block.IsArray == index is not null:
                var number = index is null ? 0 : Integer(index, scope);
                return block.Scopes.TryGetValue(number, out var found)
                    ? found
                    : throw new BindingException(BindingDiagnostics.SelectOutside(syntax.Origin.Span));
            case InterfaceSymbol:
                return Interface(syntax, scope)?.Scope;
            case null when syntax is NameSyntax:
                // The module's own name stands for itself.
                for (; at is not null; at = at.Outer)
                {
                    if (at.IsModule && at.Name == name)
                    {
                        return at;
                    }
                }

                return null;
            default:
                return null;
        }
    }

    private BoundSelect Index(IndexSyntax syntax, Scope scope)
    {
        if (RemoteWord(syntax, scope) is { } word)
        {
            return word;
        }

        var operand = Bind(syntax.Operand, scope);
        var index = Value(syntax.Index, scope);
        if (operand is BoundSelect { Signal: not null, Type: VectorType { Range: null } })
        {
            throw new BindingException(BindingDiagnostics.NoBits(syntax.Origin.Span));
        }

        return operand.Type switch
        {
            UnpackedArrayType array => BoundSelect.Of(operand, new IndexStep(index, array.Range, Cells(array.Element), true), array.Element, syntax),
            PackedArrayType packed => BoundSelect.Of(operand, new IndexStep(index, packed.Range, packed.Element.Width, false), packed.Element, syntax),
            { } type => BoundSelect.Of(operand, new IndexStep(index, BitRange(type, syntax), 1, false), DataType.Bits(1), syntax),
        };
    }

    private BoundSelect PartSelect(PartSelectSyntax syntax, Scope scope)
    {
        var operand = Bind(syntax.Operand, scope);
        var (range, element, isUnpacked) = operand.Type switch
        {
            UnpackedArrayType a => (a.Range, a.Element, true),
            PackedArrayType p => (p.Range, p.Element, false),
            { } type => (BitRange(type, syntax), (DataType)DataType.Bits(1), false),
        };
        var stride = isUnpacked ? Cells(element) : element.Width;
        if (syntax.Operator == ":")
        {
            var (left, right) = (Integer(syntax.Left, scope), Integer(syntax.Right, scope));
            if (left != right && left > right != range.IsDescending)
            {
                throw new BindingException(BindingDiagnostics.SelectReversed(syntax.Origin.Span));
            }

            var inside = Math.Min(left, right) >= range.Low && Math.Max(left, right) <= range.High;
            if (!inside && Math.Max(left, right) >= range.Low && Math.Min(left, right) <= range.High
                && operand is BoundSelect { Signal: not null, Steps.Count: 0, Type: VectorType })
            {
                // The bits inside are selected: what is beyond a whole signal is cut off where it is read or written.
                context.Report(BindingDiagnostics.SelectPartlyOutside(syntax.Origin.Span));
                inside = true;
            }

            var low = isUnpacked || range.IsDescending ? Math.Min(left, right) - range.Low : range.High - Math.Max(left, right);
            return BoundSelect.Of(operand, new PartStep(low * stride, isUnpacked, inside), Part(Math.Abs(left - right) + 1, new(left, right)), syntax);
        }

        var count = Integer(syntax.Right, scope);
        if (count < 1 || count > BindingBudget.MostBits)
        {
            throw new BindingException(BindingDiagnostics.BadWidth(count, syntax.Right.Origin.Span));
        }

        var start = Value(syntax.Left, scope);
        var bounds = range.IsDescending ? new Bounds(count - 1, 0) : new Bounds(0, count - 1);
        return BoundSelect.Of(operand, new WindowStep(start, range, stride, count, syntax.Operator == "+:", isUnpacked), Part(count, bounds), syntax);

        DataType Part(int elements, Bounds partRange) =>
            isUnpacked ? new UnpackedArrayType(element, partRange)
            : operand.Type is PackedArrayType ? new PackedArrayType(element, partRange, false)
            : DataType.Bits(elements);
    }

    private static int Cells(DataType type) => type is UnpackedArrayType array ? array.Range.Count * Cells(array.Element) : 1;

    /// <summary>The range of the bits of a value that is no array.</summary>
    private static Bounds BitRange(DataType type, SyntaxNode where) => type switch
    {
        VectorType { Range: { } range } => range,
        VectorType v => v.Length == 1
            ? new Bounds(0, 0)
            : new Bounds(v.Length - 1, 0),
        EnumType e => BitRange(e.Base, where),
        PackedArrayType p => new(p.Width - 1, 0),
        StructType s => new(s.Width - 1, 0),
        _ => throw new BindingException(BindingDiagnostics.NoBits(where.Origin.Span)),
    };
}
