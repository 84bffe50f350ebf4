using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Verilog;

namespace HwSeed.Sim.Tests.Bench;

/// <summary>The array that 'bench sim' races with computes matrix products.</summary>
public sealed class SystolicProductTests
{
    private const int Side = 4;
    private const int Depth = 12;

    [Test]
    public void Tiles_that_follow_each_other_are_integer_products()
    {
        var text = File.ReadAllText(Path.Combine(TestContext.CurrentContext.TestDirectory, "verilog", "systolic.v"))
            .Replace("parameter N = 8", $"parameter N = {Side}", StringComparison.Ordinal);
        var simulator = Simulator.Compile(VerilogReader.ReadText(text, "systolic.v", bind: new() { Top = "systolic" }).OrThrow().Design).OrThrow();
        var random = new Random(11);
        var tiles = Enumerable.Range(0, 3).Select(_ => (A: Matrix(random, Side, Depth), B: Matrix(random, Depth, Side))).ToList();
        var (clk, first, a, b, y) = (
            simulator.Port("clk"), simulator.Port("first"), simulator.Port("a"), simulator.Port("b"), simulator.Port("y"));
        var columns = new List<int[]>();
        for (var cycle = 0; cycle < (tiles.Count * Depth) + (4 * Side); cycle++)
        {
            // Row r and column c begin r and c cycles later, and so does each tile.
            ulong starts = 0, right = 0, down = 0;
            for (var lane = 0; lane < Side; lane++)
            {
                var (tile, k) = Math.DivRem(cycle - lane, Depth);
                if (cycle >= lane)
                {
                    starts |= k == 0 ? 1UL << lane : 0;
                    right |= tile < tiles.Count ? (ulong)(byte)tiles[tile].A[lane, k] << (8 * lane) : 0;
                    down |= tile < tiles.Count ? (ulong)(byte)tiles[tile].B[k, lane] << (8 * lane) : 0;
                }
            }

            simulator.Poke(first, starts);
            simulator.Poke(a, right);
            simulator.Poke(b, down);
            simulator.Step(clk, 1);
            var words = simulator.PeekWords(y);
            columns.Add(new int[Side]);
            for (var column = 0; column < Side; column++)
            {
                columns[^1][column] = (int)(words[column / 2] >> (32 * (column % 2)));
            }
        }

        for (var tile = 0; tile < tiles.Count; tile++)
        {
            for (var row = 0; row < Side; row++)
            {
                for (var column = 0; column < Side; column++)
                {
                    var sum = Enumerable.Range(0, Depth).Sum(k => tiles[tile].A[row, k] * tiles[tile].B[k, column]);

                    // The next tile's start reaches row and column, then the result climbs to the top.
                    var at = ((tile + 1) * Depth) + column + (2 * row);
                    Assert.That(columns[at][column], Is.EqualTo(sum), $"tile {tile}, row {row}, column {column}");
                }
            }
        }
    }

    private static sbyte[,] Matrix(Random random, int rows, int columns)
    {
        var matrix = new sbyte[rows, columns];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                matrix[row, column] = (sbyte)random.Next(-128, 128);
            }
        }

        return matrix;
    }
}
