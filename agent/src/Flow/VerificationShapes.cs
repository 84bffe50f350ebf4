using HwSeed.Agent.Seeds;
using HwSeed.Hdl.Architectures;

namespace HwSeed.Agent.Flow;

/// <summary>The products that a design is verified on when nobody names one.</summary>
public static class VerificationShapes
{
    /// <summary>
    /// A single product, a full array tile, tiles ragged on every side, and sums longer than a scratchpad tile, as far
    /// as the engine can run them; the best mapping of each, with random operands.
    /// </summary>
    /// <param name="architecture">A legal engine.</param>
    /// <param name="seed">Decides the operands.</param>
    public static IReadOnlyList<EngineCase> CasesFor(Architecture architecture, Seed seed) =>
    [
        .. Of(architecture).Select((shape, i) => EngineCase.Best(architecture, shape, seed.For("operands", i)).Case).OfType<EngineCase>(),
    ];

    /// <summary>The products alone; the engine may be unable to run one.</summary>
    /// <param name="architecture">A legal engine.</param>
    public static IReadOnlyList<GemmShape> Of(Architecture architecture)
    {
        var (rows, columns) = (architecture.Rows, architecture.Columns);
        int Sums(int k) => (int)Math.Min(k, architecture.LargestK);
        GemmShape[] shapes =
        [
            new(1, 1, 1),
            new(rows, Sums(16), columns),
            new((2 * rows) + 1, Sums(37), (3 * columns) - 1),
            new((3 * rows) - 1, Sums(rows + 1), (2 * columns) + 1),
            new(rows, Sums(architecture.InputTileWords + 5), columns),
        ];
        return [.. shapes.Distinct()];
    }
}
