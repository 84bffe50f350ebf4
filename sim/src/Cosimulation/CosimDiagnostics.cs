using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Sim.Cosimulation;

/// <summary>All wording of co-simulation with other simulators.</summary>
public static class CosimDiagnostics
{
    /// <summary>What each code means.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> Descriptors { get; } =
    [
        new("HW1080", "The other simulator gave no result",
            "A simulator that runs the design beside ours did not end well, or left no whole result that bears this run's "
            + "nonce; nothing is known then. A loop of gates that never settles does this."),
        new("HW1081", "No such clock or reset",
            "What is named as clock or reset has to be an input of the top module with one bit."),
        new("HW1082", "Ports that Icarus cannot drive",
            "Unpacked arrays as ports of the top module can be compared with Verilator, not with Icarus."),
    ];

    /// <summary>HW1080: no result.</summary>
    public static Diagnostic NoResult(string simulator, string reason) =>
        Diagnostic.Error("HW1080", $"{simulator} gave no result: {reason}");

    /// <summary>HW1081: not an input of one bit.</summary>
    public static Diagnostic NoSuchInput(string what, string name, IEnumerable<string> inputs) => Diagnostic.Error(
        "HW1081", $"{what} '{name}' is not an input of one bit; such inputs are: {string.Join(", ", inputs.DefaultIfEmpty("none"))}");

    /// <summary>HW1082: unpacked arrays as ports.</summary>
    public static Diagnostic ArrayPorts(string top) =>
        Diagnostic.Error("HW1082", $"'{top}' has unpacked arrays as ports, which the Icarus bench cannot connect");
}
