using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Lint;

/// <summary>All wording of the linter (HW25xx).</summary>
public static class LintDiagnostics
{
    /// <summary>What each code means.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> Descriptors { get; } = [.. LintRules.All.Select(r => r.Descriptor)];

    internal static Diagnostic Undriven(LintSymbol symbol) =>
        Finding("HW2501", symbol.Span, $"nothing drives '{symbol.Name}'");

    internal static Diagnostic UndrivenBits(LintSymbol symbol, string bits) =>
        Finding("HW2501", symbol.Span, $"nothing drives {bits} of '{symbol.Name}'");

    internal static Diagnostic MultiplyDriven(LintSymbol symbol, Access first, Access second) =>
        Finding("HW2502", second.Origin.Span, $"'{symbol.Name}' is driven here and at {Place(first.Origin)}");

    internal static Diagnostic DrivenInput(LintSymbol symbol, Access write) =>
        Finding("HW2502", write.Origin.Span, $"'{symbol.Name}' is an input; the module must not drive it");

    internal static Diagnostic Truncated(Origin value, string target, int bits, int room) =>
        Finding("HW2503", value.Span, $"{Bits(bits)} are assigned to {target}, which has {room}");

    internal static Diagnostic Extended(Origin value, string target, int bits, int room) =>
        Finding("HW2504", value.Span, $"{Bits(bits)} are extended to {target}, which has {room}");

    internal static Diagnostic Latch(Origin write, string name, string missing) =>
        Finding("HW2505", write.Span, $"'{name}' is not assigned {missing}, so it keeps its value: a latch");

    internal static Diagnostic UnusedSignal(LintSymbol symbol) => Finding(
        "HW2506", symbol.Span, symbol.Writes.Any() ? $"'{symbol.Name}' is driven but never read" : $"'{symbol.Name}' is never used");

    internal static Diagnostic UnusedParameter(LintSymbol symbol) =>
        Finding("HW2507", symbol.Span, $"parameter '{symbol.Name}' is never used");

    internal static Diagnostic UnusedInput(LintSymbol symbol) =>
        Finding("HW2508", symbol.Span, $"input '{symbol.Name}' is never read");

    internal static Diagnostic Loop(SourceSpan? span, string path) =>
        Finding("HW2509", span, $"combinational loop: {path}");

    internal static Diagnostic Sensitivity(Origin list, string names) =>
        Finding("HW2510", list.Span, $"the sensitivity list leaves out {names}");

    internal static Diagnostic BlockingInClocked(LintSymbol symbol, Access write) =>
        Finding("HW2511", write.Origin.Span, $"'{symbol.Name}' is assigned with = at a clock edge and read by other code; write <=");

    internal static Diagnostic NonBlockingInCombinational(LintSymbol symbol, Access write) =>
        Finding("HW2512", write.Origin.Span, $"'{symbol.Name}' is assigned with <= in combinational code; write =");

    internal static Diagnostic Mixed(LintSymbol symbol, Access write, Access other) => Finding(
        "HW2513", write.Origin.Span,
        $"'{symbol.Name}' is assigned with {Operator(write)} here and with {Operator(other)} at {Place(other.Origin)}");

    internal static Diagnostic ClockAsData(LintSymbol symbol, Access read, Origin edge) =>
        Finding("HW2514", read.Origin.Span, $"'{symbol.Name}' is a clock at {Place(edge)} and data here");

    internal static Diagnostic DerivedClock(LintSymbol symbol, Origin edge, string how, Origin made) =>
        Finding("HW2515", edge.Span, $"clock '{symbol.Name}' is made by {how} at {Place(made)}");

    internal static Diagnostic NoDefault(CaseSyntax statement, string missing) => Finding(
        "HW2516", statement.Selector.Origin.Span, $"this {statement.Keyword} has no default and no branch for {missing}");

    internal static Diagnostic NeverChosen(Origin label, Origin earlier, bool same) => Finding(
        "HW2517", label.Span, same ? $"this label stands at {Place(earlier)} already" : $"the label at {Place(earlier)} takes all of these values");

    internal static Diagnostic NotReset(LintSymbol symbol, Origin write, string reset) => Finding(
        "HW2518", write.Span, $"'{symbol.Name}' is not assigned when '{reset}' resets this process, so it is held then");

    internal static Diagnostic ResetBothWays(string name, Origin test, Origin edge) =>
        Finding("HW2519", test.Span, $"'{name}' is tested at the clock here, but is asynchronous at {Place(edge)}");

    internal static Diagnostic ConstantComparison(Origin comparison, bool answer, string why) =>
        Finding("HW2520", comparison.Span, $"this comparison is always {(answer ? "true" : "false")}: {why}");

    internal static Diagnostic ImplicitNet(LintSymbol symbol) =>
        Finding("HW2521", symbol.Span, $"'{symbol.Name}' is not declared and becomes a wire of one bit");

    internal static Diagnostic InputOpen(Origin instance, string name, string module, string port) =>
        Finding("HW2522", LintSymbol.SpanOf(instance, name), $"input '{port}' of '{module}' is not connected");

    internal static Diagnostic OutputLeftOut(Origin instance, string name, string module, string port) =>
        Finding("HW2523", LintSymbol.SpanOf(instance, name), $"output '{port}' of '{module}' is not mentioned");

    internal static Diagnostic PortWidth(Origin connection, string port, string module, int bits, int room) =>
        Finding("HW2524", connection.Span, $"{Bits(bits)} are connected to port '{port}' of '{module}', which has {room}");

    internal static Diagnostic ComparisonWithX(Origin comparison, string op) =>
        Finding("HW2525", comparison.Span, $"'{op}' with an undefined bit is never true; use {op}= in a test bench, and neither in hardware");

    internal static Diagnostic CaseX(CaseSyntax statement) =>
        Finding("HW2526", LintSymbol.SpanOf(statement.Origin, "casex"), "casex takes undefined bits of the selector for a match; write casez");

    internal static Diagnostic LabelWithX(Origin label) =>
        Finding("HW2526", label.Span, "a label with x or z matches no value of hardware; write casez and ?");

    internal static Diagnostic UnknownPragma(SourceSpan span, string name, string? nearest) => Finding(
        "HW2527", span, $"no lint rule is named '{name}'{(nearest is null ? "" : $"; did you mean '{nearest}'?")}");

    internal static Diagnostic NotElaborated(ModuleSyntax first, int count) => Finding(
        "HW2528", first.Origin.Span, FormattableString.Invariant($"'{first.Name}' and {count - 1} other top modules are not elaborated"));

    /// <summary>file:line:column.</summary>
    internal static string Place(Origin origin) =>
        origin.Text is null ? "another place" : FormattableString.Invariant($"{origin.Text.Path}:{origin.Line}:{origin.Column}");

    private static string Operator(Access write) => write.Role == AccessRole.NonBlocking ? "<=" : "=";

    private static string Bits(int count) => count == 1 ? "1 bit" : FormattableString.Invariant($"{count} bits");

    private static Diagnostic Finding(string code, SourceSpan? span, string message) => new(code, LintRules.Find(code)!.Level switch
    {
        LintLevel.Error => Severity.Error,
        LintLevel.Warning => Severity.Warning,
        _ => Severity.Info,
    }, message, span);
}
