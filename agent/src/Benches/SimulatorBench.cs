using System.Diagnostics;
using HwSeed.Agent.Flow;
using HwSeed.Agent.Seeds;
using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Generators;
using HwSeed.Hdl.Verilog;
using HwSeed.Sim;
using HwSeed.Sim.Accelerators;
using MathNet.Numerics.Statistics;

namespace HwSeed.Agent.Benches;

/// <summary>
/// The compiled simulator beside Verilator -O3 -march=native on generated output-stationary int8 engines that stream a
/// matrix product. Both sides run the same closed loop from reset to the last output: a host that offers commands and
/// words by ready/valid and takes results. Timed is that loop alone: neither compilation, nor reading the stimulus, nor
/// starting a process. Both sides have to take the same cycles and give the same outputs.
/// </summary>
public static class SimulatorBench
{
    /// <summary>Cycles of a timed run: long enough to hide the clock's grain, short enough for five runs.</summary>
    private const long CyclesARun = 1_500_000;

    /// <summary>Sides of the arrays.</summary>
    public static IReadOnlyList<int> Sides { get; } = [8, 16];

    /// <summary>Measures one array size: cycles a second, and the time from Verilog or design to a runnable model.</summary>
    /// <param name="side">Rows and columns.</param>
    /// <param name="runs">Timed runs of each side, interleaved.</param>
    /// <param name="workFolder">A folder of this bench's own.</param>
    /// <param name="cancellation">Stops the tools.</param>
    public static async Task<Checked<IReadOnlyList<BenchRow>>> MeasureAsync(
        int side, int runs, string workFolder, CancellationToken cancellation = default)
    {
        var engine = new Architecture(
            $"os-{side}x{side}", side, side, Dataflow.OutputStationary, 8, 8, 28, 1, 1024, 1024, 0, DoubleBuffering: true);
        var shape = new GemmShape(4 * side, 384, 4 * side);
        var (best, reason) = EngineCase.Best(engine, shape, new Seed(1));
        var found = best ?? throw new InvalidOperationException(reason!.Reason);
        var repeats = (int)Math.Max(1, CyclesARun * 4 / side / found.Cost.Cycles);
        var design = AcceleratorGenerator.Generate(engine).OrThrow();

        var clock = Stopwatch.StartNew();
        var simulator = Simulator.Compile(design).OrThrow();
        var traffic = found.Traffic();
        AcceleratorRun.Execute(simulator, traffic, cycleLimit: 1);
        var compileSeconds = clock.Elapsed.TotalSeconds;
        var built = await VerilatorOpponent.BuildAsync(
            workFolder, VerilogWriter.Write(design), design.Top.Name, ClosedLoopBench.Write(engine),
            ("stimulus.bin", folder => ClosedLoopBench.WriteStimulus(Path.Combine(folder, "stimulus.bin"), traffic, repeats)),
            cancellation).ConfigureAwait(false);
        if (!built.IsOk)
        {
            return Checked.Fail<IReadOnlyList<BenchRow>>(built.Diagnostics);
        }

        var (ours, theirs) = (new List<double>(), new List<double>());
        for (var run = -1; run < runs; run++)
        {
            var mine = RunOurs(simulator, found, traffic, repeats);
            var other = await built.Value.RunAsync("stimulus.bin", cancellation).ConfigureAwait(false);
            if (mine.Cycles != other.Cycles || mine.Checksum != other.Checksum)
            {
                throw new InvalidOperationException(
                    $"{side}x{side}: {mine.Cycles} cycles and checksum {mine.Checksum:x} here, {other.Cycles} and {other.Checksum:x} in Verilator");
            }

            if (run >= 0)
            {
                ours.Add(mine.Cycles / mine.Seconds / 1e6);
                theirs.Add(other.Cycles / other.Seconds / 1e6);
            }
        }

        var (fast, slow) = (ours.Median(), theirs.Median());
        var (opponent, buildSeconds) = (built.Value.Name, built.Value.BuildSeconds);
        return Checked.Ok<IReadOnlyList<BenchRow>>(
        [
            new($"sim {side}x{side} output-stationary int8, {shape}", "Mcycles/s", fast, slow, opponent, fast / slow, runs),
            new($"build {side}x{side}: design to first cycle", "s", compileSeconds, buildSeconds, opponent, buildSeconds / compileSeconds, 1),
        ]);
    }

    private static LoopResult RunOurs(Simulator simulator, EngineCase found, HostTraffic traffic, int repeats)
    {
        long cycles = 0;
        ulong checksum = 0;
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < repeats; i++)
        {
            var trace = AcceleratorRun.Execute(simulator, traffic, found.CycleLimit).OrThrow();
            cycles += trace.Cycles;
            foreach (var word in trace.Outputs)
            {
                checksum = (checksum * 31) + word;
            }
        }

        return new(cycles, clock.Elapsed.TotalSeconds, checksum);
    }
}
