using HwSeed.Agent.Flow;
using HwSeed.Agent.Seeds;
using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Generators;
using HwSeed.Hdl.Verilog;
using HwSeed.Mapper.Workloads;
using HwSeed.Toolchain;

namespace HwSeed.Agent.Benches;

/// <summary>
/// A complete engine (dispatcher, scratchpads, streams) placed and routed with several seeds: multiply-accumulates a second
/// that it sustains on a workload, that is those of a cycle by the exact cost model times the routed clock.
/// </summary>
public static class FpgaBench
{
    private const double TargetMhz = 150;

    /// <summary>The engine for HX8K: 28 PEs are what fits with room to route.</summary>
    public static Architecture Hx8k { get; } =
        new("os-7x4-broadcast", 7, 4, Dataflow.OutputStationary, 8, 26, 3, 1024, 1024, 0, DoubleBuffering: true)
        {
            Interconnect = Interconnect.Broadcast,
        };

    /// <summary>Best and median of the seeds, each beside the engine's peak at the same clock.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="workload">What it computes.</param>
    /// <param name="seeds">Place and route runs, with seeds from 1.</param>
    /// <param name="folder">A folder of this bench's own.</param>
    /// <param name="routed">Told what the seeds gave.</param>
    /// <param name="cancellation">Stops the tools.</param>
    public static async Task<Checked<IReadOnlyList<BenchRow>>> MeasureAsync(
        Architecture engine, Workload workload, int seeds, string folder, Action<SynthesisReport> routed, CancellationToken cancellation = default)
    {
        var cycles = 0L;
        foreach (var gemm in workload.Gemms)
        {
            if (EngineCase.Best(engine, gemm.Shape, new Seed(1)) is not ({ } best, _))
            {
                throw new ArgumentException($"{engine.Name} does not run {gemm.Shape}", nameof(engine));
            }

            cycles += best.Cost.Cycles * gemm.Repeats;
        }

        var verilog = VerilogWriter.Write(AcceleratorGenerator.Generate(engine).OrThrow());
        var report = await Fpga.SynthesiseAsync(
            folder, verilog, AcceleratorGenerator.TopName, FpgaDevices.Hx8k,
            new() { Seeds = seeds, TargetMhz = TargetMhz, AssumeNoReadWriteCollision = true }, cancellation).ConfigureAwait(false);
        var macsPerCycle = (double)workload.Macs / cycles;
        return report.Then(found =>
        {
            routed(found);
            return Checked.Ok<IReadOnlyList<BenchRow>>(
            [
                Row($"{engine.Name} on HX8K, best of {seeds} seeds, {found.FmaxMhz:F1} MHz", found.FmaxMhz),
                Row($"{engine.Name} on HX8K, median, {found.MedianFmaxMhz:F1} MHz", found.MedianFmaxMhz),
            ]);
        });

        BenchRow Row(string name, double mhz) => new(
            $"{name}: {workload.Name}", "GMAC/s", macsPerCycle * mhz / 1e3, engine.MacsPerCycle * mhz / 1e3, "peak", macsPerCycle / engine.MacsPerCycle, seeds);
    }
}
