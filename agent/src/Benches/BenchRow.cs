using HwSeed.Hdl;

namespace HwSeed.Agent.Benches;

/// <summary>One comparison of a bench; both sides were measured in the same run.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Unit">Unit of both figures.</param>
/// <param name="Ours">Our median.</param>
/// <param name="Theirs">The opponent's median.</param>
/// <param name="Against">The opponent.</param>
/// <param name="Ratio">Above 1 ours is better, whichever way the unit counts.</param>
/// <param name="Runs">Measurements behind each median.</param>
public sealed record BenchRow(string Name, string Unit, double Ours, double Theirs, string Against, double Ratio, int Runs);

/// <summary>What a bench prints.</summary>
/// <param name="Machine">Where it ran.</param>
/// <param name="Rows">The comparisons.</param>
public sealed record BenchReport(Machine Machine, EquatableArray<BenchRow> Rows);
