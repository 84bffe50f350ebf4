using HwSeed.Agent.Flow;
using HwSeed.Agent.Seeds;
using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Generators;
using HwSeed.Hdl.Generators.Hosts;
using HwSeed.Hdl.Rtl;
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
    /// <summary>
    /// The examples that are measured, each with its device and the clock that place and route is asked for. HX8K: 9 PEs of 4 lanes
    /// are what fits with room to route, and their streams fit the pins. UP5K: two products in each of its eight DSP blocks and eight
    /// more in look-up tables; behind SPI, since streams of words need more pins than it has.
    /// </summary>
    public static IReadOnlyList<(string Example, FpgaDevice Device, double TargetMhz)> Contenders { get; } =
    [
        ("os-3x3-booth.yaml", FpgaDevices.Hx8k, 150),
        ("os-2x2-dsp-fabric.yaml", FpgaDevices.Up5k, 100),
    ];

    /// <summary>The engine of a device with the ports that its package has room for.</summary>
    private static Design Complete(Architecture engine, FpgaDevice device) =>
        EnginePins.Count(engine) <= device.Ios ? AcceleratorGenerator.Generate(engine).OrThrow() : HostPorts.Spi(engine).OrThrow();

    /// <summary>Best and median of the seeds, each beside the engine's peak at the same clock.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="device">What it is routed for.</param>
    /// <param name="targetMhz">The clock that place and route is asked for.</param>
    /// <param name="workload">What it computes.</param>
    /// <param name="seeds">Place and route runs, with seeds from 1.</param>
    /// <param name="folder">A folder of this bench's own.</param>
    /// <param name="routed">Told what the seeds gave.</param>
    /// <param name="cancellation">Stops the tools.</param>
    public static async Task<Checked<IReadOnlyList<BenchRow>>> MeasureAsync(
        Architecture engine, FpgaDevice device, double targetMhz, Workload workload, int seeds, string folder, Action<SynthesisReport> routed,
        CancellationToken cancellation = default)
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

        var design = Complete(engine, device);
        var report = await Fpga.SynthesiseAsync(
            folder, VerilogWriter.Write(design), design.Top.Name, device,
            new() { Seeds = seeds, TargetMhz = targetMhz, AssumeNoReadWriteCollision = true },
            cancellation).ConfigureAwait(false);
        var macsPerCycle = (double)workload.Macs / cycles;
        return report.Then(found =>
        {
            routed(found);
            return Checked.Ok<IReadOnlyList<BenchRow>>(
            [
                Row($"{engine.Name} on {device.Title}, best of {seeds} seeds, {found.FmaxMhz:F1} MHz", found.FmaxMhz),
                Row($"{engine.Name} on {device.Title}, median, {found.MedianFmaxMhz:F1} MHz", found.MedianFmaxMhz),
            ]);
        });

        BenchRow Row(string name, double mhz) => new(
            $"{name}: {workload.Name}", "GMAC/s", macsPerCycle * mhz / 1e3, engine.MacsPerCycle * mhz / 1e3, "peak", macsPerCycle / engine.MacsPerCycle, seeds);
    }
}
