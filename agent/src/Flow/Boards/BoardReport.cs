using HwSeed.Hdl;
using HwSeed.Toolchain;

namespace HwSeed.Agent.Flow.Boards;

/// <summary>A resource and how much of it is used.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Used">Used.</param>
/// <param name="Available">On the device.</param>
/// <param name="Expected">What was counted or estimated before synthesis; null where nothing was.</param>
public sealed record ResourceUse(string Name, int Used, int Available, int? Expected);

/// <summary>One round of synthesis, place and route with all seeds.</summary>
/// <param name="Purpose">Why: to find the clock, or with the clock that was found.</param>
/// <param name="ClockMhz">The clock that the PLL was set to.</param>
/// <param name="TargetMhz">The constraint of place and route.</param>
/// <param name="Attempts">What each seed reached.</param>
/// <param name="KeptSeed">The seed of the fastest.</param>
/// <param name="FmaxMhz">What it reached.</param>
public sealed record BoardRound(
    string Purpose, double ClockMhz, double TargetMhz, EquatableArray<SeedResult> Attempts, int KeptSeed, double FmaxMhz);

/// <summary>A step of the slowest path, for the page and the report.</summary>
/// <param name="Kind">clk-to-q, routing, logic or setup.</param>
/// <param name="Signal">The design's own signal there.</param>
/// <param name="Known">Whether a signal of that name is in the design; else it is logic that synthesis made beside it.</param>
/// <param name="DelayNs">Its delay.</param>
/// <param name="X">Column of the tile.</param>
/// <param name="Y">Row of the tile.</param>
public sealed record TimingStep(string Kind, string Signal, bool Known, double DelayNs, int X, int Y);

/// <summary>What <c>report.json</c> holds: everything but times and paths of this machine, so that two runs are equal.</summary>
/// <param name="Architecture">The engine's name.</param>
/// <param name="Board">The board's name.</param>
/// <param name="Device">The device's name.</param>
/// <param name="Package">Its package.</param>
/// <param name="Port">The host port.</param>
/// <param name="Baud">Bits a second of the UART; null for SPI.</param>
/// <param name="Divider">Clock cycles of a bit; null for SPI.</param>
/// <param name="LargestSckMhz">Fastest SCK; null for a UART.</param>
/// <param name="ClockMhz">The clock that the engine runs at.</param>
/// <param name="OscillatorMhz">The board's oscillator.</param>
/// <param name="Pll">The PLL; null when the engine runs on the oscillator.</param>
/// <param name="FmaxMhz">What the kept routing reaches.</param>
/// <param name="Margin">Share by which the clock lies below that.</param>
/// <param name="Rounds">All rounds.</param>
/// <param name="Resources">Use of the device.</param>
/// <param name="LogicCellEstimateError">Median relative error of the estimate of logic cells.</param>
/// <param name="PeakGmacs">Multiply-accumulates a second at most, in thousand millions.</param>
/// <param name="CriticalNs">Length of the slowest path.</param>
/// <param name="CriticalPath">Its steps.</param>
/// <param name="Gemm">Shape of program.json and the vectors.</param>
/// <param name="GemmCycles">Cycles of the engine for it.</param>
/// <param name="VerificationLevel">What the driver computed on the simulated pins of this very design.</param>
/// <param name="Identity">What the chip answers to Identify, hexadecimal.</param>
/// <param name="Tools">Yosys' name and version.</param>
/// <param name="BitstreamSha256">Of <c>board.bin</c>.</param>
public sealed record BoardReport(
    string Architecture, string Board, string Device, string Package, string Port, int? Baud, int? Divider, double? LargestSckMhz,
    double ClockMhz, double OscillatorMhz, Pll? Pll, double FmaxMhz, double Margin, EquatableArray<BoardRound> Rounds,
    EquatableArray<ResourceUse> Resources, double LogicCellEstimateError, double PeakGmacs, double CriticalNs,
    EquatableArray<TimingStep> CriticalPath, string Gemm, long GemmCycles, string VerificationLevel, string Identity, string Tools,
    string BitstreamSha256);
