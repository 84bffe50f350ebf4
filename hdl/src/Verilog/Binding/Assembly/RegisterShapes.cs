using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog.Binding.Expressions;

namespace HwSeed.Hdl.Verilog.Binding.Assembly;

/// <summary>
/// Takes synchronous resets and enables out of the next values of registers: a multiplexer on a signal with a constant,
/// and one that else holds. What is left is evaluated only when it is needed.
/// </summary>
internal static class RegisterShapes
{
    public static Module Apply(Module module, ExpressionFactory f) => module with
    {
        Registers = module.Registers.Select(r => r.Edges.Count == 1 ? Shaped(r, f) : r).ToEquatableArray(),
    };

    private static Register Shaped(Register register, ExpressionFactory f)
    {
        var next = register.Next;
        Expression? reset = null;
        var resetValue = register.ResetValue;
        if (next is Mux { Condition: Reference } first)
        {
            if (first.WhenTrue is Constant whenHigh)
            {
                (reset, resetValue, next) = (first.Condition, whenHigh.Value, first.WhenFalse);
            }
            else if (first.WhenFalse is Constant whenLow)
            {
                (reset, resetValue, next) = (f.Not(first.Condition), whenLow.Value, first.WhenTrue);
            }
        }

        Expression? enable = null;
        while (next is Mux mux && (Holds(mux.WhenFalse) || Holds(mux.WhenTrue)))
        {
            var isEnabled = Holds(mux.WhenFalse) ? mux.Condition : f.Not(mux.Condition);
            enable = enable is null ? isEnabled : f.And(enable, isEnabled);
            next = Holds(mux.WhenFalse) ? mux.WhenTrue : mux.WhenFalse;
        }

        return register with { Next = next, Enable = enable, Reset = reset, ResetValue = resetValue };

        bool Holds(Expression value) => value is Reference r && r.Name == register.Name;
    }
}
