using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Properties;

/// <summary>A statement about a unit: an output of its harness that is never high.</summary>
/// <param name="Output">Name of the output, 1 bit, high in every cycle that breaks the statement.</param>
/// <param name="Statement">The statement, as a sentence without a full stop.</param>
public sealed record Property(string Output, string Statement)
{
    /// <summary>
    /// The output that tells of the statement alone, where <see cref="Output"/> is also high when a lemma breaks that only helps
    /// to prove it; else the same output.
    /// </summary>
    public string Alone { get; init; } = Output;
}

/// <summary>
/// A unit together with monitors, in our own hardware language: its inputs are free, so what no input sequence from power-up
/// drives high holds for every environment that the harness admits.
/// </summary>
/// <param name="Part">What is examined, as <c>load unit</c>.</param>
/// <param name="Design">The harness, its statements' outputs at the top.</param>
/// <param name="Properties">The statements.</param>
public sealed record PropertyHarness(string Part, Design Design, EquatableArray<Property> Properties)
{
    /// <summary>Cycles after which the harness has forgotten its inputs, a bound on how far induction need look; 0 when it never does.</summary>
    public int Memory { get; init; }
}
