using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Hdl.Lint;

/// <summary>HW2501: signals, or bits of them, that are read or are outputs and that nothing drives.</summary>
internal static class UndrivenPass
{
    public static IEnumerable<Diagnostic> Check(LintModule module)
    {
        if (module.HasUnknownUses || module.Syntax.Items.Count == 0)
        {
            yield break;
        }

        foreach (var symbol in module.Signals.Where(s => s.Kind is SymbolKind.Output or SymbolKind.Net or SymbolKind.Variable))
        {
            // Supplies and pulled nets have a value of their own; an implicit net has a finding of its own.
            if (symbol.IsImplicit || symbol.Value is not null || symbol.NetType is "supply0" or "supply1" or "tri0" or "tri1"
                || module.Sources.UsedFromOutside.Contains(symbol.Name)
                || (symbol.Kind != SymbolKind.Output && !symbol.Reads.Any(r => r.Role != AccessRole.Declaration)))
            {
                continue;
            }

            if (!symbol.Writes.Any())
            {
                yield return LintDiagnostics.Undriven(symbol);
            }
            else if (Missing(symbol, module) is { Count: > 0 } missing)
            {
                yield return LintDiagnostics.UndrivenBits(symbol, string.Join(", ", missing.Select(m => Text(m, symbol, module))));
            }
        }
    }

    private static List<BitsExtent> Missing(LintSymbol symbol, LintModule module)
    {
        var written = symbol.Writes.Select(w => w.Extent as BitsExtent).ToList();
        if (written.Contains(null) || module.Widths.OfSymbol(symbol) is not { } width)
        {
            return [];
        }

        var missing = new List<BitsExtent>();
        var next = 0;
        foreach (var bits in written.OfType<BitsExtent>().OrderBy(b => b.Low).Append(new(width, 1)))
        {
            if (bits.Low > next)
            {
                missing.Add(new(next, bits.Low - next));
            }

            next = Math.Max(next, bits.Low + bits.Width);
        }

        // Bits that nobody looks at may stay open.
        return [.. missing.Where(m => symbol.Kind == SymbolKind.Output
            || symbol.Reads.Any(r => r.Role != AccessRole.Declaration && Extent.SurelyOverlap(r.Extent, m)))];
    }

    // In the numbers of the declaration.
    private static string Text(BitsExtent bits, LintSymbol symbol, LintModule module)
    {
        if (module.Widths.Dimensions(symbol) is not [var (left, right)])
        {
            return bits.Width == 1 ? "a bit" : FormattableString.Invariant($"{bits.Width} bits");
        }

        var step = left >= right ? 1 : -1;
        var (high, low) = (right + (step * (bits.Low + bits.Width - 1)), right + (step * bits.Low));
        return bits.Width == 1 ? FormattableString.Invariant($"bit {low}") : FormattableString.Invariant($"bits {high}:{low}");
    }
}
