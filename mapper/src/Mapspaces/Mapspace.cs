using HwSeed.Hdl;
using HwSeed.Hdl.Architectures;
using HwSeed.Mapper.Mappings;

namespace HwSeed.Mapper.Mapspaces;

/// <summary>
/// Every mapping of one GEMM on one engine worth telling apart, counted and indexed. For each dimension the block sizes
/// are, for each number of blocks, the smallest multiple of the array's side that gives that number. Block loops of one
/// trip have no order; when M and N are both split, either may be the outer one; a split K is innermost, since partial
/// sums cannot leave the chip. Ids are dense: 0 .. Count-1, all distinct. Capacity is Feasibility's business.
/// </summary>
public sealed class Mapspace
{
    private readonly int[] _tilesM;
    private readonly int[] _tilesN;
    private readonly int[] _tilesK;
    private readonly int _orderedPairs;

    /// <summary>The space of a GEMM on an engine.</summary>
    /// <param name="shape">M, K, N, each at least 1.</param>
    /// <param name="architecture">A legal architecture.</param>
    public Mapspace(GemmShape shape, Architecture architecture)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Math.Min(shape.M, Math.Min(shape.K, shape.N)), 1, nameof(shape));
        (Shape, Architecture) = (shape, architecture);
        var (m, n, k) = architecture.Dataflow switch
        {
            Dataflow.OutputStationary => (architecture.Rows, architecture.Columns, architecture.Lanes),
            Dataflow.WeightStationary => (1, architecture.Columns, architecture.Rows * architecture.Lanes),
            _ => (architecture.Columns, 1, architecture.Rows * architecture.Lanes),
        };
        _tilesM = TileSizes(shape.M, m);
        _tilesN = TileSizes(shape.N, n);
        _tilesK = TileSizes(shape.K, k);
        _orderedPairs = (_tilesM.Length * _tilesN.Length) + ((_tilesM.Length - 1) * (_tilesN.Length - 1));
    }

    /// <summary>The GEMM.</summary>
    public GemmShape Shape { get; }

    /// <summary>The engine.</summary>
    public Architecture Architecture { get; }

    /// <summary>Number of mappings.</summary>
    public long Count => (long)_orderedPairs * _tilesK.Length;

    /// <summary>The mapping of an id, 0 .. Count-1.</summary>
    public Mapping this[long id]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(id);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(id, Count);
            var (k, pair) = ((int)(id / _orderedPairs), (int)(id % _orderedPairs));
            var mOuter = pair < _tilesM.Length * _tilesN.Length;
            if (mOuter)
            {
                return Make(pair / _tilesN.Length, pair % _tilesN.Length, k, [Dimension.M, Dimension.N, Dimension.K]);
            }

            pair -= _tilesM.Length * _tilesN.Length;
            return Make(
                1 + (pair / (_tilesN.Length - 1)), 1 + (pair % (_tilesN.Length - 1)), k,
                [Dimension.N, Dimension.M, Dimension.K]);
        }
    }

    /// <summary>Sizes for 1, 2, ... blocks, the first covering the whole dimension; distinct block counts only.</summary>
    internal static int[] TileSizes(int length, int unit)
    {
        var sizes = new List<int>();
        var units = Ceiling.Divide(length, unit);
        for (var blocks = 1; blocks <= units; blocks++)
        {
            var size = Ceiling.Divide(units, blocks) * unit;
            if (sizes.Count == 0 || sizes[^1] != size)
            {
                sizes.Add(size);
            }
        }

        return [.. sizes];
    }

    private Mapping Make(int m, int n, int k, EquatableArray<Dimension> order) =>
        new(Architecture, Shape, _tilesM[m], _tilesN[n], _tilesK[k], order);
}
