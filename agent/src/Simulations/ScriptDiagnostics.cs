using System.Globalization;
using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Agent.Simulations;

/// <summary>All wording about stimulus scripts (HW55xx).</summary>
public static class ScriptDiagnostics
{
    /// <summary>What each code means.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> Descriptors { get; } =
    [
        new("HW5501", "A stimulus script is not C#",
            "The compiler's own message follows. A script is C# with the words Poke, Peek, PeekMemory, Step, Expect, Random, Print and "
            + "Cycle; sim/docs/stimulus.md describes them."),
        new("HW5502", "A stimulus script was ended by an error",
            "The script asked for something that the design does not have, or ended with an exception. The message says which; "
            + "the place is the line of the script."),
        new("HW5503", "A stimulus script ran out of time",
            "The script was stopped at its time limit, at the next step of the clock. --time-limit gives it more seconds."),
        new("HW5504", "Not a stimulus file",
            "Stimulus is a table, .csv, or a C# script, .csx; sim/docs/stimulus.md describes both. Files have at most 64 MiB."),
    ];

    internal static Diagnostic NotCSharp(string message, SourceSpan span) => Diagnostic.Error("HW5501", message.TrimEnd('.'), span);

    internal static Diagnostic Ended(string reason, SourceSpan span) => Diagnostic.Error("HW5502", reason.TrimEnd('.'), span);

    internal static Diagnostic OutOfTime(string file, TimeSpan limit, long cycles) => Diagnostic.Error(
        "HW5503",
        string.Create(CultureInfo.InvariantCulture, $"the script was stopped after {limit.TotalSeconds:0.###} s, in cycle {cycles}"),
        SourceSpan.OfFile(file));

    internal static Diagnostic UnknownKind(string file) =>
        Diagnostic.Error("HW5504", "stimulus is a table, .csv, or a script, .csx", SourceSpan.OfFile(file));

    internal static Diagnostic TooLarge(string file, int limit) =>
        Diagnostic.Error("HW5504", $"the file has more than {limit >> 20} MiB", SourceSpan.OfFile(file));
}
