using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Hdl.Rtl;

/// <summary>HW1001, HW1028 and HW1029: edges are those of one-bit signals, and all state has a clock.</summary>
internal static class ClockRule
{
    public static IEnumerable<Diagnostic> Check(ModuleScope scope)
    {
        foreach (var (place, edge) in scope.Edges.Where(e => !scope.Module.IsImplicitClock(e.Edge.Signal)))
        {
            if (!scope.Widths.TryGetValue(edge.Signal, out var width))
            {
                yield return RtlDiagnostics.Undefined(place, edge.Signal);
            }
            else if (width is { } bits and not 1)
            {
                yield return RtlDiagnostics.ClockWidth(place, edge.Signal, bits);
            }
        }

        var module = scope.Module;
        if (module.HasImplicitClock)
        {
            yield break;
        }

        foreach (var register in module.Registers.Where(r => r.Edges.Count == 0))
        {
            yield return RtlDiagnostics.NoClock(scope.Place(register.Name), "a register without edges");
        }

        foreach (var memory in module.Memories)
        {
            if (memory.Writes.Any(w => w.Edges.Count == 0))
            {
                yield return RtlDiagnostics.NoClock(scope.Place(memory.Name), "a memory write without edges");
            }

            if (memory.Reads.Count > 0)
            {
                yield return RtlDiagnostics.NoClock(scope.Place(memory.Name), "a synchronous read");
            }
        }

        foreach (var instance in module.Instances.Where(i => i.Module.HasImplicitClock))
        {
            yield return RtlDiagnostics.NoClock(scope.Place(instance.Name), $"module '{instance.Module.Name}'");
        }
    }
}
