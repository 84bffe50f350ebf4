using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Sim;

/// <summary>All wording of the simulator.</summary>
public static class SimulationDiagnostics
{
    /// <summary>What each code means.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> Descriptors { get; } =
    [
        new("HW1041", "Product too wide for the simulator",
            "The compiled simulator computes products of up to 64 bits. Split the multiplication into narrower partial "
            + "products; other operators have no such limit."),
        new("HW1044", "The engine did not finish",
            "The cycle limit passed before the last output word. The message says what was still pending: commands that "
            + "were not accepted, input words that were not taken, outputs that did not come. Streams that no longer move "
            + "mean a deadlock; check that the command stream asks for as many words as are sent."),
        new("HW1045", "Output word taken back",
            "An engine offered an output word that was not accepted, and then withdrew or changed it. In a ready/valid "
            + "stream an offered word stays until it is accepted."),
    ];

    /// <summary>HW1041: a product of more than 64 bits.</summary>
    public static Diagnostic ProductTooWide(int left, int right) => Diagnostic.Error(
        "HW1041", $"the product of {left} and {right} bits has {left + right}; the simulator computes up to 64");

    /// <summary>HW1044: the cycle limit passed, with what was still pending.</summary>
    public static Diagnostic NotFinished(
        long cycles, (int Done, int Of) commands, (int Done, int Of) words, (int Done, int Of) outputs) => Diagnostic.Error(
        "HW1044",
        $"the engine did not finish within {cycles} cycles: {commands.Done} of {commands.Of} commands accepted, "
        + $"{words.Done} of {words.Of} input words taken, {outputs.Done} of {outputs.Of} outputs delivered");

    /// <summary>HW1045: an output word that was offered and then withdrawn or changed.</summary>
    public static Diagnostic OutputTakenBack(long cycle) =>
        Diagnostic.Error("HW1045", $"in cycle {cycle} the engine withdrew or changed an output word before it was accepted");
}
