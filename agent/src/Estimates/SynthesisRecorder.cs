using HwSeed.Agent.DesignSpaces;
using HwSeed.Agent.Flow;
using HwSeed.Agent.Seeds;
using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Generators;
using HwSeed.Hdl.Verilog;
using HwSeed.Toolchain;

namespace HwSeed.Agent.Estimates;

/// <summary>A row made by the tools.</summary>
/// <param name="Row">What became of the design; zeros where it did not place.</param>
/// <param name="WhyNot">Why it did not place.</param>
public sealed record RecordedRow(SynthesisRow Row, Diagnostic? WhyNot);

/// <summary>Makes the table that <see cref="AreaModel"/> is fitted on, by running yosys and nextpnr on random designs.</summary>
public static class SynthesisRecorder
{
    private const double TargetMhz = 150;
    private const int SmallestArray = 6;
    private const int WidestInputStream = 128;

    /// <summary>
    /// Different legal points of <see cref="DesignSpace"/> that have a chance on HX8K: 6 to 30 PEs (60 with 4-bit
    /// operands), at most the device's block RAMs, and an input stream that leaves pins for the rest. The
    /// dataflows take turns.
    /// </summary>
    /// <param name="seed">Decides the designs.</param>
    /// <param name="count">How many.</param>
    public static IReadOnlyList<Architecture> Sample(Seed seed, int count)
    {
        var random = seed.For("synthesis").Random();
        var chosen = new HashSet<Architecture>();
        var designs = new List<Architecture>();
        var dataflows = DesignSpace.Fields[DesignSpace.DataflowField].Values.Count;
        while (designs.Count < count)
        {
            var point = DesignSpace.PointAt(random.NextBelow(DesignSpace.Count));
            var architecture = DesignSpace.ArchitectureOf(point);
            if (point[DesignSpace.DataflowField] == designs.Count % dataflows && HasAChance(architecture) && chosen.Add(architecture))
            {
                designs.Add(architecture);
            }
        }

        return designs;
    }

    /// <summary>Synthesises the designs of a seed, two at a time; rows come in order.</summary>
    /// <param name="seed">Decides the designs; place and route always has seed 1.</param>
    /// <param name="count">Rows.</param>
    /// <param name="workFolder">A folder of this recording's own.</param>
    /// <param name="cancellation">Stops the tools.</param>
    /// <exception cref="InvalidInputException">A tool is missing or refused what we wrote.</exception>
    public static IAsyncEnumerable<RecordedRow> RecordAsync(
        Seed seed, int count, string workFolder, CancellationToken cancellation = default)
    {
        var designs = Sample(seed, count);
        return OrderedWork.RunAsync(
            count, 2, (i, stop) => RecordAsync(designs[i], Path.Combine(workFolder, $"design-{i}"), stop), cancellation);
    }

    private static bool HasAChance(Architecture architecture) =>
        architecture.MacsPerCycle >= SmallestArray
        && architecture.MacsPerCycle <= (architecture.InputBits == 4 ? 60 : 30)
        && architecture.InputStreamBits <= WidestInputStream
        && AreaModel.Brams(architecture) <= FpgaDevices.Hx8k.Brams
        && ArchitectureRules.Check(architecture).Count == 0;

    private static async Task<RecordedRow> RecordAsync(Architecture architecture, string folder, CancellationToken cancellation)
    {
        var design = AcceleratorGenerator.Generate(architecture).OrThrow();
        var report = await Fpga.SynthesiseAsync(
            folder, VerilogWriter.Write(design), design.Top.Name, FpgaDevices.Hx8k,
            new() { TargetMhz = TargetMhz, AssumeNoReadWriteCollision = true }, cancellation)
            .ConfigureAwait(false);
        Directory.Delete(folder, recursive: true);
        if (report.IsOk)
        {
            return new(new(architecture, report.Value.LogicCells, report.Value.Brams, report.Value.FmaxMhz), null);
        }

        // Too large for the device, or not routable: a row all the same. Anything else is no property of the design.
        return report.Diagnostics.FirstOrDefault(d => d.Code is "HW3203" or "HW3204" or "HW3205") is { } why
            ? new(new(architecture, 0, AreaModel.Brams(architecture), 0), why)
            : throw new InvalidInputException(report.Diagnostics);
    }
}
