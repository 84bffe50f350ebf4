namespace HwSeed.Hdl.Rtl;

/// <summary>What every rule wants to know of one module: its names and its expressions with their places.</summary>
internal sealed class ModuleScope
{
    public ModuleScope(Module module)
    {
        Module = module;
        Declared = [.. Declarations(module)];
        Values = [.. Expressions(module)];
        foreach (var (name, width) in Declared)
        {
            Widths.TryAdd(name, width);
        }
    }

    public Module Module { get; }

    /// <summary>Every declared name in order, repeats included; width null for what is no signal or has none known.</summary>
    public IReadOnlyList<(string Name, int? Width)> Declared { get; }

    /// <summary>Width of every declared name; the first declaration counts.</summary>
    public Dictionary<string, int?> Widths { get; } = [];

    /// <summary>Every expression of the module and the object that it belongs to, as module.object.</summary>
    public IReadOnlyList<(string Place, Expression Value)> Values { get; }

    /// <summary>Every node of every expression and its place.</summary>
    public IEnumerable<(string Place, Expression Node)> Nodes =>
        Values.SelectMany(v => ExpressionTree.Nodes(v.Value).Select(n => (v.Place, n)));

    /// <summary>Every edge at which state changes and the object to which the state belongs.</summary>
    public IEnumerable<(string Place, ClockEdge Edge)> Edges =>
        Module.Registers.SelectMany(r => r.Edges.Select(e => (Place(r.Name), e)))
            .Concat(Module.Memories.SelectMany(m => m.Writes.SelectMany(w => w.Edges).Select(e => (Place(m.Name), e))));

    public string Place(string name) => $"{Module.Name}.{name}";

    private static IEnumerable<(string, int?)> Declarations(Module module)
    {
        foreach (var port in module.Ports)
        {
            yield return (port.Name, port.Width);
        }

        foreach (var wire in module.Wires)
        {
            yield return (wire.Name, wire.Width);
        }

        foreach (var register in module.Registers)
        {
            yield return (register.Name, register.Width);
        }

        foreach (var latch in module.Latches)
        {
            yield return (latch.Name, latch.Width);
        }

        foreach (var memory in module.Memories)
        {
            yield return (memory.Name, null);
            foreach (var read in memory.Reads)
            {
                yield return (read.Name, memory.Width);
            }
        }

        foreach (var instance in module.Instances)
        {
            yield return (instance.Name, null);
            foreach (var output in instance.Outputs)
            {
                yield return (output.Signal, instance.Module.OutputPorts.FirstOrDefault(p => p.Name == output.Port)?.Width);
            }
        }
    }

    private IEnumerable<(string, Expression)> Expressions(Module module)
    {
        foreach (var wire in module.Wires)
        {
            yield return (Place(wire.Name), wire.Value);
        }

        foreach (var register in module.Registers)
        {
            foreach (var value in (Expression?[])[register.Reset, register.Enable, register.Next])
            {
                if (value is not null)
                {
                    yield return (Place(register.Name), value);
                }
            }
        }

        foreach (var latch in module.Latches)
        {
            yield return (Place(latch.Name), latch.Value);
        }

        foreach (var memory in module.Memories)
        {
            foreach (var value in memory.Writes.SelectMany(w => new[] { w.Enable, w.Address, w.Data, w.Mask }).OfType<Expression>())
            {
                yield return (Place(memory.Name), value);
            }

            foreach (var read in memory.Reads)
            {
                yield return (Place(read.Name), read.Address);
                if (read.Enable is not null)
                {
                    yield return (Place(read.Name), read.Enable);
                }
            }
        }

        foreach (var (instance, input) in module.Instances.SelectMany(i => i.Inputs.Select(c => (i, c))))
        {
            yield return (Place($"{instance.Name}.{input.Port}"), input.Value);
        }

        foreach (var output in module.Outputs)
        {
            yield return (Place(output.Port), output.Value);
        }
    }
}
