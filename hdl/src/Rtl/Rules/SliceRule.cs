using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Hdl.Rtl;

/// <summary>HW1017: a slice lies inside of its operand.</summary>
internal static class SliceRule
{
    public static IEnumerable<Diagnostic> Check(ModuleScope scope) =>
        from n in scope.Nodes
        let slice = n.Node as Slice
        where slice is not null
            && (slice.Low < 0 || slice.Width < 1 || (long)slice.Low + slice.Width > slice.Operand.Width)
        select RtlDiagnostics.SliceRange(n.Place, slice.Low, slice.Width, slice.Operand.Width);
}
