namespace HwSeed.Hdl.Rtl;

/// <summary>All modules that differ from a given one by a single fault.</summary>
internal static class ModuleFaults
{
    public static IEnumerable<(Module Module, string Description)> Of(Module module) =>
    [
        .. Each(module.Wires, w => In(w.Value, v => w with { Value = v }), m => module with { Wires = m }, w => w.Name),
        .. Each(module.Registers, Faults, m => module with { Registers = m }, r => r.Name),
        .. Each(module.Latches, l => In(l.Value, v => l with { Value = v }), m => module with { Latches = m }, l => l.Name),
        .. Each(module.Memories, Faults, m => module with { Memories = m }, r => r.Name),
        .. Each(module.Instances, Faults, m => module with { Instances = m }, i => i.Name),
        .. Each(module.Outputs, o => In(o.Value, v => o with { Value = v }), m => module with { Outputs = m }, o => o.Port),
    ];

    /// <summary>Replaces one item of a list by each of its faulty forms.</summary>
    private static IEnumerable<(Module, string)> Each<T>(
        EquatableArray<T> items,
        Func<T, IEnumerable<(T Faulty, string Description)>> faults,
        Func<EquatableArray<T>, Module> rebuild,
        Func<T, string> name)
    {
        for (var i = 0; i < items.Count; i++)
        {
            foreach (var (faulty, description) in faults(items[i]))
            {
                var module = rebuild(With(items, i, faulty));
                yield return (module, $"{module.Name}.{name(items[i])}: {description}");
            }
        }
    }

    private static IEnumerable<(T, string)> In<T>(Expression value, Func<Expression, T> rebuild) =>
        ExpressionFaults.Of(value).Select(f => (rebuild(f.Faulty), f.Description));

    private static IEnumerable<(Register, string)> Faults(Register r)
    {
        if (r.Enable is not null)
        {
            yield return (r with { Enable = ~r.Enable }, "the enable was inverted");
            yield return (r with { Enable = null }, "the enable was dropped");
        }

        for (var i = 0; i < r.Edges.Count; i++)
        {
            yield return (
                r with { Edges = With(r.Edges, i, r.Edges[i] with { Rising = !r.Edges[i].Rising }) },
                $"the {(r.Edges[i].Rising ? "rising" : "falling")} edge of '{r.Edges[i].Signal}' became the other one");
        }

        if (r.Reset is not null)
        {
            yield return (r with { Reset = null }, "the reset was dropped");
            yield return (r with { ResetValue = r.ResetValue + One(r.Width) }, "the reset value is one too large");
        }

        foreach (var fault in In(r.Next, v => r with { Next = v }))
        {
            yield return fault;
        }
    }

    private static IEnumerable<(Memory, string)> Faults(Memory m)
    {
        for (var i = 0; i < m.Writes.Count; i++)
        {
            var (index, write) = (i, m.Writes[i]);
            Memory Rebuild(MemoryWrite faulty) => m with { Writes = With(m.Writes, index, faulty) };
            yield return (Rebuild(write with { Enable = ~write.Enable }), "the write enable was inverted");
            if (write.Mask is not null)
            {
                yield return (Rebuild(write with { Mask = ~write.Mask }), "the write mask was inverted");
                yield return (Rebuild(write with { Mask = null }), "the write mask was dropped");
            }

            foreach (var fault in In(write.Address, v => Rebuild(write with { Address = v }))
                .Concat(In(write.Data, v => Rebuild(write with { Data = v }))))
            {
                yield return fault;
            }
        }

        for (var i = 0; i < m.Reads.Count; i++)
        {
            var (index, read) = (i, m.Reads[i]);
            foreach (var fault in In(read.Address, v => m with { Reads = With(m.Reads, index, read with { Address = v }) }))
            {
                yield return fault;
            }
        }
    }

    private static IEnumerable<(Instance, string)> Faults(Instance instance)
    {
        for (var i = 0; i < instance.Inputs.Count; i++)
        {
            var (index, input) = (i, instance.Inputs[i]);
            foreach (var (faulty, description) in ExpressionFaults.Of(input.Value))
            {
                yield return (
                    instance with { Inputs = With(instance.Inputs, index, input with { Value = faulty }) },
                    $"at input '{input.Port}' {description}");
            }
        }
    }

    private static EquatableArray<T> With<T>(EquatableArray<T> items, int index, T item) =>
        items.Select((old, i) => i == index ? item : old).ToEquatableArray();

    private static BitVector One(int width) => new(1, width);
}
