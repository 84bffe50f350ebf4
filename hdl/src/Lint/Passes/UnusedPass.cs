using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Hdl.Lint;

/// <summary>HW2506, HW2507 and HW2508: signals, parameters and inputs that nothing reads.</summary>
internal static class UnusedPass
{
    public static IEnumerable<Diagnostic> Check(LintModule module)
    {
        // A module without a body is a declaration of one that is elsewhere.
        if (module.HasUnknownUses || module.Syntax.Items.Count == 0)
        {
            yield break;
        }

        foreach (var symbol in module.Symbols.Where(s => !s.Reads.Any() && !s.SaysUnused && !module.Sources.UsedFromOutside.Contains(s.Name)))
        {
            switch (symbol.Kind)
            {
                case SymbolKind.Net or SymbolKind.Variable when !symbol.IsImplicit:
                    yield return LintDiagnostics.UnusedSignal(symbol);
                    break;
                case SymbolKind.Parameter or SymbolKind.LocalParameter:
                    yield return LintDiagnostics.UnusedParameter(symbol);
                    break;
                case SymbolKind.Input when !symbol.Scope.IsProcedural:
                    yield return LintDiagnostics.UnusedInput(symbol);
                    break;
            }
        }
    }
}
