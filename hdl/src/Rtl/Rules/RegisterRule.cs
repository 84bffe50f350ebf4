using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Hdl.Rtl;

/// <summary>HW1019 and HW1020: enable and reset of one bit, a reset value of the register's width.</summary>
internal static class RegisterRule
{
    public static IEnumerable<Diagnostic> Check(ModuleScope scope)
    {
        foreach (var register in scope.Module.Registers)
        {
            var place = scope.Place(register.Name);
            if (register.Enable is { Width: not 1 } enable)
            {
                yield return RtlDiagnostics.ControlWidth(place, "enable", enable.Width);
            }

            if (register.Reset is { Width: not 1 } reset)
            {
                yield return RtlDiagnostics.ControlWidth(place, "reset", reset.Width);
            }

            if (register.ResetValue.Width != register.Width)
            {
                yield return RtlDiagnostics.ResetValueWidth(place, register.Width, register.ResetValue.Width);
            }
        }
    }
}
