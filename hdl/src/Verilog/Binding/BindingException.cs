using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Hdl.Verilog.Binding;

/// <summary>Ends the binding of one statement or item; never leaves the binder, which goes on with the next one.</summary>
internal sealed class BindingException(Diagnostic diagnostic) : Exception(diagnostic.Message)
{
    public Diagnostic Diagnostic { get; } = diagnostic;
}
