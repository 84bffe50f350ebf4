using System.Numerics;
using HwSeed.Agent.Seeds;

namespace HwSeed.Agent.Proposers;

/// <summary>
/// Sobol's low-discrepancy sequence (1967) in Antonov and Saleev's Gray-code order (1979), with the direction numbers
/// of Joe and Kuo, "Constructing Sobol sequences with better two-dimensional projections" (2008), file
/// new-joe-kuo-6; shifted digitally by a seed, which keeps every stratification.
/// </summary>
internal sealed class Sobol
{
    public const int MostDimensions = 12;
    private const int Bits = 32;

    // Degree and coefficients of the primitive polynomial, then the initial direction numbers, from dimension 2 on.
    private static readonly (int Degree, uint Coefficients, uint[] Initial)[] JoeKuo =
    [
        (1, 0, [1]), (2, 1, [1, 3]), (3, 1, [1, 3, 1]), (3, 2, [1, 1, 1]), (4, 1, [1, 1, 3, 3]), (4, 4, [1, 3, 5, 13]),
        (5, 2, [1, 1, 5, 5, 17]), (5, 4, [1, 1, 5, 5, 5]), (5, 7, [1, 1, 7, 11, 19]),
        (5, 11, [1, 1, 5, 1, 1]), (5, 13, [1, 1, 1, 3, 11]),
    ];

    private readonly uint[][] _directions;
    private readonly uint[] _state;
    private readonly uint[] _shift;
    private uint _index;

    /// <summary>The sequence from its first point.</summary>
    public Sobol(int dimensions, Seed seed)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimensions, MostDimensions);
        var random = seed.Random();
        _directions = [.. Enumerable.Range(0, dimensions).Select(Directions)];
        _shift = [.. Enumerable.Range(0, dimensions).Select(_ => (uint)random.NextBits())];
        _state = new uint[dimensions];
    }

    /// <summary>The next point of the unit cube, each coordinate below 1.</summary>
    public double[] Next()
    {
        var point = new double[_state.Length];
        for (var i = 0; i < point.Length; i++)
        {
            point[i] = (_state[i] ^ _shift[i]) * (1.0 / (1L << Bits));
            _state[i] ^= _directions[i][BitOperations.TrailingZeroCount(~_index)];
        }

        _index++;
        return point;
    }

    private static uint[] Directions(int dimension)
    {
        var numbers = new uint[Bits];
        if (dimension == 0)
        {
            return [.. numbers.Select((_, i) => 1u << (Bits - 1 - i))];
        }

        var (degree, coefficients, initial) = JoeKuo[dimension - 1];
        for (var i = 0; i < Bits; i++)
        {
            if (i < degree)
            {
                numbers[i] = initial[i] << (Bits - 1 - i);
                continue;
            }

            numbers[i] = numbers[i - degree] ^ (numbers[i - degree] >> degree);
            for (var k = 1; k < degree; k++)
            {
                numbers[i] ^= ((coefficients >> (degree - 1 - k)) & 1) * numbers[i - k];
            }
        }

        return numbers;
    }
}
