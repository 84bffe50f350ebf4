using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Tests.Verilog;

/// <summary>Small designs that between them hold every construct of the language.</summary>
internal static class SampleDesigns
{
    /// <summary>One wire for every kind of expression node.</summary>
    public static Design EveryNode()
    {
        var m = new ModuleBuilder("every_node");
        var (a, b, c) = (m.Input("a", 8), m.Input("b", 8), m.Input("c"));
        m.Output("add", a + b);
        m.Output("sub", a - b);
        m.Output("bitwise", (a & b) | (a ^ ~b));
        m.Output("reduced", Expression.Concat(Expression.ReduceOr(a), Expression.ReduceAnd(a), Expression.ReduceXor(a + b)));
        m.Output("compared", Expression.Concat(
            Expression.Equal(a, b), Expression.LessThanUnsigned(a, b), Expression.LessThanSigned(a, a - b)));
        m.Output("product", Expression.MultiplySigned(a, b) + Expression.MultiplyUnsigned(a + b, b));
        m.Output("dot", Expression.MultiplySigned(Expression.MultiplySigned(a, b), a));
        m.Output("mux", Expression.Mux(c, a, Expression.Mux(Expression.Equal(a, b), b, Expression.FromInteger(255, 8))));
        m.Output("msb", a[7, 1]);
        m.Output("nibble", (a + b)[2, 4]);
        m.Output("zero", Expression.ZeroExtend(a, 12));
        m.Output("sign", Expression.SignExtend(a, 12));
        m.Output("sign_of_sum", Expression.SignExtend(a + b, 12));
        m.Output("quotient", Expression.DivideUnsigned(a + b, b));
        m.Output("remainder", Expression.ModuloUnsigned(a, b));
        m.Output("shifted", Expression.ShiftLeft(a, b) ^ Expression.ShiftRight(a, b + a));
        m.Output("shifted_signed", Expression.ShiftRightSigned(a, b) & a);
        m.Output("shifted_far", Expression.ShiftRightSigned(a, Expression.Concat(a, b, a, b, c)));
        m.Output("all_ones", Expression.SignExtend(c, 100));
        return new(m.Build());
    }

    /// <summary>All four combinations of enable and reset.</summary>
    public static Design Registers()
    {
        var m = new ModuleBuilder("registers");
        var (reset, enable, d) = (m.Input("reset"), m.Input("enable"), m.Input("d", 8));
        m.Output("q0", m.Register("plain", d));
        m.Output("q1", m.Register("enabled", d, enable));
        m.Output("q2", m.Register("with_reset", d, null, reset, 5));
        var count = m.Register("count", 8);
        m.Drive(count, count + Expression.FromInteger(1, 8), enable, reset, 255);
        m.Output("q3", count);
        return new(m.Build());
    }

    /// <summary>A memory of one iCE40 block RAM.</summary>
    public static Design BlockRam()
    {
        var m = new ModuleBuilder("block_ram");
        var (we, wa, wd, re, ra) = (m.Input("we"), m.Input("wa", 8), m.Input("wd", 16), m.Input("re"), m.Input("ra", 8));
        m.Output("rd", m.Memory("words", 16, 256, new(we, wa, wd), new MemoryRead("word", ra, re))[0]);
        return new(m.Build());
    }

    /// <summary>Explicit clocks: an asynchronous reset, a latch, masked writes, a range that is cleared, and words read without a clock.</summary>
    public static Design Clocks()
    {
        var m = new ModuleBuilder("clocks", hasImplicitClock: false);
        var (clk, reset, enable) = (m.Input("clk"), m.Input("rst_n"), m.Input("enable"));
        var (strobes, d, a) = (m.Input("strobes", 2), m.Input("d", 8), m.Input("a", 3));
        var q = m.Register("q", 8);
        m.Drive(new Register("q", Expression.Mux(~reset, Expression.FromInteger(5, 8), q + d), null, null, BitVector.Zero(8))
        {
            Edges = [new("clk", true), new("rst_n", false)],
            InitialValue = new(9, 8),
        });
        var held = m.Latch("held", enable & ~clk, q);
        m.Memory(new("words", 8, 6,
            [
                new(enable, a, d) { Edges = [new("clk", false)] },
                new(reset, a, q)
                {
                    Mask = Expression.Concat(Expression.SignExtend(strobes[1, 1], 4), Expression.SignExtend(strobes[0, 1], 4)),
                    Edges = [new("clk", false)],
                },
                new(strobes[1, 1], Expression.FromInteger(1, 3), d) { Words = 4, Edges = [new("clk", false)] },
            ],
            [])
        {
            Contents = [new(1, 8), new(2, 8)],
        });
        m.Output("y", held ^ new MemoryWord("words", a, 8));
        return new(m.Build());
    }

    /// <summary>A counter used twice below a top; one output stays open.</summary>
    public static Design Hierarchy()
    {
        var counter = Registers().Top;
        var m = new ModuleBuilder("hierarchy");
        var (reset, d) = (m.Input("reset"), m.Input("d", 8));
        var one = Expression.FromInteger(1, 1);
        var first = m.Instance("first", counter, ("reset", reset), ("enable", one), ("d", d));
        var second = m.Instance("second", counter, ("reset", reset), ("enable", ~reset), ("d", first["q3"] + d));
        m.Output("y", second["q0"] ^ first["q1"]);
        return new(m.Build());
    }
}
