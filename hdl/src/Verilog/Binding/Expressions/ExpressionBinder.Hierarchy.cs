using System.Globalization;
using HwSeed.Hdl.Verilog.Binding.Names;
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

        if (signal.IsMemory || signal.Direction == "inout" || signal.Kind == SignalKind.Local)
        {
            var what = signal.IsMemory ? "the memory" : signal.Direction == "inout" ? "the inout port" : "the variable";
            throw new BindingException(BindingDiagnostics.UnsupportedExpression($"{what} '{signal.Path}' of another module", syntax.Origin.Span));
        }

        var way = below.Step(syntax.Name, syntax);
        var net = below.Instance.Body.Remotes.Of(
            below.Instance.PathOf(below.Index), below.Instance.Child, PathOf(way), way, signal);
        return new BoundSelect(net, syntax);
    }

    private static string PathOf(ExpressionSyntax way) => way switch
    {
        NameSyntax n => n.Name,
        MemberSyntax m => $"{PathOf(m.Operand)}.{m.Name}",
        IndexSyntax { Index: NumberSyntax n } i => $"{PathOf(i.Operand)}[{n.Text}]",
        _ => throw new System.Diagnostics.UnreachableException(way.GetType().Name),
    };
}
