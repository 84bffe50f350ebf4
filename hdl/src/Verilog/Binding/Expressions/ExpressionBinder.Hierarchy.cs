using System.Globalization;
using HwSeed.Hdl.Verilog.Binding.Names;
using HwSeed.Hdl.Verilog.Binding.Types;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Binding.Expressions;

/// <summary>Hierarchical names downwards: <c>core.alu.carry</c>.</summary>
internal sealed partial class ExpressionBinder
{
    /// <summary>A scope below an instance of the module in which a name stands.</summary>
    /// <param name="Instance">The instance.</param>
    /// <param name="Index">Its index in an array of instances.</param>
    /// <param name="At">The scope.</param>
    /// <param name="Way">The way from the instance's module to the scope; null for the module itself.</param>
    private sealed record LowerScope(InstanceSymbol Instance, int? Index, Scope At, ExpressionSyntax? Way)
    {
        public ExpressionSyntax Step(string name, SyntaxNode where) =>
            Way is null ? new NameSyntax(name) { Origin = where.Origin } : new MemberSyntax(Way, name) { Origin = where.Origin };
    }

    /// <summary>The scope below an instance that a path names, or null when it names something else.</summary>
    private LowerScope? Below(ExpressionSyntax syntax, Scope scope)
    {
        var (path, index) = syntax is IndexSyntax i ? (i.Operand, i.Index) : (syntax, null);
        if (path is not (NameSyntax or MemberSyntax))
        {
            return null;
        }

        var outer = path is MemberSyntax inside ? Below(inside.Operand, scope) : null;
        var symbol = path switch
        {
            NameSyntax n => scope.Find(n.Name),
            MemberSyntax m when outer is not null => outer.At.FindExported(m.Name),
            MemberSyntax m => ScopeOf(m.Operand, scope)?.FindExported(m.Name),
            _ => null,
        };
        switch (symbol)
        {
            case InstanceSymbol instance when instance.IsArray == index is not null:
                var number = index is null ? (int?)null : Integer(index, scope);
                return outer is null
                    ? new(instance, number, instance.Child.Scope, null)
                    : outer with { At = instance.Child.Scope, Way = Indexed(outer.Step(instance.Name, syntax), number) };
            case BlockSymbol block when outer is not null && block.IsArray == index is not null:
                var turn = index is null ? (int?)null : Integer(index, scope);
                return block.Scopes.TryGetValue(turn ?? 0, out var found)
                    ? outer with { At = found, Way = Indexed(outer.Step(block.Name, syntax), turn) }
                    : throw new BindingException(BindingDiagnostics.SelectOutside(syntax.Origin.Span));
            case InterfaceSymbol when outer is not null:
                var element = index is null ? (int?)null : Integer(index, scope);
                return ((InterfaceSymbol)symbol).Views.FirstOrDefault(v => v.Index == (element ?? 0)).View is { } view
                    ? outer with { At = view.Scope, Way = Indexed(outer.Step(symbol.Name, syntax), element) }
                    : throw new BindingException(BindingDiagnostics.SelectOutside(syntax.Origin.Span));
            case InstanceSymbol:
                throw new BindingException(BindingDiagnostics.WrongKind(symbol.Name, symbol.Noun, index is null ? "one of its array" : "an array", syntax.Origin.Span));
            default:
                return null;
        }
    }

    private static ExpressionSyntax Indexed(ExpressionSyntax way, int? index) => index is null
        ? way
        : new IndexSyntax(way, new NumberSyntax(index.Value.ToString(CultureInfo.InvariantCulture)) { Origin = way.Origin }) { Origin = way.Origin };

    /// <summary>What a name stands for in a scope below an instance: its value is led up through ports.</summary>
    private static Bound Remote(LowerScope below, MemberSyntax syntax)
    {
        var symbol = below.At.FindExported(syntax.Name) ?? throw UnknownName(syntax.Name, below.At, syntax);
        if (symbol is not SignalSymbol { Signal: var signal })
        {
            return Named(symbol, syntax);
        }

        if (signal.IsMemory)
        {
            throw new BindingException(BindingDiagnostics.UnsupportedExpression($"the memory '{signal.Path}' of another module as a whole", syntax.Origin.Span));
        }

        if (signal.Direction == "inout" || signal.Kind == SignalKind.Local)
        {
            var what = signal.Direction == "inout" ? "the inout port" : "the variable";
            throw new BindingException(BindingDiagnostics.UnsupportedExpression($"{what} '{signal.Path}' of another module", syntax.Origin.Span));
        }

        var way = below.Step(syntax.Name, syntax);
        return new BoundSelect(Net(below, way, signal.Type, signal.Declaration), syntax);
    }

    /// <summary>A word of a memory below an instance, or null when the operand is something else.</summary>
    private BoundSelect? RemoteWord(IndexSyntax syntax, Scope scope)
    {
        if (syntax.Operand is not MemberSyntax member || Below(member.Operand, scope) is not { } below
            || below.At.FindExported(member.Name) is not SignalSymbol { Signal: { IsMemory: true } memory })
        {
            return null;
        }

        if (memory.Type is not UnpackedArrayType { Element: not UnpackedArrayType } array || !Value(syntax.Index, scope).IsConstant)
        {
            throw new BindingException(BindingDiagnostics.UnsupportedExpression(
                $"the memory '{memory.Path}' of another module at an index that is not constant", syntax.Origin.Span));
        }

        var index = Integer(syntax.Index, scope);
        return index < array.Range.Low || index > array.Range.High || index < 0
            ? throw new BindingException(BindingDiagnostics.SelectOutside(syntax.Index.Origin.Span))
            : new BoundSelect(Net(below, Indexed(below.Step(member.Name, syntax), index), array.Element, memory.Declaration), syntax);
    }

    private static Signal Net(LowerScope below, ExpressionSyntax way, DataType type, SyntaxNode declaration) => below.Instance.Body.Remotes.Of(
        below.Instance.PathOf(below.Index), below.Instance.Child, PathOf(way), way, type, declaration);

    private static string PathOf(ExpressionSyntax way) => way switch
    {
        NameSyntax n => n.Name,
        MemberSyntax m => $"{PathOf(m.Operand)}.{m.Name}",
        IndexSyntax { Index: NumberSyntax n } i => $"{PathOf(i.Operand)}[{n.Text}]",
        _ => throw new System.Diagnostics.UnreachableException(way.GetType().Name),
    };
}
