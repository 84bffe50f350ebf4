using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Generators;

/// <summary>What words pass on their way from a scratchpad into an array.</summary>
internal static class ArrayEdges
{
    /// <summary>
    /// Part i of a scratchpad word, one edge later. The registers are cleared when no word is valid: idle PEs multiply zeros.
    /// </summary>
    public static Expression[] Operands(ModuleBuilder m, string name, Expression word, int parts, Expression? valid)
    {
        var width = word.Width / parts;
        var idle = valid is null ? null : m.Wire($"{name}_idle", ~valid);
        return [.. Enumerable.Range(0, parts).Select(i => (Expression)m.Register($"{name}_{i}_0", word[i * width, width], reset: idle))];
    }

    /// <summary>
    /// The same with part i another i edges later, so that a wavefront enters the array diagonally; it begins anew after each period.
    /// </summary>
    public static Expression[] Skew(ModuleBuilder m, string name, Expression word, int parts, Expression? valid, int? period = null) =>
        [.. Operands(m, name, word, parts, valid).Select((operand, i) => Delay(m, $"{name}_{i}", operand, i % (period ?? parts), first: 1))];

    /// <summary>A signal after 0, 1, 2, ... edges, one for each of a number of rows.</summary>
    public static Expression[] Wave(ModuleBuilder m, string name, Expression signal, int rows)
    {
        var wave = new Expression[rows];
        wave[0] = signal;
        for (var row = 1; row < rows; row++)
        {
            wave[row] = m.Register($"{name}_{row}", wave[row - 1]);
        }

        return wave;
    }

    /// <summary>A value some edges later; its registers are numbered from <paramref name="first"/>.</summary>
    public static Expression Delay(ModuleBuilder m, string name, Expression value, int edges, int first = 0, Expression? reset = null)
    {
        for (var i = first; i < first + edges; i++)
        {
            value = m.Register($"{name}_{i}", value, reset: reset);
        }

        return value;
    }
}
