using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Netlists;
using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog.Binding;

namespace HwSeed.Hdl.Lint;

/// <summary>HW2509: loops of the elaborated design, each signal with its place.</summary>
internal static class CombinationalLoopPass
{
    private const int MostSteps = 20;

    public static IEnumerable<Diagnostic> Check(VerilogDesign design)
    {
        var loops = Netlist.FindLoops(design.Design);
        if (loops.Count == 0)
        {
            yield break;
        }

        var places = Places(design);
        foreach (var loop in loops)
        {
            // Wires that the reader made for parts of expressions have no place, and mean nothing to the user.
            var steps = loop.Select(n => (n.Path, Span: PlaceOf(n.Path, places))).Where(s => s.Span is not null).ToList();
            if (steps.Count == 0)
            {
                continue;
            }

            var first = steps.FindIndex(s => s.Span == steps.MinBy(x => (x.Span!.File, x.Span.Line, x.Span.Column)).Span);
            var turned = steps.Skip(first).Concat(steps.Take(first)).ToList();
            var shown = turned.Take(MostSteps).Select(s => FormattableString.Invariant($"{s.Path} ({s.Span!.File}:{s.Span.Line}:{s.Span.Column})"));
            var rest = turned.Count > MostSteps ? FormattableString.Invariant($" -> {turned.Count - MostSteps} more") : "";
            yield return LintDiagnostics.Loop(turned[0].Span, $"{string.Join(" -> ", shown)}{rest} -> {turned[0].Path}");
        }
    }

    // A part of a net stands where the net does.
    private static SourceSpan? PlaceOf(string path, Dictionary<string, SourceSpan> places) =>
        places.TryGetValue(path, out var span) ? span
        : path.EndsWith(']') && path.LastIndexOf('[') is var at and > 0 ? places.GetValueOrDefault(path[..at])
        : null;

    private static Dictionary<string, SourceSpan> Places(VerilogDesign design)
    {
        var signals = design.Signals.Where(s => s.Span is not null).ToLookup(s => s.Module, StringComparer.Ordinal);
        var places = new Dictionary<string, SourceSpan>(StringComparer.Ordinal);
        var open = new Stack<(Module Module, string Path)>([(design.Design.Top, "")]);
        while (open.TryPop(out var next))
        {
            foreach (var signal in signals[next.Module.Name])
            {
                foreach (var name in signal.Names)
                {
                    places.TryAdd(next.Path + name, signal.Span!);
                }
            }

            foreach (var instance in next.Module.Instances)
            {
                open.Push((instance.Module, $"{next.Path}{instance.Name}."));
            }
        }

        return places;
    }
}
