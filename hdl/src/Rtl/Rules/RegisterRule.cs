using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Hdl.Rtl;

/// <summary>HW1019 and HW1020: enable and reset of one bit, reset and initial values of the register's width.</summary>
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

        var initials = scope.Module.Registers.Select(r => (r.Name, r.Width, r.InitialValue))
            .Concat(scope.Module.Latches.Select(l => (l.Name, l.Width, l.InitialValue)));
        foreach (var (name, width, initial) in initials)
        {
            if (initial is { } value && value.Width != width)
            {
                yield return RtlDiagnostics.InitialValueWidth(scope.Place(name), width, value.Width);
            }
        }
    }
}
