using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog.Binding.Expressions;
using HwSeed.Hdl.Verilog.Binding.Names;
using HwSeed.Hdl.Verilog.Binding.Types;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Binding.Hierarchy;

/// <summary>The values that go through ports, of instances of modules and of interfaces.</summary>
internal static class PortValues
{
    /// <summary>What a connection gives to an input; to one instance of an array of instances its part of it.</summary>
    public static Expression Input(ModuleBody body, Bound bound, string port, int width, (int Index, int Count)? element, ExpressionSyntax syntax)
    {
        var x = body.Combinational();
        if (element is { } e && bound.Width == width * e.Count)
        {
            return body.Factory.Slice(bound.Self(x), Place(bound.Type, e) * width, width);
        }

        if (bound.Width != width && bound is not (BoundFill or BoundLiteral { Literal.IsSized: false }))
        {
            body.Context.Report(BindingDiagnostics.PortWidth(port, width, bound.Width, syntax.Origin.Span));
        }

        return bound.Assigned(x, width);
    }

    /// <summary>Drives what an output is connected to, where it is enabled when only some bits are driven.</summary>
    public static void Output(
        ModuleBody body, string port, DataType type, ExpressionSyntax syntax, Scope scope, (int Index, int Count)? element, Expression value,
        Expression? enable, DriverSource source)
    {
        var target = body.Context.Expressions.BindTarget(syntax, scope);
        if (target is SelectTarget { Select: var select } && !IsShared(select.Type, type, element) && (type is UnpackedArrayType || select.Type is UnpackedArrayType))
        {
            Checks.Shapes(type, select, syntax);
            value = BoundReordered.Reorder(body.Factory, value, type, select.Type);
        }

        if (element is { } e && target.Width == value.Width * e.Count)
        {
            // Drives its part of a vector that all instances share.
            if (target is not SelectTarget whole)
            {
                throw new BindingException(BindingDiagnostics.UnsupportedItem("an array of instances on a concatenation", syntax.Origin.Span));
            }

            target = new PartTarget(whole, Place(whole.Select.Type, e) * value.Width, value.Width);
        }
        else if (target.Width != value.Width)
        {
            body.Context.Report(BindingDiagnostics.PortWidth(port, value.Width, target.Width, syntax.Origin.Span));
        }

        body.Drive(
            target, body.Factory.Resize(value, target.Width, type.Signed),
            enable is null ? null : body.Factory.Resize(enable, target.Width, signed: true), source);
    }

    /// <summary>Whether each of an array of instances gets an element of an array.</summary>
    public static bool IsShared(DataType type, DataType port, (int Index, int Count)? element) =>
        element is { } e && type is UnpackedArrayType array && array.Range.Count == e.Count && array.Element.Width == port.Width
        && array.Element is not UnpackedArrayType && port is not UnpackedArrayType;

    // Where the part of an instance lies: instances and elements of an array meet left to left.
    private static int Place(DataType type, (int Index, int Count) element) =>
        type is UnpackedArrayType { Range.IsDescending: false } ? element.Count - 1 - element.Index : element.Index;
}
