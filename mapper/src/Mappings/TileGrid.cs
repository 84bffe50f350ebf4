using System.Diagnostics;

namespace HwSeed.Mapper.Mappings;

/// <summary>Rounded-up division.</summary>
internal static class Ceiling
{
    public static int Divide(int value, int by) => (value + by - 1) / by;

    public static int ToMultiple(int value, int of) => Divide(value, of) * of;
}

/// <summary>How many blocks a mapping makes of each dimension.</summary>
internal readonly record struct TileGrid(int M, int N, int K)
{
    public static TileGrid Of(Mapping mapping) => new(
        Ceiling.Divide(mapping.Shape.M, mapping.TileM),
        Ceiling.Divide(mapping.Shape.N, mapping.TileN),
        Ceiling.Divide(mapping.Shape.K, mapping.TileK));

    public int Count(Dimension dimension) => dimension switch
    {
        Dimension.M => M,
        Dimension.N => N,
        Dimension.K => K,
        _ => throw new UnreachableException($"dimension {dimension}"),
    };
}
