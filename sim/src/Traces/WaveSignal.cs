using HwSeed.Hdl.Netlists;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Sim.Traces;

/// <summary>A signal of a waveform.</summary>
/// <param name="Path">Instance names from the top down and the signal's name, joined by dots.</param>
/// <param name="Width">Bits.</param>
/// <param name="IsState">Whether it holds its value between edges, as a register does.</param>
/// <param name="Direction">Of a port of the top module; null for signals inside.</param>
public sealed record WaveSignal(string Path, int Width, bool IsState = false, PortDirection? Direction = null)
{
    /// <summary>The last part of the path.</summary>
    public string Name => Path[(Path.LastIndexOf('.') + 1)..];

    /// <summary>64-bit words of a value.</summary>
    public int Limbs => (Width + 63) / 64;

    /// <summary>The name with its bit range, as <c>acc [23:0]</c>; one bit has none.</summary>
    internal string Declaration => Width == 1 ? Name : $"{Name} [{Width - 1}:0]";

    internal static WaveSignal Of(Netlist netlist, string path)
    {
        if (!netlist.TryFind(path, out var net))
        {
            throw new KeyNotFoundException($"no signal '{path}'");
        }

        return new(path, net.Width, net.Kind is not (NetKind.Input or NetKind.Combinational), DirectionOf(netlist, path));
    }

    private static PortDirection? DirectionOf(Netlist netlist, string path) =>
        netlist.Design.Top.Ports.FirstOrDefault(p => p.Name == path)?.Direction;
}
