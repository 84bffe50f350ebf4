using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Hdl.Lint;

/// <summary>HW2521: names that nothing declares and that Verilog makes wires of.</summary>
internal static class ImplicitNetPass
{
    public static IEnumerable<Diagnostic> Check(LintModule module) =>
        module.Symbols.Where(s => s.IsImplicit).Select(LintDiagnostics.ImplicitNet);
}
