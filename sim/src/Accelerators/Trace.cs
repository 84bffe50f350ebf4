using HwSeed.Sim.Traces;

namespace HwSeed.Sim.Accelerators;

/// <summary>What a run of an engine gave.</summary>
/// <param name="Cycles">From the edge that is offered the first command to the edge that accepts the last output, both
/// included.</param>
/// <param name="Outputs">Accepted output words, in order.</param>
/// <param name="Toggles">Switching activity from the first command on, when asked for.</param>
/// <param name="Ports">Every port in every cycle, reset included, when asked for.</param>
public sealed record Trace(long Cycles, ulong[] Outputs, ToggleCounts? Toggles, PortTrace? Ports);
