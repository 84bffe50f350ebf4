using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog.Binding.Names;

namespace HwSeed.Hdl.Verilog.Binding.Hierarchy;

/// <summary>A module with the values of its parameters, made into a module of the hardware language.</summary>
/// <param name="Module">The module.</param>
/// <param name="SourceName">Its name in the source.</param>
/// <param name="Ports">Its ports in the order of the header.</param>
/// <param name="Signals">Its signals.</param>
/// <param name="Instances">Instances below it, itself included.</param>
internal sealed record BoundModule(
    Module Module, string SourceName, IReadOnlyList<BoundPort> Ports, IReadOnlyList<Signal> Signals, long Instances)
{
    /// <summary>Its name in the source and the values of its parameters.</summary>
    public (string Module, string Key) Key { get; init; }

    /// <summary>Its names.</summary>
    public required Scope Scope { get; init; }

    /// <summary>Ports for signals of interfaces that it uses.</summary>
    public required IReadOnlyList<BoundMember> Members { get; init; }

    /// <summary>Output ports for signals that modules around it read by hierarchical names, by their paths in it.</summary>
    public required IReadOnlyDictionary<string, BoundPort> Exports { get; init; }
}

/// <summary>A signal of an interface behind a port, with the ports of the module that carry it.</summary>
internal sealed record BoundMember(MemberPort Member, BoundPort Port);

/// <summary>A port as instances see it.</summary>
/// <param name="Name">Name in the source.</param>
/// <param name="Signal">The signal inside.</param>
/// <param name="Names">Names of the ports of the module: of each element; of an inout its input.</param>
internal sealed record BoundPort(string Name, Signal Signal, IReadOnlyList<string> Names)
{
    /// <summary>Of an inout: the ports with the value and the mask that the module drives.</summary>
    public (string Out, string Enable)? Drives { get; init; }

    /// <summary>The value that an input has when nothing is connected.</summary>
    public BitVector? Default { get; init; }
}
