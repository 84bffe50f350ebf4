using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Generators;

/// <summary>
/// Vendor blocks as modules of our own: what they do is written in the hardware language, for simulation, and synthesis for a
/// device that has the block takes its own definition of the module in place of ours. Both are compared in verilator-tests.
/// </summary>
public static class DspCells
{
    /// <summary>Name of the module with two signed 8x8 multipliers, registered before and after: two edges.</summary>
    public const string PairName = "dsp_multiplier_pair";

    /// <summary>
    /// <see cref="PairName"/> as one SB_MAC16 of iCE40 UltraPlus in its 8x8 mode (Lattice, iCE40 Technology Library): both input
    /// registers and both product registers on, adders and their outputs not used.
    /// </summary>
    public static string UltraPlusPair { get; } = UltraPlus(PairName, isWide: false, """
            output wire [15:0] low,
            output wire [15:0] high
        """, "{high, low}");

    /// <summary>Name of the module with one signed 16x16 multiplier, registered before, in and after: three edges.</summary>
    public const string WideName = "dsp_multiplier";

    /// <summary><see cref="WideName"/> as one SB_MAC16 in its 16x16 mode: all registers up to the product on, adders not used.</summary>
    public static string UltraPlusWide { get; } = UltraPlus(WideName, isWide: true, """
            output wire [31:0] product
        """, "product");

    /// <summary>Edges through <see cref="PairName"/>.</summary>
    public const int PairStages = 2;

    /// <summary>Edges through <see cref="WideName"/>.</summary>
    public const int WideStages = 3;

    private const int BlockBits = 8;

    /// <summary>What a block does with two pairs, in the hardware language.</summary>
    public static Module Pair { get; } = MakePair();

    /// <summary>What a block does with one wide pair, in the hardware language.</summary>
    public static Module Wide { get; } = MakeWide();

    /// <summary>Whether a module stands for a block.</summary>
    /// <param name="module">Any module.</param>
    public static bool IsBlock(Module module) => module.Name is PairName or WideName;

    /// <summary>The products of two pairs of operands, some edges later: two in the block, further ones behind it.</summary>
    /// <param name="m">The PE.</param>
    /// <param name="name">The instance.</param>
    /// <param name="a">Two operands of at most 8 bits, the first one low.</param>
    /// <param name="b">As <paramref name="a"/>.</param>
    /// <param name="stages">Edges, at least <see cref="PairStages"/>.</param>
    internal static Expression[] Products(ModuleBuilder m, string name, Expression a, Expression b, int stages)
    {
        var width = (a.Width + b.Width) / 2;
        var block = m.Instance(name, Pair, ("a", Operands(a)), ("b", Operands(b)));
        return
        [
            .. new[] { "low", "high" }.Select(port =>
                ArrayEdges.Delay(m, $"{name}_{port}_q", block[port][0, width], stages - PairStages)),
        ];

        static Expression Operands(Expression pair)
        {
            var bits = pair.Width / 2;
            return Expression.Concat(
                Expression.SignExtend(pair[bits, bits], BlockBits), Expression.SignExtend(pair[0, bits], BlockBits));
        }
    }

    /// <summary>The product of one pair of operands, some edges later: three in the block, further ones behind it.</summary>
    /// <param name="m">The PE.</param>
    /// <param name="name">The instance.</param>
    /// <param name="a">An operand of at most 16 bits.</param>
    /// <param name="b">As <paramref name="a"/>.</param>
    /// <param name="stages">Edges, at least <see cref="WideStages"/>.</param>
    internal static Expression Product(ModuleBuilder m, string name, Expression a, Expression b, int stages)
    {
        var block = m.Instance(
            name, Wide, ("a", Expression.SignExtend(a, 2 * BlockBits)), ("b", Expression.SignExtend(b, 2 * BlockBits)));
        return ArrayEdges.Delay(m, $"{name}_product_q", block["product"][0, a.Width + b.Width], stages - WideStages);
    }

    /// <summary>SB_MAC16 as a multiplier with its input and product registers; its 16x16 mode has two more on the way.</summary>
    private static string UltraPlus(string name, bool isWide, string outputs, string result)
    {
        var (wide, select) = isWide ? ("1'b1", "2'b11") : ("1'b0", "2'b10");
        return $$"""
            module {{name}} (
                input wire clk,
                input wire [15:0] a,
                input wire [15:0] b,
            {{outputs}}
            );
                SB_MAC16 #(
                    .NEG_TRIGGER(1'b0), .A_REG(1'b1), .B_REG(1'b1), .C_REG(1'b0), .D_REG(1'b0),
                    .TOP_8x8_MULT_REG(1'b1), .BOT_8x8_MULT_REG(1'b1),
                    .PIPELINE_16x16_MULT_REG1({{wide}}), .PIPELINE_16x16_MULT_REG2({{wide}}),
                    .TOPOUTPUT_SELECT({{select}}), .BOTOUTPUT_SELECT({{select}}),
                    .TOPADDSUB_LOWERINPUT(2'b00), .TOPADDSUB_UPPERINPUT(1'b0), .TOPADDSUB_CARRYSELECT(2'b00),
                    .BOTADDSUB_LOWERINPUT(2'b00), .BOTADDSUB_UPPERINPUT(1'b0), .BOTADDSUB_CARRYSELECT(2'b00),
                    .MODE_8x8({{(isWide ? "1'b0" : "1'b1")}}), .A_SIGNED(1'b1), .B_SIGNED(1'b1)
                ) block (
                    .CLK(clk), .CE(1'b1), .A(a), .B(b), .C(16'h0000), .D(16'h0000), .O({{result}}),
                    .AHOLD(1'b0), .BHOLD(1'b0), .CHOLD(1'b0), .DHOLD(1'b0),
                    .IRSTTOP(1'b0), .IRSTBOT(1'b0), .ORSTTOP(1'b0), .ORSTBOT(1'b0),
                    .OLOADTOP(1'b0), .OLOADBOT(1'b0), .ADDSUBTOP(1'b0), .ADDSUBBOT(1'b0),
                    .OHOLDTOP(1'b0), .OHOLDBOT(1'b0), .CI(1'b0), .ACCUMCI(1'b0), .SIGNEXTIN(1'b0)
                );
            endmodule

            """;
    }

    private static Module MakePair()
    {
        var m = new ModuleBuilder(PairName);
        var a = m.Register("a_q", m.Input("a", 2 * BlockBits));
        var b = m.Register("b_q", m.Input("b", 2 * BlockBits));
        m.Output("low", m.Register("low_q", Expression.MultiplySigned(a[0, BlockBits], b[0, BlockBits])));
        m.Output("high", m.Register("high_q", Expression.MultiplySigned(a[BlockBits, BlockBits], b[BlockBits, BlockBits])));
        return m.Build();
    }

    private static Module MakeWide()
    {
        var m = new ModuleBuilder(WideName);
        var a = m.Register("a_q", m.Input("a", 2 * BlockBits));
        var b = m.Register("b_q", m.Input("b", 2 * BlockBits));
        m.Output("product", m.Register("product_q", m.Register("partial_q", Expression.MultiplySigned(a, b))));
        return m.Build();
    }
}
