using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Hdl.Rtl;

/// <summary>HW1016: a multiplexer's condition has one bit.</summary>
internal static class MuxConditionRule
{
    public static IEnumerable<Diagnostic> Check(ModuleScope scope) =>
        from n in scope.Nodes
        let mux = n.Node as Mux
        where mux is not null && mux.Condition.Width != 1
        select RtlDiagnostics.MuxCondition(n.Place, mux.Condition.Width);
}
