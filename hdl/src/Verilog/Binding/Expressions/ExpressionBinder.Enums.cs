using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog.Binding.Names;
using HwSeed.Hdl.Verilog.Binding.Types;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Binding.Expressions;

/// <summary>Methods of enumerations.</summary>
internal sealed partial class ExpressionBinder
{
    private static readonly string[] EnumMethods = ["first", "last", "next", "prev", "num"];

    /// <summary><c>first</c>, <c>last</c>, <c>next</c>, <c>prev</c> and <c>num</c> of a value of an enumeration.</summary>
    private Bound EnumMethod(Bound operand, MemberSyntax method, EquatableArray<ArgumentSyntax> arguments, Scope scope)
    {
        var type = (EnumType)operand.Type;
        switch (method.Name)
        {
            case "first":
                return new BoundConstant(type.Members[0].Value, type, method);
            case "last":
                return new BoundConstant(type.Members[^1].Value, type, method);
            case "num":
                return Int(type.Members.Count, method);
            case "next" or "prev":
                var steps = arguments is [{ Value: { } count }, ..] ? Integer(count, scope) : 1;
                return new BoundFunction(operand, type, (f, v) => Stepped(f, v, type, method.Name == "next" ? steps : -(long)steps), method);
            case "name":
                throw new BindingException(BindingDiagnostics.UnsupportedExpression("the name of a value as a string", method.Origin.Span));
            default:
                throw new BindingException(BindingDiagnostics.UnknownMember(
                    method.Name, NameDistance.Nearest(method.Name, EnumMethods), method.Origin.Span));
        }
    }

    /// <summary>The value some names further on, in a circle; zero where the value has no name.</summary>
    private static Expression Stepped(ExpressionFactory f, Expression value, EnumType type, long steps)
    {
        Expression result = f.Constant(0, type.Width);
        var count = type.Members.Count;
        for (var i = count - 1; i >= 0; i--)
        {
            var next = type.Members[(int)((((i + steps) % count) + count) % count)];
            result = f.Mux(f.Equal(value, f.Constant(type.Members[i].Value)), f.Constant(next.Value), result);
        }

        return result;
    }
}
