using System.Diagnostics;
using System.Globalization;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Verilog;
using HwSeed.Sim;
using MathNet.Numerics.Statistics;

namespace HwSeed.Agent.Benches;

/// <summary>
/// An int8 output-stationary systolic array, read from Verilog text, beside Verilator: fresh random operands and all
/// outputs read in every cycle on both sides, which have to give the same checksum.
/// </summary>
public static class SystolicBench
{
    private const int Period = 64;

    /// <summary>Sides of the arrays.</summary>
    public static IReadOnlyList<int> Sides { get; } = [8, 16, 32];

    /// <summary>Measures one array: cycles a second, and the time from text to the first cycle.</summary>
    /// <param name="side">Rows and columns.</param>
    /// <param name="runs">Timed runs of each side, interleaved.</param>
    /// <param name="folder">A folder of this bench's own.</param>
    /// <param name="cancellation">Stops the tools.</param>
    public static async Task<Checked<IReadOnlyList<BenchRow>>> MeasureAsync(
        int side, int runs, string folder, CancellationToken cancellation = default)
    {
        // The size as the default of the parameter: both sides read the same text.
        var text = BenchSources.Read("systolic.v").Replace(
            "parameter N = 8", string.Create(CultureInfo.InvariantCulture, $"parameter N = {side}"), StringComparison.Ordinal);
        var clock = Stopwatch.StartNew();
        var read = VerilogReader.ReadText(text, "systolic.v", bind: new() { Top = "systolic" });
        if (!read.IsOk)
        {
            return Checked.Fail<IReadOnlyList<BenchRow>>(read.Diagnostics);
        }

        var simulator = Simulator.Compile(read.Value.Design).OrThrow();
        var loop = new OpenLoop(
            simulator.Port("clk"), [simulator.Port("a"), simulator.Port("b")], simulator.Port("first"), Period, [simulator.Port("y")]);
        loop.Run(simulator, 1);
        var firstCycle = clock.Elapsed.TotalSeconds;

        var cycles = 64_000_000L / (side * side);
        var argument = cycles.ToString(CultureInfo.InvariantCulture);
        var built = await VerilatorOpponent.BuildAsync(
            folder, text, "systolic", loop.WriteCpp(), (argument, null), cancellation).ConfigureAwait(false);
        if (!built.IsOk)
        {
            return Checked.Fail<IReadOnlyList<BenchRow>>(built.Diagnostics);
        }

        var (ours, theirs) = (new List<double>(), new List<double>());
        for (var run = -1; run < runs; run++)
        {
            var (seconds, checksum) = loop.Run(simulator, cycles);
            var other = await built.Value.RunAsync(argument, cancellation).ConfigureAwait(false);
            if (checksum != other.Checksum)
            {
                throw new InvalidOperationException($"{side}x{side}: checksum {checksum:x} here, {other.Checksum:x} in Verilator");
            }

            if (run >= 0)
            {
                ours.Add(cycles / seconds / 1e6);
                theirs.Add(cycles / other.Seconds / 1e6);
            }
        }

        var (fast, slow) = (ours.Median(), theirs.Median());
        return Checked.Ok<IReadOnlyList<BenchRow>>(
        [
            new($"systolic {side}x{side} int8 from Verilog text", "Mcycles/s", fast, slow, built.Value.Name, fast / slow, runs),
            new($"systolic {side}x{side}: text to first cycle", "s", firstCycle, built.Value.BuildSeconds, built.Value.Name,
                built.Value.BuildSeconds / firstCycle, 1),
        ]);
    }
}
