using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Generators;

/// <summary>Signed multipliers and dot products with a chosen number of register stages.</summary>
internal static class Multipliers
{
    /// <summary>
    /// The dot product of two vectors of signed operands, <see cref="Architecture.PePipeline"/> +
    /// <see cref="Architecture.AdderPipeline"/> edges later: a multiplier a lane and a tree of adders of just the width they
    /// need, whose last levels are registered.
    /// </summary>
    /// <param name="m">The PE.</param>
    /// <param name="arch">Lanes, operand bits and stages.</param>
    /// <param name="a">Lanes x operand bits, lane 0 lowest.</param>
    /// <param name="b">As <paramref name="a"/>.</param>
    public static Expression Dot(ModuleBuilder m, Architecture arch, Expression a, Expression b)
    {
        var bits = arch.OperandBits;
        if (arch.Lanes == 1)
        {
            return Signed(m, "", a, b, arch.PePipeline);
        }

        var terms = new List<Expression>();
        for (var lane = 0; lane < arch.Lanes; lane++)
        {
            if (!arch.IsDspLane(lane))
            {
                terms.Add(Signed(m, $"lane_{lane}_", a[lane * bits, bits], b[lane * bits, bits], arch.PePipeline));
            }
            else if (lane % 2 == 0)
            {
                terms.AddRange(DspCells.Products(m, $"dsp_{lane / 2}", a[lane * bits, 2 * bits], b[lane * bits, 2 * bits], arch.PePipeline));
            }
        }

        var levels = ArchitectureRules.AdderLevels(arch.Lanes);
        for (var level = 0; level < levels; level++)
        {
            var registered = arch.AdderPipeline >= levels - level;
            var width = terms[0].Width + 1;
            var sums = new List<Expression>();
            for (var i = 0; i < terms.Count; i += 2)
            {
                var sum = Expression.SignExtend(terms[i], width);
                sum = i + 1 < terms.Count ? sum + Expression.SignExtend(terms[i + 1], width) : sum;
                sums.Add(registered ? m.Register($"dot_{level}_{i / 2}_q", sum) : m.Wire($"dot_{level}_{i / 2}", sum));
            }

            terms = sums;
        }

        return terms[0];
    }

    /// <summary>
    /// The full product of two signed values of equal width (4 or 8 bits), <paramref name="stages"/> edges later.
    /// 0 and 1 stages leave the structure to synthesis; 2 and 3 build the tree of partial-product rows with a register
    /// after its last levels, since a registered adder tree is both smaller and faster on LUTs than a registered product.
    /// </summary>
    public static Expression Signed(ModuleBuilder m, string prefix, Expression a, Expression b, int stages)
    {
        if (stages < 2)
        {
            var product = m.Wire($"{prefix}product", Expression.MultiplySigned(a, b));
            return stages == 0 ? product : m.Register($"{prefix}product_q", product);
        }

        var width = a.Width;
        var terms = new List<Expression>();
        for (var i = 0; i < width; i++)
        {
            terms.Add(m.Wire($"{prefix}row_{i}", Expression.Mux(b[i, 1], a, Expression.FromInteger(0, width))));
        }

        var levels = EngineSizes.AddressBits(width);
        var spacing = 1;
        for (var level = 0; level < levels; level++, spacing *= 2)
        {
            var registered = stages >= levels - level;
            var sums = new List<Expression>();
            for (var i = 0; i < terms.Count; i += 2)
            {
                // The top row weighs -2^(width-1); only the first level's last pair sees it.
                var subtract = level == 0 && i + 2 == terms.Count;
                var sum = PairSum(terms[i], terms[i + 1], spacing, subtract);
                var name = $"{prefix}sum_{level}_{i / 2}";
                sums.Add(registered ? m.Register($"{name}_q", sum) : m.Wire(name, sum));
            }

            terms = sums;
        }

        var result = terms[0][0, 2 * width];
        for (var extra = levels; extra < stages; extra++)
        {
            result = m.Register($"{prefix}product_{extra}_q", result);
        }

        return result;
    }

    /// <summary>low + high * 2^spacing (or minus); the low bits of low pass by the adder.</summary>
    public static Expression PairSum(Expression low, Expression high, int spacing, bool subtract)
    {
        var width = high.Width + 1;
        var upper = Expression.SignExtend(low[spacing, low.Width - spacing], width);
        var extended = Expression.SignExtend(high, width);
        return Expression.Concat(subtract ? upper - extended : upper + extended, low[0, spacing]);
    }
}
