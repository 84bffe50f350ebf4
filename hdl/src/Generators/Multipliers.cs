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
    /// <param name="a">Streamed operands of a PE's lanes, or of those of several PEs; lane 0 lowest.</param>
    /// <param name="b">As many operands of the other kind.</param>
    public static Expression Dot(ModuleBuilder m, Architecture arch, Expression a, Expression b)
    {
        var terms = Products(m, arch, a, b);
        var levels = ArchitectureRules.AdderLevels(terms.Count);
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

    /// <summary>The product of one lane's operands in look-up tables, <see cref="Architecture.PePipeline"/> edges later.</summary>
    public static Expression Lane(ModuleBuilder m, Architecture arch, string prefix, Expression a, Expression b) => arch.Multiplier switch
    {
        Multiplier.Operator => Operator(m, prefix, a, b, arch.PePipeline),
        Multiplier.Array => Array(m, prefix, a, b, arch.PePipeline),
        Multiplier.Booth => Booth(m, prefix, a, b, arch.PePipeline),
        _ => arch.PePipeline < 2 ? Operator(m, prefix, a, b, arch.PePipeline) : Array(m, prefix, a, b, arch.PePipeline),
    };

    /// <summary>The products of one DSP block's operands, <see cref="Architecture.PePipeline"/> edges later: two, or a wide one.</summary>
    public static Expression[] Blocks(ModuleBuilder m, Architecture arch, string name, Expression a, Expression b) => arch.HasWideDsps
        ? [DspCells.Product(m, name, a, b, arch.PePipeline)]
        : DspCells.Products(m, name, a, b, arch.PePipeline);

    /// <summary>low + high * 2^spacing (or minus); the low bits of low pass by the adder.</summary>
    public static Expression PairSum(Expression low, Expression high, int spacing, bool subtract)
    {
        var width = high.Width + 1;
        var upper = Expression.SignExtend(low[spacing, low.Width - spacing], width);
        var extended = Expression.SignExtend(high, width);
        return Expression.Concat(subtract ? upper - extended : upper + extended, low[0, spacing]);
    }

    private static List<Expression> Products(ModuleBuilder m, Architecture arch, Expression a, Expression b)
    {
        var products = new List<Expression>();
        var (count, shared) = (a.Width / arch.StreamedBits, arch.HasWideDsps ? 1 : 2);
        for (var i = 0; i < count; i++)
        {
            var lane = i % arch.Lanes;
            var pe = count > arch.Lanes ? $"pe_{i / arch.Lanes}_" : "";
            if (!arch.IsDspLane(lane))
            {
                products.Add(Lane(m, arch, arch.Lanes == 1 ? pe : $"{pe}lane_{lane}_", Of(a, 1), Of(b, 1)));
            }
            else if (lane % shared == 0)
            {
                products.AddRange(Blocks(m, arch, $"{pe}dsp_{lane / shared}", Of(a, shared), Of(b, shared)));
            }

            Expression Of(Expression word, int operands) => word[i * (word.Width / count), operands * (word.Width / count)];
        }

        return products;
    }

    /// <summary>The structure is left to synthesis, with registers behind it.</summary>
    private static Expression Operator(ModuleBuilder m, string prefix, Expression a, Expression b, int stages)
    {
        Expression product = m.Wire($"{prefix}product", Expression.MultiplySigned(a, b));
        for (var stage = 0; stage < stages; stage++)
        {
            product = m.Register(stage == 0 ? $"{prefix}product_q" : $"{prefix}product_{stage}_q", product);
        }

        return product;
    }

    /// <summary>
    /// A tree of partial-product rows, one for each bit of the narrower operand, with a register after its last levels: a
    /// registered adder tree is both smaller and faster on look-up tables than a registered product.
    /// </summary>
    private static Expression Array(ModuleBuilder m, string prefix, Expression a, Expression b, int stages)
    {
        var (wide, narrow) = a.Width < b.Width ? (b, a) : (a, b);
        var rows = Enumerable.Range(0, narrow.Width).Select(i => (Expression)m.Wire(
            $"{prefix}row_{i}", Expression.Mux(narrow[i, 1], wide, Expression.FromInteger(0, wide.Width)))).ToList();

        // The top row weighs -2^(width-1).
        var (result, registers) = Tree(m, prefix, rows, 1, subtractsLast: true, stages);
        return Late(m, prefix, result[0, a.Width + b.Width], registers, stages);
    }

    /// <summary>
    /// The same for each two bits of the narrower operand: digit d of -2..2 selects the magnitude and the sign. A negative row is
    /// its complement, and the one that it still needs stands in the next row, at a place below that row's own bits; the top row has
    /// none above it and is negated in full.
    /// </summary>
    private static Expression Booth(ModuleBuilder m, string prefix, Expression a, Expression b, int stages)
    {
        var (wide, narrow) = a.Width < b.Width ? (b, a) : (a, b);
        var digits = narrow.Width / 2;
        var registersRows = stages > ArchitectureRules.AdderLevels(digits);
        var rows = new List<Expression>();
        Expression owed = Expression.FromInteger(0, 1);
        for (var i = 0; i < digits; i++)
        {
            var (high, middle) = (narrow[(2 * i) + 1, 1], narrow[2 * i, 1]);
            var low = i == 0 ? Expression.FromInteger(0, 1) : narrow[(2 * i) - 1, 1];
            var isOne = m.Wire($"{prefix}is_one_{i}", middle ^ low);
            // Where it is not one: 011 or 100.
            var isTwo = m.Wire($"{prefix}is_two_{i}", high ^ middle);
            var width = wide.Width + 1;
            var magnitude = m.Wire($"{prefix}magnitude_{i}", Expression.Mux(isOne, Expression.SignExtend(wide, width),
                Expression.Mux(isTwo, Expression.Concat(wide, Expression.FromInteger(0, 1)), Expression.FromInteger(0, width))));
            var signed = m.Wire($"{prefix}signed_{i}", magnitude ^ Expression.SignExtend(high, width));
            var row = i + 1 < digits ? signed
                : Expression.SignExtend(signed, width + 1) + Expression.ZeroExtend(high, width + 1);
            row = Expression.Concat(row, Expression.FromInteger(0, 1), owed);
            rows.Add(registersRows ? m.Register($"{prefix}row_{i}_q", row) : m.Wire($"{prefix}row_{i}", row));
            owed = high;
        }

        var left = registersRows ? stages - 1 : stages;
        var (result, registers) = Tree(m, prefix, rows, 2, subtractsLast: false, left);
        return Late(m, prefix, result[2, a.Width + b.Width], registers, left);
    }

    /// <summary>The sum of rows, each a spacing above the one before, and how many of its levels are registered.</summary>
    private static (Expression Sum, int Registers) Tree(
        ModuleBuilder m, string prefix, List<Expression> terms, int spacing, bool subtractsLast, int stages)
    {
        var levels = ArchitectureRules.AdderLevels(terms.Count);
        for (var level = 0; level < levels; level++, spacing *= 2)
        {
            var registered = stages >= levels - level;
            var sums = new List<Expression>();
            for (var i = 0; i < terms.Count; i += 2)
            {
                // Only the first level's last pair sees the top row.
                var subtract = subtractsLast && level == 0 && i + 2 == terms.Count;
                var sum = PairSum(terms[i], terms[i + 1], spacing, subtract);
                var name = $"{prefix}sum_{level}_{i / 2}";
                sums.Add(registered ? m.Register($"{name}_q", sum) : m.Wire(name, sum));
            }

            terms = sums;
        }

        return (terms[0], Math.Min(stages, levels));
    }

    /// <summary>A product behind the registers that a tree had no levels for.</summary>
    private static Expression Late(ModuleBuilder m, string prefix, Expression product, int registers, int stages)
    {
        for (var extra = registers; extra < stages; extra++)
        {
            product = m.Register($"{prefix}product_{extra}_q", product);
        }

        return product;
    }
}
