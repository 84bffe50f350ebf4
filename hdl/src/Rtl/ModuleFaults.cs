namespace HwSeed.Hdl.Rtl;

/// <summary>All modules that differ from a given one by a single fault.</summary>
internal static class ModuleFaults
{
    public static IEnumerable<Fault<Module>> Of(Module module) =>
    [
        .. Each(module.Wires, w => Driven(w.Value, v => w with { Value = v }), m => module with { Wires = m }, w => w.Name),
        .. Each(module.Registers, Faults, m => module with { Registers = m }, r => r.Name),
        .. Each(module.Latches, l => In(l.Value, v => l with { Value = v }), m => module with { Latches = m }, l => l.Name),
        .. Each(module.Memories, m => MemoryFaults.Of(m), m => module with { Memories = m }, r => r.Name),
        .. Each(module.Instances, Faults, m => module with { Instances = m }, i => i.Name),
        .. Each(module.Outputs, o => Driven(o.Value, v => o with { Value = v }), m => module with { Outputs = m }, o => o.Port),
    ];

    /// <summary>The faults inside of a value.</summary>
    internal static IEnumerable<Fault<T>> In<T>(Expression value, Func<Expression, T> rebuild) =>
        ExpressionFaults.Of(value).Select(f => f.In(rebuild));

    internal static EquatableArray<T> With<T>(EquatableArray<T> items, int index, T item) =>
        items.Select((old, i) => i == index ? item : old).ToEquatableArray();

    /// <summary>Replaces one item of a list by each of its faulty forms.</summary>
    private static IEnumerable<Fault<Module>> Each<T>(
        EquatableArray<T> items, Func<T, IEnumerable<Fault<T>>> faults, Func<EquatableArray<T>, Module> rebuild, Func<T, string> name)
    {
        for (var i = 0; i < items.Count; i++)
        {
            foreach (var fault in faults(items[i]))
            {
                var module = rebuild(With(items, i, fault.Faulty));
                yield return new(module, fault.Kind, $"{module.Name}.{name(items[i])}: {fault.What}");
            }
        }
    }

    /// <summary>The faults of a value that drives something: those inside of it, its top bit lost, nothing driven.</summary>
    private static IEnumerable<Fault<T>> Driven<T>(Expression value, Func<Expression, T> rebuild)
    {
        foreach (var fault in In(value, rebuild).Concat(ExpressionFaults.Narrowed(value).Select(f => f.In(rebuild))))
        {
            yield return fault;
        }

        if (value is not Constant)
        {
            yield return new(rebuild(Expression.FromInteger(0, value.Width)), FaultKind.Assignment, "the assignment was dropped");
        }
    }

    private static IEnumerable<Fault<Register>> Faults(Register r)
    {
        if (r.Enable is { } enable)
        {
            yield return new(r with { Enable = ~enable }, FaultKind.Enable, "the enable was inverted");
            yield return new(r with { Enable = null }, FaultKind.Enable, "the enable was dropped");
            foreach (var fault in ExpressionFaults.Of(enable))
            {
                yield return fault.In(v => r with { Enable = v }, "in the enable ");
            }
        }

        for (var i = 0; i < r.Edges.Count; i++)
        {
            yield return new(
                r with { Edges = With(r.Edges, i, r.Edges[i] with { Rising = !r.Edges[i].Rising }) }, FaultKind.Edge,
                $"the {(r.Edges[i].Rising ? "rising" : "falling")} edge of '{r.Edges[i].Signal}' became the other one");
        }

        if (r.Reset is { } reset)
        {
            yield return new(r with { Reset = ~reset }, FaultKind.Reset, "the reset was inverted");
            yield return new(r with { Reset = null }, FaultKind.Reset, "the reset was dropped");
            yield return new(r with { ResetValue = r.ResetValue + new BitVector(1, r.Width) }, FaultKind.Reset, "the reset value is one too large");
            foreach (var fault in ExpressionFaults.Of(reset))
            {
                yield return fault.In(v => r with { Reset = v }, "in the reset ");
            }
        }

        foreach (var fault in In(r.Next, v => r with { Next = v })
            .Concat(ExpressionFaults.Narrowed(r.Next).Select(f => f.In(v => r with { Next = v }))))
        {
            yield return fault;
        }

        var held = new Reference(r.Name, r.Width);
        if (r.Next != held)
        {
            yield return new(r with { Next = held }, FaultKind.Assignment, "the assignment was dropped");
        }
    }

    private static IEnumerable<Fault<Instance>> Faults(Instance instance)
    {
        for (var i = 0; i < instance.Inputs.Count; i++)
        {
            var (index, input) = (i, instance.Inputs[i]);
            foreach (var fault in Driven(input.Value, v => With(instance.Inputs, index, input with { Value = v })))
            {
                yield return fault.In(inputs => instance with { Inputs = inputs }, $"at input '{input.Port}' ");
            }
        }
    }
}
