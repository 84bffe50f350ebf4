using HwSeed.Hdl;

namespace HwSeed.Sim.Traces;

/// <summary>How often the bits of one signal changed.</summary>
/// <param name="Path">The signal.</param>
/// <param name="Width">Bits.</param>
/// <param name="Toggles">Bit changes, all bits together.</param>
public sealed record SignalToggles(string Path, int Width, long Toggles);

/// <summary>Switching activity of the state of a design: registers and memory read ports.</summary>
/// <param name="Cycles">Rising edges counted.</param>
/// <param name="Signals">One entry a register or read port.</param>
public sealed record ToggleCounts(long Cycles, EquatableArray<SignalToggles> Signals)
{
    /// <summary>Bit changes of all signals.</summary>
    public long Total => Signals.Sum(s => s.Toggles);

    /// <summary>Bit changes per bit and cycle, 0..1.</summary>
    public double Activity
    {
        get
        {
            var places = (double)Cycles * Signals.Sum(s => s.Width);
            return places > 0 ? Total / places : 0;
        }
    }
}
