using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Generators.Hosts;

namespace HwSeed.Agent.Flow.Boards;

/// <summary>Clock cycles of a UART's bit.</summary>
/// <param name="Cycles">How many.</param>
public sealed record BaudDivider(int Cycles);

/// <summary>Which baud rates a clock can make.</summary>
public static class BaudRates
{
    /// <summary>The largest relative error of a UART's clock: a receiver looks nine and a half bits after the start.</summary>
    public const double LargestError = 0.02;

    /// <summary>Clock cycles of a bit, without a check.</summary>
    public static int Nearest(double clockMhz, int baud) => (int)Math.Round(clockMhz * 1e6 / baud);

    /// <summary>Clock cycles of a bit. HW5117: the clock cannot make the rate.</summary>
    public static Checked<BaudDivider> Divider(double clockMhz, int baud)
    {
        var divider = Nearest(clockMhz, baud);
        var error = divider == 0 ? 1 : Math.Abs((clockMhz * 1e6 / divider / baud) - 1);
        return divider is < HostPorts.LeastDivider or > 65536 || error > LargestError
            ? Checked.Fail<BaudDivider>(AgentDiagnostics.BaudRate(baud, clockMhz, HostPorts.LeastDivider))
            : Checked.Ok(new BaudDivider(divider));
    }
}
