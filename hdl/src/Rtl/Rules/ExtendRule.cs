using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Hdl.Rtl;

/// <summary>HW1018: an extension drops no bits.</summary>
internal static class ExtendRule
{
    public static IEnumerable<Diagnostic> Check(ModuleScope scope) =>
        from n in scope.Nodes
        let extend = n.Node as Extend
        where extend is not null && extend.Width < extend.Operand.Width
        select RtlDiagnostics.Narrowing(n.Place, extend.Operand.Width, extend.Width);
}
