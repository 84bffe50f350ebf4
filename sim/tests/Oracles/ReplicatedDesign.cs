using HwSeed.Hdl.Rtl;

namespace HwSeed.Sim.Tests.Oracles;

/// <summary>
/// A random array of equal cells: ragged sizes, neighbours of several kinds (left, above, wrapped, diagonal, transposed),
/// edges fed from buses or constants, controls common to all or one bit a cell, memories in cells, delay lines beside it.
/// </summary>
internal static class ReplicatedDesign
{
    private static readonly int[] Widths = [1, 3, 4, 7, 8, 9, 12, 16, 20, 24, 28, 31, 32, 33, 48, 64, 70];

    public static Design Generate(int seed)
    {
        var random = new Random(seed);
        var (rows, columns) = random.Next(3) == 0
            ? (1, random.Next(1, 41))
            : (random.Next(1, 7), random.Next(1, 11));
        var (narrow, wide) = (Widths[random.Next(9)], Widths[random.Next(Widths.Length)]);
        var cell = Cell(random, narrow, wide);
        var m = new ModuleBuilder("array");
        var cells = rows * columns;
        var clear = m.Input("clear");
        var enables = m.Input("enables", cells);
        var west = m.Input("west", rows * narrow);
        var north = m.Input("north", columns * narrow);
        var (fromWest, fromNorth) = (random.Next(5), random.Next(5));
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < columns; c++)
            {
                m.Instance($"pe_{r}_{c}", cell,
                    ("clear", clear), ("enable", enables[(r * columns) + c, 1]),
                    ("a", Neighbour(fromWest, r, c, "a", narrow, west[r * narrow, narrow])),
                    ("b", Neighbour(fromNorth, c, r, "b", narrow, north[c * narrow, narrow])),
                    ("up", r == 0 ? Expression.FromInteger(c == 0 ? 0 : 5 % (1 << Math.Min(wide, 20)), wide) : Sum(r - 1, c)));
            }
        }

        var line = west[0, narrow];
        for (var i = 0; i < random.Next(3, 40); i++)
        {
            line = m.Register($"line_{i}", line, random.Next(4) == 0 ? enables[0, 1] : null, random.Next(8) == 0 ? clear : null, resetValue: i % 2);
        }

        m.Output("line", line);
        for (var r = 0; r < rows; r++)
        {
            m.Output($"sums_{r}", Expression.Concat([.. Enumerable.Range(0, columns).Select(c => Sum(r, columns - 1 - c))]));
        }

        return new(m.Build());

        Expression Sum(int r, int c) => new Reference($"pe_{r}_{c}_sum", wide);

        Expression Neighbour(int kind, int i, int j, string name, int width, Expression edge)
        {
            // Along the row for a, along the column for b: "pe_i_j" for a, "pe_j_i" for b.
            var along = name == "a";
            var (last, lastAcross) = along ? (columns - 1, rows - 1) : (rows - 1, columns - 1);
            return kind switch
            {
                0 or 1 => j == 0 ? edge : At(i, j - 1),
                2 => At(i, j == 0 ? last : j - 1),
                3 => i == lastAcross || j == last ? edge : At(i + 1, j + 1),
                _ => j < i && i <= last && j <= lastAcross ? At(j, i) : edge,
            };

            Expression At(int x, int y) => new Reference(along ? $"pe_{x}_{y}_{name}_next" : $"pe_{y}_{x}_{name}_next", width);
        }
    }

    private static Module Cell(Random random, int narrow, int wide)
    {
        var m = new ModuleBuilder("cell");
        var clear = m.Input("clear");
        var enable = m.Input("enable");
        var a = m.Input("a", narrow);
        var b = m.Input("b", narrow);
        var up = m.Input("up", wide);
        var sum = m.Register("sum_q", wide);
        var count = m.Register("count", 5);
        m.Drive(count, count + Expression.FromInteger(1, 5), random.Next(2) == 0 ? enable : null, random.Next(2) == 0 ? clear : null);
        var product = random.Next(2) == 0 ? Expression.MultiplySigned(a, b) : Expression.MultiplyUnsigned(a, b);
        var term = Fit(random.Next(4) switch
        {
            0 => product,
            1 => Expression.Mux(Expression.LessThanSigned(a, b), a, b),
            2 => Expression.Mux(Expression.LessThanUnsigned(a, b), a ^ b, Expression.Mux(Expression.Equal(a, b), ~a, a & b)),
            _ => Expression.ZeroExtend(Expression.ReduceXor(product), 2) + Expression.ZeroExtend(Expression.ReduceOr(a), 2),
        });
        if (random.Next(3) == 0)
        {
            var word = m.Memory("words", narrow, random.Next(2, 12), new(enable, count[0, 3], a), new MemoryRead("word_q", count[1, 3], random.Next(2) == 0 ? enable : null));
            term ^= Fit(word[0]);
        }

        var next = random.Next(4) switch
        {
            0 => sum + term,
            1 => Expression.Mux(clear, up, sum + term),
            2 => up - term,
            _ => Expression.Mux(enable, sum, up) + term,
        };
        m.Drive(sum, next, random.Next(3) == 0 ? enable : null, random.Next(2) == 0 ? clear : null, resetValue: random.Next(2));
        m.Output("a_next", m.Register("a_q", a, random.Next(3) == 0 ? enable : null));
        m.Output("b_next", m.Register("b_q", random.Next(3) == 0 ? b + a : b));
        m.Output("sum", sum);
        return m.Build();

        Expression Fit(Expression value) => value.Width >= wide ? value[0, wide]
            : random.Next(2) == 0 ? Expression.SignExtend(value, wide) : Expression.ZeroExtend(value, wide);
    }
}
