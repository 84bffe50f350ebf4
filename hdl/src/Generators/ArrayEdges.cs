using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Generators;

/// <summary>What both arrays have at their edges.</summary>
internal static class ArrayEdges
{
    /// <summary>
    /// Lane i of a scratchpad word, delayed by 1 + i edges so that a wavefront enters the array diagonally. The first
    /// register is cleared when no word is valid: idle PEs multiply zeros.
    /// </summary>
    public static Expression[] Skew(ModuleBuilder m, string name, Expression word, int lanes, Expression valid)
    {
        var width = word.Width / lanes;
        var idle = m.Wire($"{name}_idle", ~valid);
        var skewed = new Expression[lanes];
        for (var lane = 0; lane < lanes; lane++)
        {
            Expression value = m.Register($"{name}_{lane}_0", word[lane * width, width], reset: idle);
            for (var delay = 1; delay <= lane; delay++)
            {
                value = m.Register($"{name}_{lane}_{delay}", value);
            }

            skewed[lane] = value;
        }

        return skewed;
    }
}
