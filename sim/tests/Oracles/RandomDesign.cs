using System.Numerics;
using HwSeed.Hdl;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Sim.Tests.Oracles;

/// <summary>Random designs with everything that the language has: two levels of hierarchy, memories, wide values.</summary>
internal static class RandomDesign
{
    private static readonly int[] Widths = [1, 1, 1, 2, 3, 7, 8, 8, 16, 24, 31, 32, 33, 63, 64, 65, 100, 128, 129, 200];

    public static Design Generate(int seed)
    {
        var random = new Random(seed);
        var leaf = Build(random, $"leaf{seed}", null, 6, clocks: false);
        return new(Build(random, $"top{seed}", leaf, 10, clocks: false));
    }

    /// <summary>The same without the implicit clock: every edge is that of an input, a register or logic.</summary>
    public static Design WithPorts(int seed)
    {
        var random = new Random(seed);
        var leaf = Build(random, $"leaf{seed}", null, 6, clocks: true, hasImplicitClock: false);
        return new(Build(random, $"top{seed}", leaf, 10, clocks: true, hasImplicitClock: false));
    }

    /// <summary>The same with latches, and with registers and writes at edges of inputs, registers and logic.</summary>
    public static Design WithClocks(int seed)
    {
        var random = new Random(seed);
        var leaf = Build(random, $"leaf{seed}", null, 6, clocks: true);
        return new(Build(random, $"top{seed}", leaf, 10, clocks: true));
    }

    public static BitVector Value(Random random, int width)
    {
        // Corners as often as noise: zero, all ones and single bits find what noise does not.
        var value = random.Next(5) switch
        {
            0 => BigInteger.Zero,
            1 => -BigInteger.One,
            2 => BigInteger.One << random.Next(width),
            _ => Noise(random, width),
        };
        return new(value, width);
    }

    private static BigInteger Noise(Random random, int width)
    {
        var bytes = new byte[(width / 8) + 2];
        random.NextBytes(bytes);
        return new(bytes);
    }

    private static Module Build(Random random, string name, Module? child, int wires, bool clocks, bool hasImplicitClock = true)
    {
        var builder = new ModuleBuilder(name, hasImplicitClock);
        var pool = new List<Expression>();
        var signals = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            pool.Add(builder.Input($"i{i}", Width(random)));
        }

        for (var i = 0; i < 3 && clocks; i++)
        {
            builder.Input($"clk{i}");
            signals.Add($"clk{i}");
        }

        var registers = new List<Reference>();
        for (var i = 0; i < 5; i++)
        {
            registers.Add(builder.Register($"r{i}", Width(random)));
            pool.Add(registers[^1]);
        }

        for (var i = 0; i < wires; i++)
        {
            pool.Add(builder.Wire($"w{i}", Grow(random, pool, Width(random), 4)));
            if (clocks && i % 3 == 0)
            {
                pool.Add(builder.Latch($"l{i}", Bit(), Grow(random, pool, Width(random), 3)));
            }
        }

        for (var i = 0; i < 2 && child is not null; i++)
        {
            // A child's clocks are the parent's, or derived from anything that was there before it.
            var inputs = child.InputPorts.Select(p => (
                p.Name, p.Name.StartsWith("clk", StringComparison.Ordinal) && random.Next(3) > 0
                    ? new Reference(p.Name, 1)
                    : p.Name.StartsWith("clk", StringComparison.Ordinal)
                        ? Expression.ReduceXor(Expression.Concat(registers[random.Next(5)], Pick(random, pool)))
                        : Grow(random, pool, p.Width, 2))).ToArray();
            pool.AddRange(builder.Instance($"u{i}", child, inputs).Values);
        }

        var (width, depth) = (Width(random), random.Next(2, 20));
        var contents = Enumerable.Range(0, random.Next(depth)).Select(_ => Value(random, width)).ToEquatableArray();
        var writes = Enumerable.Range(0, random.Next(1, 3)).Select(_ => new MemoryWrite(Bit(), Address(), Grow(random, pool, width, 2))
        {
            Mask = random.Next(2) == 0 ? null : Grow(random, pool, width, 2),
            Edges = Edges(),
        }).ToEquatableArray();
        pool.AddRange(builder.Memory(new("m", width, depth, writes, hasImplicitClock ? [new("q0", Address(), null), new("q1", Address(), Bit())] : [])
        {
            Contents = contents,
        }));
        for (var i = 0; i < 2; i++)
        {
            pool.Add(builder.Wire($"read{i}", new MemoryWord("m", Grow(random, pool, Width(random), 2), width)));
        }

