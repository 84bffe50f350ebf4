using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Properties;

/// <summary>
/// Two designs side by side, under the same inputs, with their memories taken out. Memories that are written alike give the
/// same word for the same address; for any other read the second design gets any word. So where no output and no write ever
/// differs, the designs with their memories are one circuit from outside, however large the memories are.
/// </summary>
public static class SameOutputs
{
    /// <summary>The harness; null where the designs' ports or memories do not correspond.</summary>
    /// <param name="original">A design of our generators.</param>
    /// <param name="other">The design to compare with.</param>
    public static PropertyHarness? Of(Design original, Design other)
    {
        if (MemoryView.Of(original.Top) is not { } gold || MemoryView.Of(Renamed(other.Top)) is not { } gate
            || !gold.Memories.SequenceEqual(gate.Memories) || !gold.Top.Ports.ToHashSet().SetEquals(gate.Top.Ports))
        {
            return null;
        }

        var h = new HarnessBuilder("whole engine", "same_outputs");
        var m = h.M;
        var reads = gold.Memories.SelectMany(p => p.Reads).ToDictionary(r => r.Word);
        var shared = gold.Top.InputPorts.ToDictionary(p => p.Name, p => m.Input(p.Name, p.Width));
        var golds = m.Instance("gold", gold.Top, [.. gold.Top.InputPorts.Select(p => (p.Name, shared[p.Name]))]);
        var gates = m.Instance("gate", gate.Top, [.. gate.Top.InputPorts.Select(p => (p.Name,
            reads.TryGetValue(p.Name, out var read) ? Word(read, p) : shared[p.Name]))]);

        var inner = gold.Memories.SelectMany(p => p.Reads.SelectMany(r => new[] { r.Enable, r.Address }).Concat([p.Write, p.WriteAddress, p.WriteData])).ToHashSet();
        Expression differs = Expression.FromInteger(0, 1);
        foreach (var port in gold.Top.OutputPorts.Where(p => !inner.Contains(p.Name)))
        {
            differs = Or(port.Name, ~Expression.Equal(golds[port.Name], gates[port.Name]));
        }

        foreach (var memory in gold.Memories)
        {
            var write = golds[memory.Write];
            differs = Or(memory.Write, write ^ gates[memory.Write]);
            differs = Or(memory.WriteAddress, write & ~Expression.Equal(golds[memory.WriteAddress], gates[memory.WriteAddress]));
            differs = Or(memory.WriteData, write & ~Expression.Equal(golds[memory.WriteData], gates[memory.WriteData]));
        }

        h.Never("differs", "no output and no write to a memory ever differs", differs);
        return h.Build();

        Expression Or(string name, Expression one) => m.Wire($"differs_{name}", differs | one);

        Expression Word(MemoryView.ReadPort read, Port port)
        {
            var (enable, address) = (gold.Top.Ports.Single(p => p.Name == read.Enable), gold.Top.Ports.Single(p => p.Name == read.Address));
            Expression Of(string instance, Port p) => new Reference($"{instance}_{p.Name}", p.Width);
            var same = m.Wire($"same_{port.Name}", Of("gold", enable) & Of("gate", enable) & Expression.Equal(Of("gold", address), Of("gate", address)));
            return m.Wire($"word_{port.Name}", Expression.Mux(same, shared[port.Name], m.Input($"other_{port.Name}", port.Width)));
        }
    }

    private static Module Renamed(Module module) => module with
    {
        Name = module.Name + "_other",
        Instances = module.Instances.Select(i => i with { Module = Renamed(i.Module) }).ToEquatableArray(),
    };
}
