using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Properties;

/// <summary>
/// Two designs side by side, under the same inputs, with their memories and multipliers taken out. Memories that are written alike
/// give the same word for the same address, and multipliers the same product for the same operands and zero where one of them is;
/// otherwise the second design gets any word or product. So where no output and no write ever differs, the designs are one circuit
/// from outside, however large their memories are.
/// </summary>
public static class SameOutputs
{
    private const string Suffix = "_other";

    /// <summary>The harness; null where the designs' ports, memories or multipliers do not correspond.</summary>
    /// <param name="original">A design of our generators.</param>
    /// <param name="other">The design to compare with.</param>
    /// <param name="box">
    /// A module that is the same in both and whose instances are taken out too: what they give is the same as long as they are
    /// given the same, which is then claimed of them. Null for none.
    /// </param>
    public static PropertyHarness? Of(Design original, Design other, string? box = null)
    {
        if (CutView.Of(original.Top, withProducts: true, box) is not { } gold
            || CutView.Of(Renamed(other.Top), withProducts: true, box is null ? null : box + Suffix) is not { } gate
            || gold.Watched != gate.Watched || gold.Memories != gate.Memories || gold.Products != gate.Products || !gold.Top.Ports.ToHashSet().SetEquals(gate.Top.Ports))
        {
            return null;
        }

        var h = new HarnessBuilder("whole engine", "same_outputs");
        var m = h.M;
        var widths = gold.Top.Ports.ToDictionary(p => p.Name, p => p.Width);
        var shared = gold.Top.InputPorts.ToDictionary(p => p.Name, p => m.Input(p.Name, p.Width));
        var (forGold, forGate) = (new Dictionary<string, Expression>(shared), new Dictionary<string, Expression>(shared));
        foreach (var read in gold.Memories.SelectMany(p => p.Reads))
        {
            forGate[read.Word] = Either(read.Word, Out("gold", read.Enable) & Out("gate", read.Enable) & Same(read.Address), shared[read.Word]);
        }

        foreach (var product in gold.Products)
        {
            forGold[product.Value] = m.Wire($"gold_{product.Value}", NotZero("gold", product, shared[product.Value]));
            var any = Either(product.Value, Same(product.Left) & Same(product.Right), shared[product.Value]);
            forGate[product.Value] = m.Wire($"gate_{product.Value}", NotZero("gate", product, any));
        }

        var golds = m.Instance("gold", gold.Top, [.. gold.Top.InputPorts.Select(p => (p.Name, forGold[p.Name]))]);
        var gates = m.Instance("gate", gate.Top, [.. gate.Top.InputPorts.Select(p => (p.Name, forGate[p.Name]))]);
        Expression differs = Expression.FromInteger(0, 1);
        foreach (var port in original.Top.OutputPorts)
        {
            differs = Or(port.Name, ~Expression.Equal(golds[port.Name], gates[port.Name]));
        }

        foreach (var port in gold.Watched)
        {
            differs = Or(port, ~Expression.Equal(golds[port], gates[port]));
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

        Reference Out(string instance, string port) => new($"{instance}_{port}", widths[port]);

        Expression Same(string port) => Expression.Equal(Out("gold", port), Out("gate", port));

        Expression Either(string name, Expression same, Expression value) =>
            m.Wire($"either_{name}", Expression.Mux(m.Wire($"same_{name}", same), value, m.Input($"other_{name}", value.Width)));

        Expression NotZero(string instance, CutView.Product product, Expression value) => Expression.Mux(
            Expression.ReduceOr(Out(instance, product.Left)) & Expression.ReduceOr(Out(instance, product.Right)),
            value, Expression.FromInteger(0, value.Width));
    }

    private static Module Renamed(Module module) => module with
    {
        Name = module.Name + Suffix,
        Instances = module.Instances.Select(i => i with { Module = Renamed(i.Module) }).ToEquatableArray(),
    };
}
