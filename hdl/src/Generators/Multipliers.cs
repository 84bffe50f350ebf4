using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Generators;

/// <summary>Signed multipliers with a chosen number of register stages.</summary>
internal static class Multipliers
{
    /// <summary>
    /// The full product of two signed values of equal width (4 or 8 bits), <paramref name="stages"/> edges later.
    /// 0 and 1 stages leave the structure to synthesis; 2 and 3 build the tree of partial-product rows with a register
    /// after its last levels, since a registered adder tree is both smaller and faster on LUTs than a registered product.
    /// </summary>
    public static Expression Signed(ModuleBuilder m, Expression a, Expression b, int stages)
    {
        if (stages < 2)
        {
            var product = m.Wire("product", Expression.MultiplySigned(a, b));
            return stages == 0 ? product : m.Register("product_q", product);
        }

        var width = a.Width;
        var terms = new List<Expression>();
        for (var i = 0; i < width; i++)
        {
            terms.Add(m.Wire($"row_{i}", Expression.Mux(b[i, 1], a, Expression.FromInteger(0, width))));
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
                sums.Add(registered ? m.Register($"sum_{level}_{i / 2}_q", sum) : m.Wire($"sum_{level}_{i / 2}", sum));
            }

            terms = sums;
        }

        var result = terms[0][0, 2 * width];
        for (var extra = levels; extra < stages; extra++)
        {
            result = m.Register($"product_{extra}_q", result);
        }

        return result;
    }

    /// <summary>low + high * 2^spacing (or minus); the low bits of low pass by the adder.</summary>
    private static Expression PairSum(Expression low, Expression high, int spacing, bool subtract)
    {
        var width = high.Width + 1;
        var upper = Expression.SignExtend(low[spacing, low.Width - spacing], width);
        var extended = Expression.SignExtend(high, width);
        return Expression.Concat(subtract ? upper - extended : upper + extended, low[0, spacing]);
    }
}
