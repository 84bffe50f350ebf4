using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog.Binding.Names;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Binding.Hierarchy;

/// <summary>Values at power-up that are constants of the declaration.</summary>
internal static class SignalDefaults
{
    /// <summary>Gives the elements of a signal that is no memory their parts of a constant.</summary>
    public static void Set(BindingContext context, Signal signal, ExpressionSyntax value, Scope scope)
    {
        var initial = context.Expressions.Constant(value, scope, signal.Type);
        foreach (var cell in signal.IsMemory ? [] : signal.Cells)
        {
            cell.Initial = BitVector.Slice(initial.Bits, cell.Index * cell.Width, cell.Width);
        }
    }
}
