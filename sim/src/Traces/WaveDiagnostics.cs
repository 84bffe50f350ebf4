using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Sim.Traces;

/// <summary>All wording about waveforms.</summary>
public static class WaveDiagnostics
{
    private const int Shown = 12;

    /// <summary>What each code means.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> Descriptors { get; } =
    [
        new("HW1060", "No such signal",
            "A pattern of signals matches nothing in the design. Paths are instance names from the top down and the signal's "
            + "name, joined by dots, without the top module's own name: 'cpu.alu.sum'. '*' stands for any text without a dot, "
            + "'**' for any text; the path of an instance means everything in it."),
    ];

    /// <summary>HW1060: a pattern without a match, and what there is.</summary>
    internal static Diagnostic NoSignal(string pattern, (string Scope, IReadOnlyList<string> Names) known) => Diagnostic.Error(
        "HW1060",
        $"no signal matches '{pattern}'; in '{known.Scope}' there are {string.Join(", ", known.Names.Take(Shown))}"
        + (known.Names.Count > Shown ? $" and {known.Names.Count - Shown} more" : ""));
}
