using System.Diagnostics;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Verilog;
using HwSeed.Sim;
using MathNet.Numerics.Statistics;

namespace HwSeed.Agent.Benches;

/// <summary>
/// A pipelined RV32I core that runs a compiled loop, read from Verilog text: a design that does not replicate, beside
/// Verilator; and the same core with many stimuli at once, beside one stimulus.
/// </summary>
public static class CpuBench
{
    private const long Cycles = 1_000_000;
    private const int Stimuli = 64;

    /// <summary>Measures both.</summary>
    /// <param name="runs">Timed runs of each side, interleaved.</param>
    /// <param name="folder">A folder of this bench's own.</param>
    /// <param name="cancellation">Stops the tools.</param>
    public static async Task<Checked<IReadOnlyList<BenchRow>>> MeasureAsync(
        int runs, string folder, CancellationToken cancellation = default)
    {
        // Reset in the first cycle alone.
        var race = new VerilogRace(
            "RV32I core from Verilog text", "rv32i", BenchSources.Read("rv32i.v"), ["stimulus"], "rst", 1 << 30,
            ["pc", "retired", "instructions", "result_valid", "result", "checksum"], Cycles, ("rv32i.hex", BenchSources.Read("rv32i.hex")));
        var rows = await race.RunAsync(runs, folder, cancellation).ConfigureAwait(false);
        return rows.Then(done => race.Compile(folder).Then(c => Checked.Ok<IReadOnlyList<BenchRow>>([.. done, Batch(c.Simulator, runs)])));
    }

    // Constant stimuli, a different one in each lane, long enough for power-up not to count; the last stimulus has to end where it ends alone.
    private static BenchRow Batch(Simulator single, int runs)
    {
        var batch = BatchSimulator.Compile(single.Netlist.Design, Stimuli).OrThrow();
        var (many, one) = (new List<double>(), new List<double>());
        for (var run = -1; run < runs; run++)
        {
            var clock = Stopwatch.StartNew();
            batch.PowerUp();
            Drive(1);
            batch.Step();
            Drive(0);
            batch.Step(Cycles);
            var checksum = batch.Peek(batch.Port("checksum"), Stimuli - 1);
            var batchSeconds = clock.Elapsed.TotalSeconds;
            clock.Restart();
            single.PowerUp();
            single.Poke(single.Port("stimulus"), Stimuli - 1);
            single.Poke(single.Port("rst"), 1);
            single.Step(single.Port("clk"), 1);
            single.Poke(single.Port("rst"), 0);
            single.Step(single.Port("clk"), Cycles);
            if (single.Peek(single.Port("checksum")) != checksum)
            {
                throw new InvalidOperationException("the last stimulus of the batch differs from a single run");
            }

            if (run >= 0)
            {
                many.Add(Stimuli * Cycles / batchSeconds / 1e6);
                one.Add(Cycles / clock.Elapsed.TotalSeconds / 1e6);
            }
        }

        var (fast, slow) = (many.Median(), one.Median());
        return new($"RV32I core, {Stimuli} stimuli at once on {Environment.ProcessorCount} cores, in total", "Mcycles/s", fast, slow, "one stimulus on one core", fast / slow, runs);

        void Drive(ulong reset)
        {
            for (var stimulus = 0; stimulus < Stimuli; stimulus++)
            {
                batch.Poke(batch.Port("stimulus"), stimulus, (ulong)stimulus);
                batch.Poke(batch.Port("rst"), stimulus, reset);
            }
        }
    }
}
