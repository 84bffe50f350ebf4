namespace HwSeed.Hdl.Netlists;

/// <summary>What drives a net.</summary>
public enum NetKind
{
    /// <summary>An input port of the top module, driven from outside.</summary>
    Input,

    /// <summary>A combinational assignment: a wire, an output port, or an input port of an instance.</summary>
    Combinational,

    /// <summary>A register.</summary>
    Register,

    /// <summary>A synchronous memory read port, which holds the word of the last enabled edge.</summary>
    ReadPort,

    /// <summary>A latch: assigned like a combinational net, from its inputs and the value that it held before.</summary>
    Latch,
}

/// <summary>A flat signal of an elaborated design.</summary>
/// <param name="Index">Its place in <see cref="Netlist.Nets"/>.</param>
/// <param name="Path">Instance names from the top down and the signal's name, joined by dots: <c>pe_0_1.acc</c>.</param>
/// <param name="Width">Bits, at least 1.</param>
/// <param name="Kind">What drives it.</param>
public sealed record Net(int Index, string Path, int Width, NetKind Kind);
