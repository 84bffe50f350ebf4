using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Hdl.Rtl;

/// <summary>HW1001 and HW1002: what is read is declared, with the same width.</summary>
internal static class ReferenceRule
{
    public static IEnumerable<Diagnostic> Check(ModuleScope scope)
    {
        var notSignals = scope.Module.Memories.Select(m => m.Name).Concat(scope.Module.Instances.Select(i => i.Name)).ToHashSet();
        foreach (var (place, node) in scope.Nodes)
        {
            if (node is MemoryWord word)
            {
                var memory = scope.Module.Memories.FirstOrDefault(m => m.Name == word.Memory);
                if (memory is null)
                {
                    yield return RtlDiagnostics.Undefined(place, word.Memory);
                }
                else if (memory.Width != word.Width)
                {
                    yield return RtlDiagnostics.ReferenceWidth(place, word.Memory, word.Width, memory.Width);
                }
            }

            if (node is not Reference reference || (scope.Module.IsImplicitClock(reference.Name) && reference.Width == 1))
            {
                continue;
            }

            if (!scope.Widths.TryGetValue(reference.Name, out var width) || (width is null && notSignals.Contains(reference.Name)))
            {
                yield return RtlDiagnostics.Undefined(place, reference.Name);
            }
            else if (width is { } declared && declared != reference.Width)
            {
                yield return RtlDiagnostics.ReferenceWidth(place, reference.Name, reference.Width, declared);
            }
        }
    }
}
