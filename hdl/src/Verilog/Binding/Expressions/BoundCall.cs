using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog.Binding.Processes;
using HwSeed.Hdl.Verilog.Binding.Types;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Binding.Expressions;

/// <summary>A call of a function or task: a value for each input, a target for each output.</summary>
internal sealed class BoundCall(Routine routine, IReadOnlyList<(Bound? Value, Target? Target)> arguments, SyntaxNode syntax)
    : Bound(routine.Result?.Type ?? new VoidType(), syntax)
{
    public Routine Routine => routine;

    public IReadOnlyList<(Bound? Value, Target? Target)> Arguments => arguments;

    // Its body may read signals of the module.
    public override bool IsConstant => false;

    public override Expression Emit(Execution x, int width, bool signed)
    {
        var value = x.Call(this) ?? throw new BindingException(BindingDiagnostics.NoValue(routine.Name, Syntax.Origin.Span));
        return x.Factory.Extend(value, width, signed);
    }
}
