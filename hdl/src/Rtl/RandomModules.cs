namespace HwSeed.Hdl.Rtl;

/// <summary>
/// Random designs for tests that compare two readings of the language: every node kind, registers with and without
/// enable and reset, on the implicit clock and at edges of the inputs <c>tick</c> and <c>clear</c>, latches, memories with
/// several writes, masks and contents, three levels of modules. All keep <see cref="RtlRules"/> (warnings aside); the same seed
/// gives the same design. Signals have 1 to 100 bits; sums, products and ordered comparisons at most 64.
/// Every module's inputs are <c>reset</c>, <c>enable</c> and a few more; memory addresses never leave the memory.
/// </summary>
public static class RandomModules
{
    /// <summary>A design: two leaves, two modules that use them, and a top that uses those.</summary>
    /// <param name="seed">Decides everything.</param>
    /// <param name="isClockedOnly">Whether all state is in registers on the rising implicit clock, and so known from power-up on.</param>
    public static Design Generate(int seed, bool isClockedOnly = false)
    {
        var random = new Random(seed);
        var leaves = new[] { Module(random, "leaf0", [], isClockedOnly), Module(random, "leaf1", [], isClockedOnly) };
        var middles = new[] { Module(random, "middle0", leaves, isClockedOnly), Module(random, "middle1", leaves, isClockedOnly) };
        return new(Module(random, "top", middles, isClockedOnly));
    }

    private static Module Module(Random random, string name, Module[] children, bool isClockedOnly)
    {
        var builder = new ModuleBuilder(name);
        var values = new RandomExpressions(random);
        values.Add(builder.Input("reset"));
        values.Add(builder.Input("enable"));
        var (tick, clear) = (builder.Input("tick"), builder.Input("clear"));
        for (var i = random.Next(2, 5); i > 0; i--)
        {
            values.Add(builder.Input($"in{i}", values.Width()));
        }

        // Registers are readable before they are driven: that makes feedback.
        var registers = Enumerable.Range(0, random.Next(2, 6)).Select(i => builder.Register($"r{i}", values.Width())).ToList();
        registers.ForEach(values.Add);
        for (var i = 0; i < random.Next(2, 6); i++)
        {
            values.Add(builder.Wire($"w{i}", values.OfWidth(values.Width(), depth: 4)));
        }

        if (!isClockedOnly && random.Next(2) == 0)
        {
            values.Add(builder.Latch("held", values.OfWidth(1, depth: 1), values.OfWidth(values.Width(), depth: 2)));
        }

        if (!isClockedOnly && random.Next(2) == 0)
        {
            AddMemory(random, builder, values);
        }

        for (var i = 0; i < (children.Length == 0 ? 0 : random.Next(2, 4)); i++)
        {
            var child = children[i % children.Length];
            var inputs = child.InputPorts.Select(p => (p.Name, p.Name switch
            {
                "tick" => tick,
                "clear" => clear,
                _ => values.OfWidth(p.Width, depth: 1),
            })).ToArray();
            foreach (var port in builder.Instance($"u{i}", child, inputs).OrderBy(o => o.Key, StringComparer.Ordinal))
            {
                values.Add(port.Value);
            }
        }

        for (var i = 0; i < random.Next(1, 4); i++)
        {
            values.Add(builder.Wire($"x{i}", values.OfWidth(values.Width(), depth: 3)));
        }

        foreach (var register in registers)
        {
            if (!isClockedOnly && random.Next(3) == 0)
            {
                var next = values.OfWidth(register.Width, depth: 3);
                var resets = random.Next(2) == 0;
                builder.Drive(new Register(
                    register.Name,
                    resets ? Expression.Mux(~clear, new Constant(new(random.Next(), register.Width)), next) : next,
                    null, null, BitVector.Zero(register.Width))
                {
                    Edges = resets ? [new("tick", true), new("clear", false)] : [new("tick", random.Next(2) == 0)],
                    InitialValue = new(random.Next(), register.Width),
                });
                continue;
            }

            builder.Drive(register, values.OfWidth(register.Width, depth: 3),
                random.Next(2) == 0 ? values.OfWidth(1, depth: 2) : null,
                random.Next(2) == 0 ? values.OfWidth(1, depth: 1) : null,
                random.NextInt64(1L << Math.Min(register.Width, 62)));
        }

        for (var i = 0; i < random.Next(2, 5); i++)
        {
            builder.Output($"out{i}", values.OfWidth(values.Width(), depth: 2));
        }

        return builder.Build();
    }

    private static void AddMemory(Random random, ModuleBuilder builder, RandomExpressions values)
    {
        var addressBits = random.Next(1, 6);
        var width = random.Next(1, 41);
        var writes = Enumerable.Range(0, random.Next(1, 3)).Select(_ => new MemoryWrite(
            values.OfWidth(1, depth: 1), values.OfWidth(addressBits, depth: 2), values.OfWidth(width, depth: 2))
        {
            Mask = random.Next(2) == 0 ? null : values.OfWidth(width, depth: 2),
        });
        var reads = Enumerable.Range(0, random.Next(1, 3)).Select(i => new MemoryRead(
            $"word{i}", values.OfWidth(addressBits, depth: 2), random.Next(2) == 0 ? values.OfWidth(1, depth: 1) : null));
        var contents = Enumerable.Range(0, random.Next(1 << addressBits)).Select(_ => new BitVector(random.Next(), width));
        values.AddMemory("words", width);
        foreach (var word in builder.Memory(new("words", width, 1 << addressBits, [.. writes], [.. reads]) { Contents = [.. contents] }))
        {
            values.Add(word);
        }
    }
}
