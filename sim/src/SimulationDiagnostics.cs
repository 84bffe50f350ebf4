using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Sim;

/// <summary>All wording of the simulator.</summary>
public static class SimulationDiagnostics
{
    /// <summary>What each code means.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> Descriptors { get; } =
    [
        new("HW1044", "The engine did not finish",
            "The cycle limit passed before the last output word. The message says what was still pending: commands that "
            + "were not accepted, input words that were not taken, outputs that did not come. Streams that no longer move "
            + "mean a deadlock; check that the command stream asks for as many words as are sent."),
        new("HW1045", "Output word taken back",
            "An engine offered an output word that was not accepted, and then withdrew or changed it. In a ready/valid "
            + "stream an offered word stays until it is accepted."),
        new("HW1046", "The design does not settle",
            "After a change of the inputs, clocks, latches or gates of the design went on changing each other for ever. Look for "
            + "a clock that depends on registers which it clocks itself, for latches that are open at the same time in a ring, "
            + "or for a ring of gates that inverts."),
        new("HW1047", "No checkpoint",
            "The file is not there, is no checkpoint of this version, or was changed after it was written."),
        new("HW1048", "Checkpoint of another design",
            "A checkpoint holds the state of exactly one design and can only be restored into that. Run the design to the "
            + "same point again and save a new one."),
    ];

    /// <summary>HW1046: clocks or latches change each other for ever.</summary>
    public static Diagnostic DoesNotSettle(int rounds) =>
        Diagnostic.Error("HW1046", $"the design does not settle: clocks or latches still change after {rounds} rounds");

    /// <summary>HW1046: a loop of gates or latches changes for ever.</summary>
    public static Diagnostic LoopDoesNotSettle(string path, int changes) => Diagnostic.Error(
        "HW1046", $"the design does not settle: '{path}' is on a loop of gates or latches that still changes after {changes} changes");

    /// <summary>HW1047: a file that is no checkpoint that can be read.</summary>
    public static Diagnostic NoCheckpoint(string path, string why) =>
        Diagnostic.Error("HW1047", $"'{path}' is no checkpoint: {why}");

    /// <summary>HW1048: a checkpoint of another design.</summary>
    public static Diagnostic OtherDesign(string path) =>
        Diagnostic.Error("HW1048", $"'{path}' is a checkpoint of another design");

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
