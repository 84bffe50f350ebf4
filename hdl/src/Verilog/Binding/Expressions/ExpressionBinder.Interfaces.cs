using HwSeed.Hdl.Verilog.Binding.Names;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Binding.Expressions;

/// <summary>Names of interfaces, through instances of them and through ports.</summary>
internal sealed partial class ExpressionBinder
{
    /// <summary>The interface that an expression names, or null when it names something else.</summary>
    public InterfaceView? Interface(ExpressionSyntax syntax, Scope scope)
    {
        var (path, index) = syntax is IndexSyntax i ? (i.Operand, i.Index) : (syntax, null);
        var symbol = path switch
        {
            NameSyntax n => scope.Find(n.Name),
            MemberSyntax m => ScopeOf(m.Operand, scope)?.FindExported(m.Name),
            _ => null,
        };
        if (symbol is not InterfaceSymbol found || found.IsArray != index is not null)
        {
            return null;
        }

        var number = index is null ? 0 : Integer(index, scope);
        return found.Views.FirstOrDefault(v => v.Index == number).View ?? throw new BindingException(BindingDiagnostics.SelectOutside(syntax.Origin.Span));
    }

    /// <summary>The interfaces that are connected to a port: one, or those of an array; whether a modport is named with it.</summary>
    public (IReadOnlyList<InterfaceView> Views, bool IsArray, bool NamesModport) ConnectedInterfaces(ExpressionSyntax syntax, Scope scope, string port)
    {
        switch (syntax)
        {
            case ParenthesisSyntax p:
                return ConnectedInterfaces(p.Operand, scope, port);
            case NameSyntax n when scope.Find(n.Name) is InterfaceSymbol { IsArray: true } array:
                return ([.. array.Views.Select(v => v.View)], true, false);
            case NameSyntax or IndexSyntax or MemberSyntax when Interface(syntax, scope) is { } view:
                return ([view], false, false);
            case MemberSyntax m when Interface(m.Operand, scope) is { } view:
                return ([view with { Modport = view.Kind.Modport(m.Name, m) }], false, true);
            default:
                var nearest = syntax is NameSyntax name ? NameDistance.Nearest(name.Name, scope.Visible().OfType<InterfaceSymbol>().Select(s => s.Name)) : null;
                throw new BindingException(BindingDiagnostics.NoInterface(port, nearest, syntax.Origin.Span));
        }
    }

    private Bound InterfaceMember(InterfaceView view, MemberSyntax syntax)
    {
        var (symbol, value, _) = view.Find(syntax.Name, syntax);
        return value is null ? Named(symbol!, syntax) : Bind(value, view.Scope);
    }

    /// <summary>A function or task of an interface; a modport has to import it.</summary>
    private static Symbol InterfaceRoutine(InterfaceView view, MemberSyntax syntax) => view.Find(syntax.Name, syntax) is { Symbol: { } symbol }
        ? symbol
        : throw new BindingException(BindingDiagnostics.UnsupportedExpression("a call of an expression of a modport", syntax.Origin.Span));

    /// <summary>Refuses to assign what a modport gives as an input.</summary>
    private void RequireWritable(ExpressionSyntax target, Scope scope)
    {
        while (true)
        {
            switch (target)
            {
                case IndexSyntax i:
                    target = i.Operand;
                    break;
                case PartSelectSyntax p:
                    target = p.Operand;
                    break;
                case MemberSyntax m:
                    if (Interface(m.Operand, scope) is { Modport: { } modport } view && view.DirectionOf(m.Name) == "input")
                    {
                        throw new BindingException(BindingDiagnostics.AssignsModportInput(m.Name, modport.Name, m.Origin.Span));
                    }

                    target = m.Operand;
                    break;
                default:
                    return;
            }
        }
    }
}
