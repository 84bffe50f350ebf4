using System.Globalization;
using HwSeed.Hdl.Diagnostics;

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
        var race = new VerilogRace(
            $"systolic {side}x{side} int8 from Verilog text", "systolic", text, ["a", "b"], "first", Period, ["y"], 64_000_000L / (side * side), []);
        return await race.RunAsync(runs, folder, cancellation).ConfigureAwait(false);
    }
}
