using HwSeed.Hdl.Architectures;

namespace HwSeed.Agent.Flow;

/// <summary>Pins of an engine whose streams go straight to the package.</summary>
public static class EnginePins
{
    private const int Command = 64 + 2;
    private const int Handshake = 2;
    private const int ClockAndReset = 2;

    /// <summary>Bits of all ports.</summary>
    public static int Count(Architecture architecture) =>
        architecture.InputStreamBits + Handshake + Command + architecture.ResultBits + Handshake + ClockAndReset
        + (architecture.Output is { Residual: true } ? architecture.InputBits + Handshake : 0);
}
