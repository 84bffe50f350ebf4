using HwSeed.Hdl.Architectures;
using HwSeed.Toolchain;

namespace HwSeed.Agent.Flow.Vendors;

/// <summary>An engine that is wanted on a device of another vendor.</summary>
/// <param name="Architecture">The engine.</param>
/// <param name="Device">The device.</param>
/// <param name="ConstraintMhz">The clock that the project asks for; null is the board's oscillator, or 100 MHz without one.</param>
/// <param name="Baud">Bits a second of the UART of a project with pins.</param>
/// <param name="Seed">Seed of nextpnr in the project.</param>
public sealed record VendorRequest(Architecture Architecture, VendorDevice Device, double? ConstraintMhz = null, int Baud = 115_200, int Seed = 1)
{
    private const double DefaultMhz = 100;

    /// <summary>The clock that the project asks for, in MHz.</summary>
    public double ClockMhz => ConstraintMhz ?? Device.Board?.ClockMhz ?? DefaultMhz;

    /// <summary>Whether the engine wants DSP blocks; one that does not gets none inferred either.</summary>
    public bool WantsDsps => Architecture.Multiplier == Multiplier.Dsp;

    /// <summary>Whether Yosys will infer them.</summary>
    public bool Dsps => WantsDsps && Device.Family.InfersDsps;
}
