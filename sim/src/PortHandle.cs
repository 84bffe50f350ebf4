using HwSeed.Hdl.Rtl;

namespace HwSeed.Sim;

/// <summary>A port of a simulated top module, found once by name and then used every cycle.</summary>
public readonly record struct PortHandle
{
    internal PortHandle(string name, PortDirection direction, int slot, int width) =>
        (Name, Direction, Slot, Width) = (name, direction, slot, width);

    /// <summary>The port's name.</summary>
    public string Name { get; }

    /// <summary>Its direction, seen from inside the module.</summary>
    public PortDirection Direction { get; }

    /// <summary>Bits.</summary>
    public int Width { get; }

    /// <summary>64-bit words that hold a value of the port, least significant first.</summary>
    public int Limbs => (Width + 63) / 64;

    internal int Slot { get; }
}
