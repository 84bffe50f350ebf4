using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Sim.Coverage;

/// <summary>All wording about coverage.</summary>
public static class CoverageDiagnostics
{
    /// <summary>What each code means.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> Descriptors { get; } =
    [
        new("HW1061", "Coverage of different designs",
            "Coverage is added up only when all runs have the same signals, statements and state machines. Take the files "
            + "from runs of the same sources and the same top module."),
        new("HW1062", "Not a coverage file",
            "Coverage is read from the JSON files that 'hwseed sim --coverage' and 'hwseed wave --coverage' write beside "
            + "their HTML page. The message says what is wrong."),
    ];

    /// <summary>HW1061: coverage of two designs.</summary>
    internal static Diagnostic OtherDesign(string one, string other) => Diagnostic.Error(
        "HW1061",
        one == other
            ? $"two coverages of '{one}' have different signals, statements or state machines; the sources were changed between the runs"
            : $"coverage of '{one}' and of '{other}' cannot be added up");

    /// <summary>HW1062: a file that is no coverage.</summary>
    internal static Diagnostic NotCoverage(string file, string reason) =>
        Diagnostic.Error("HW1062", $"not a coverage file: {reason}", SourceSpan.OfFile(file));
}
