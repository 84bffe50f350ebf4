using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Hdl.Rtl;

/// <summary>
/// HW1026, a warning: inputs, wires, registers and memory words that nothing reads, but for names with <c>unused</c> in
/// them. Instance outputs are left alone: an instance names them all, wanted or not.
/// </summary>
internal static class UnusedSignalRule
{
    public static IEnumerable<Diagnostic> Check(ModuleScope scope)
    {
        var module = scope.Module;
        var read = scope.Nodes.Select(n => n.Node).OfType<Reference>().Select(r => r.Name)
            .Concat(scope.Edges.Select(e => e.Edge.Signal)).ToHashSet();
        return module.InputPorts.Select(p => p.Name)
            .Concat(module.Wires.Select(w => w.Name))
            .Concat(module.Registers.Select(r => r.Name))
            .Concat(module.Latches.Select(l => l.Name))
            .Concat(module.Memories.SelectMany(m => m.Reads.Select(r => r.Name)))
            .Where(name => !read.Contains(name) && !name.Contains("unused", StringComparison.Ordinal))
            .Select(name => RtlDiagnostics.Unused(scope.Place(name)));
    }
}
