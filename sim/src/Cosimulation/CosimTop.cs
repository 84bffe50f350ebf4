using HwSeed.Hdl;

namespace HwSeed.Sim.Cosimulation;

/// <summary>Direction of a port of a top module as its source has it.</summary>
public enum CosimDirection
{
    /// <summary>Driven from outside.</summary>
    Input,

    /// <summary>Driven by the module.</summary>
    Output,

    /// <summary>Driven by either; from outside it is kept at zero where the module drives it as well.</summary>
    Inout,
}

/// <summary>A port of a top module that several simulators run.</summary>
/// <param name="Name">Its name in the source.</param>
/// <param name="Direction">Its direction.</param>
/// <param name="Width">Bits of an element.</param>
/// <param name="Elements">1, or the elements of an unpacked array.</param>
/// <param name="Names">
/// The compiled simulator's ports: one an element; of an inout its input, the value that is driven and the mask of it.
/// </param>
public sealed record CosimPort(string Name, CosimDirection Direction, int Width, int Elements, EquatableArray<string> Names)
{
    /// <summary>Name of the stream of its random values; its own name unless a part of a batch has to be the same alone.</summary>
    public string Stream { get; init; } = Name;

    /// <summary>64-bit words of an element.</summary>
    public int Limbs => (Width + 63) / 64;

    /// <summary>64-bit words of the port.</summary>
    public int Words => Limbs * Elements;
}

/// <summary>A reset input.</summary>
/// <param name="Port">Its name.</param>
/// <param name="ActiveLow">Whether zero resets.</param>
public sealed record CosimReset(string Port, bool ActiveLow);

/// <summary>The top module that several simulators run: its ports, and which of them are clocks and resets.</summary>
/// <param name="Name">Its name in the source.</param>
/// <param name="Ports">Its ports.</param>
/// <param name="Clocks">Names of its clock inputs; the first one counts cycles.</param>
/// <param name="Resets">Its reset inputs.</param>
public sealed record CosimTop(
    string Name, EquatableArray<CosimPort> Ports, EquatableArray<string> Clocks, EquatableArray<CosimReset> Resets)
{
    /// <summary>Ports that are driven from outside, in order.</summary>
    public IEnumerable<CosimPort> Driven => Ports.Where(p => p.Direction == CosimDirection.Input);

    /// <summary>Ports that are compared, in order.</summary>
    public IEnumerable<CosimPort> Compared => Ports.Where(p => p.Direction != CosimDirection.Input);

    /// <summary>Words of all driven ports.</summary>
    public int DrivenWords => Driven.Sum(p => p.Words);

    /// <summary>Words of all compared ports.</summary>
    public int ComparedWords => Compared.Sum(p => p.Words);
}