        foreach (var register in registers)
        {
            var resetValue = (long)Value(random, Math.Min(register.Width, 60)).ToUInt64();
            builder.Drive(new Register(
                register.Name,
                Grow(random, pool, register.Width, 4),
                random.Next(2) == 0 ? null : Bit(),
                random.Next(3) > 0 ? null : Bit(),
                new(resetValue, register.Width))
            {
                Edges = Edges(),
                InitialValue = random.Next(3) == 0 ? Value(random, register.Width) : null,
            });
        }

        for (var i = 0; i < 4; i++)
        {
            builder.Output($"o{i}", Grow(random, pool, Width(random), 3));
        }

        return builder.Build();

        Expression Bit() => Grow(random, pool, 1, 2);
        Expression Address() => Grow(random, pool, Math.Max(1, (int)Math.Ceiling(Math.Log2(depth))), 2);
        EquatableArray<ClockEdge> Edges() => clocks && (!hasImplicitClock || random.Next(3) > 0)
            ? [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => new ClockEdge(signals[random.Next(signals.Count)], random.Next(3) > 0))]
            : [];
    }

    private static int Width(Random random) => Widths[random.Next(Widths.Length)];

    private static Expression Grow(Random random, List<Expression> pool, int width, int depth)
    {
        if (depth == 0)
        {
            return random.Next(6) == 0 ? new Constant(Value(random, width)) : Fit(random, Pick(random, pool), width);
        }

        return random.Next(13) switch
        {
            11 => Shift(),
            12 => random.Next(2) == 0
                ? Expression.DivideUnsigned(Sub(width), Sub(width))
                : Expression.ModuloUnsigned(Sub(width), Sub(width)),
            0 => Sub(width) + Sub(width),
            1 => Sub(width) - Sub(width),
            2 => (Sub(width) & Sub(width)) | Sub(width),
            3 => Sub(width) ^ ~Sub(width),
            4 => Expression.Mux(Sub(1), Sub(width), Sub(width)),
            5 => Fit(random, Compare(), width),
            6 => Fit(random, Product(), width),
            7 => Fit(random, Reduction(), width),
            8 when width > 1 => Cat(random.Next(1, width)),
            9 => Fit(random, Sub(Width(random)), width),
            _ => Fit(random, Pick(random, pool), width),
        };

        Expression Sub(int w) => Grow(random, pool, w, depth - 1);

        Expression Cat(int low) => Expression.Concat(Sub(width - low), Sub(low));

        Expression Compare()
        {
            var w = Width(random);
            return random.Next(3) switch
            {
                0 => Expression.Equal(Sub(w), Sub(w)),
                1 => Expression.LessThanUnsigned(Sub(w), Sub(w)),
                _ => Expression.LessThanSigned(Sub(w), Sub(w)),
            };
        }

        Expression Shift()
        {
            // Counts that may lie far above the width, and some that stay near it.
            var count = Sub(random.Next(3) == 0 ? Width(random) : random.Next(1, 9));
            return random.Next(3) switch
            {
                0 => Expression.ShiftLeft(Sub(width), count),
                1 => Expression.ShiftRight(Sub(width), count),
                _ => Expression.ShiftRightSigned(Sub(width), count),
            };
        }

        Expression Product()
        {
            var left = random.Next(1, random.Next(3) == 0 ? 150 : 33);
            var right = random.Next(1, left > 32 ? 150 : 65 - left);
            return random.Next(2) == 0
                ? Expression.MultiplySigned(Sub(left), Sub(right))
                : Expression.MultiplyUnsigned(Sub(left), Sub(right));
        }

        Expression Reduction()
        {
            var operand = Sub(Width(random));
            return random.Next(3) switch
            {
                0 => Expression.ReduceOr(operand),
                1 => Expression.ReduceAnd(operand),
                _ => Expression.ReduceXor(operand),
            };
        }
    }

    private static Expression Fit(Random random, Expression value, int width)
    {
        if (value.Width > width)
        {
            return Expression.Slice(value, random.Next(value.Width - width + 1), width);
        }

        return random.Next(2) == 0 ? Expression.ZeroExtend(value, width) : Expression.SignExtend(value, width);
    }

    private static Expression Pick(Random random, List<Expression> pool) => pool[random.Next(pool.Count)];
}
