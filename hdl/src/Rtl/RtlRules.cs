using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Hdl.Rtl;

/// <summary>
/// The rules that a design has to keep before it is simulated or written: codes HW1001 and up, worded in
/// <see cref="RtlDiagnostics"/>. A design that was built with <see cref="ModuleBuilder"/> and the operators keeps most of
/// them by construction; one that was read or mutated is checked here.
/// </summary>
public static class RtlRules
{
    private static readonly IReadOnlyList<Func<ModuleScope, IEnumerable<Diagnostic>>> ModuleRules =
    [
        NameRule.Check,
        WidthRule.Check,
        ReferenceRule.Check,
        OperandWidthRule.Check,
        MuxConditionRule.Check,
        SliceRule.Check,
        ExtendRule.Check,
        OutputRule.Check,
        RegisterRule.Check,
        MemoryRule.Check,
        ClockRule.Check,
        InstanceRule.Check,
        UnusedSignalRule.Check,
    ];

    /// <summary>
    /// Everything that is wrong with a design: modules bottom-up, in each the rules in a fixed order. Empty when all is
    /// well; only warnings when it may be used.
    /// </summary>
    public static IReadOnlyList<Diagnostic> Check(Design design) =>
    [
        .. ModuleNameRule.Check(design),
        .. design.ModulesBottomUp().Select(m => new ModuleScope(m)).SelectMany(s => ModuleRules.SelectMany(rule => rule(s))),
        .. CombinationalLoopRule.Check(design),
    ];
}
