using HwSeed.Hdl;

namespace HwSeed.Toolchain;

/// <summary>What one seed of place and route gave.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="FmaxMhz">The clock that it reached; null when it found no routing.</param>
public sealed record SeedResult(int Seed, double? FmaxMhz);

/// <summary>How a design is synthesised.</summary>
public sealed record SynthesisOptions
{
    /// <summary>The default: seed 1 and a target of 100 MHz.</summary>
    public static SynthesisOptions Default { get; } = new();

    /// <summary>Seed of place and route; the same seed gives the same bitstream.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Seeds of place and route that are tried, from <see cref="Seed"/> on; the fastest result is kept.</summary>
    public int Seeds { get; init; } = 1;

    /// <summary>The clock that place and route strives for, in MHz; missing it is reported, not refused.</summary>
    public double TargetMhz { get; init; } = 100;

    /// <summary>
    /// Promises that no memory is read and written at one address on one edge. Yosys then leaves out the logic that
    /// keeps the old word for such reads, about 65 logic cells a block RAM.
    /// </summary>
    public bool AssumeNoReadWriteCollision { get; init; }

    /// <summary>The pins of the top module's ports; left empty, nextpnr chooses them.</summary>
    public EquatableArray<PinAssignment> Pins { get; init; }

    /// <summary>Keeps the placed netlist, which <see cref="RoutedDesign"/> takes; it is larger than all else.</summary>
    public bool KeepPlacement { get; init; }

    /// <summary>Further lines of the makefile.</summary>
    public string MakeTargets { get; init; } = "";

    /// <summary>Wall-clock limit for each tool.</summary>
    public TimeSpan StepLimit { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Address space of each tool, in bytes.</summary>
    public long MemoryLimitBytes { get; init; } = 4L << 30;
}

/// <summary>What became of a design on a device, from the tools' own reports.</summary>
/// <param name="Device">The device.</param>
/// <param name="Luts">4-input look-up tables after synthesis (Yosys).</param>
/// <param name="FlipFlops">Flip-flops after synthesis (Yosys).</param>
/// <param name="Carries">Carry cells after synthesis (Yosys).</param>
/// <param name="LogicCells">Logic cells used after packing (nextpnr).</param>
/// <param name="Brams">Block memories used.</param>
/// <param name="Dsps">DSP blocks used.</param>
/// <param name="Ios">Pins used.</param>
/// <param name="FmaxMhz">Highest clock after routing, of the slowest clock domain.</param>
/// <param name="TargetMhz">The clock that was asked for.</param>
/// <param name="BitstreamPath">Absolute path of the <c>.bin</c>.</param>
/// <param name="BitstreamSha256">Its SHA-256, lower-case hexadecimal.</param>
/// <param name="Seed">Seed of place and route.</param>
/// <param name="YosysTime">Wall-clock time of synthesis.</param>
/// <param name="NextpnrTime">Wall-clock time of place and route.</param>
/// <param name="Sandboxed">Whether all tools ran inside bubblewrap.</param>
/// <param name="ReportText">The tools' utilisation and timing lines, for a person to read.</param>
public sealed record SynthesisReport(
    FpgaDevice Device, int Luts, int FlipFlops, int Carries, int LogicCells, int Brams, int Dsps, int Ios,
    double FmaxMhz, double TargetMhz, string BitstreamPath, string BitstreamSha256, int Seed,
    TimeSpan YosysTime, TimeSpan NextpnrTime, bool Sandboxed, string ReportText)
{
    /// <summary>Every seed that was tried, in order; <see cref="Seed"/> is the one whose result was kept.</summary>
    public EquatableArray<SeedResult> Attempts { get; init; }

    /// <summary>The middle one of the clocks that the seeds reached: what one seed alone would probably give.</summary>
    public double MedianFmaxMhz { get; init; }

    /// <summary>Whether the routed design reaches the clock that was asked for.</summary>
    public bool MeetsTiming => FmaxMhz >= TargetMhz;
}
