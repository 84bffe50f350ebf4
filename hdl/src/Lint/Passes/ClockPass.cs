using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Lint;

/// <summary>HW2514: clocks that are read as data. HW2515: clocks that logic of the module makes.</summary>
internal static class ClockPass
{
    public static IEnumerable<Diagnostic> Check(LintModule module)
    {
        var clocks = new Dictionary<LintSymbol, Origin>(ReferenceEqualityComparer.Instance);
        foreach (var process in module.ProcessesOf(ProcessKind.Clocked))
        {
            if (process.Clock is { Signal: NameSyntax name } term && process.Scope.Find(name.Name) is { IsSignal: true } symbol)
            {
                clocks.TryAdd(symbol, term.Origin);
            }
        }

        foreach (var (clock, edge) in clocks)
        {
            // A gate in the clock's path reads the clock to make another clock; that is the other rule's business.
            if (clock.Reads.FirstOrDefault(r => r.Role == AccessRole.Value && r.Process?.Kind is not (ProcessKind.Once or ProcessKind.Simulation)
                && !FeedsClock(r, module, clocks)) is { } read)
            {
                yield return LintDiagnostics.ClockAsData(clock, read, edge);
            }

            if (clock.Writes.FirstOrDefault(w => w.Role != AccessRole.Blocking || w.Process?.Kind is ProcessKind.Clocked or ProcessKind.Combinational) is { } made
                && How(made, module) is { } how)
            {
                yield return LintDiagnostics.DerivedClock(clock, edge, how, made.Origin);
            }
        }
    }

    private static string? How(Access made, LintModule module) => made switch
    {
        { Process.Kind: ProcessKind.Clocked } => "a register",
        { Process.Kind: ProcessKind.Latch } => "a latch",
        { Process.Kind: ProcessKind.Combinational } => "logic",
        { Process: null } when Value(made, module) is { } value => ExpressionParts.Bare(value) is NameSyntax ? null : "logic",
        _ => null,
    };

    private static bool FeedsClock(Access read, LintModule module, Dictionary<LintSymbol, Origin> clocks)
    {
        var targets = module.Signals.Where(s => s.Writes.Any(w => ReferenceEquals(w.Driver, read.Driver))).ToList();
        if (targets.Any(clocks.ContainsKey))
        {
            return true;
        }

        // A name that repeats or inverts the clock, or that instances alone get, hands it on.
        return read.Process is null && Value(read, module) is { } value && (IsPlain(value)
            || targets.All(t => t.Kind == SymbolKind.Net && t.Reads.Any() && t.Reads.All(r => r.Role == AccessRole.Connection)));
    }

    private static bool IsPlain(ExpressionSyntax value) => ExpressionParts.Bare(value) switch
    {
        NameSyntax => true,
        UnarySyntax { Operator: "~" or "!" } not => IsPlain(not.Operand),
        _ => false,
    };

    private static ExpressionSyntax? Value(Access access, LintModule module) =>
        module.Assignments.FirstOrDefault(a => ReferenceEquals(a.Driver, access.Driver))?.Value;
}
