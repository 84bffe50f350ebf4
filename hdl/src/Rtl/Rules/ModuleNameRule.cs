using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Hdl.Rtl;

/// <summary>HW1024: modules of one name are one module.</summary>
internal static class ModuleNameRule
{
    public static IEnumerable<Diagnostic> Check(Design design)
    {
        var byName = new Dictionary<string, Module>();
        var visited = new HashSet<Module>(ReferenceEqualityComparer.Instance);
        var refused = new SortedSet<string>(StringComparer.Ordinal);
        var waiting = new Stack<Module>([design.Top]);
        while (waiting.TryPop(out var module))
        {
            if (!visited.Add(module))
            {
                continue;
            }

            if (!byName.TryAdd(module.Name, module) && byName[module.Name] != module)
            {
                refused.Add(module.Name);
            }

            foreach (var instance in module.Instances)
            {
                waiting.Push(instance.Module);
            }
        }

        return refused.Select(RtlDiagnostics.ModuleNameTwice);
    }
}
