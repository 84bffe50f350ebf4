using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Cli;

/// <summary>All wording about the command line itself (HW53xx).</summary>
public static class CommandDiagnostics
{
    /// <summary>What each code means.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> Descriptors { get; } =
    [
        new("HW5300", "The command line is not understood", "A word is unknown, or an argument or option is missing or has the wrong form. 'hwseed --help' lists the commands, 'hwseed COMMAND --help' what one takes."),
        new("HW5301", "A matrix product is not written as MxKxN", "A product C[M,N] = A[M,K] x B[K,N] is written with its three sizes, as 64x128x384: rows of A, length of the sums, columns of B. Each is at least 1; a matrix has at most 2^26 elements, so that a typing error cannot fill the memory."),
        new("HW5302", "The product does not run on this engine", "No mapping fits the engine's memories or accumulators. The message gives the reason that stopped most mappings. 'hwseed map' counts them."),
        new("HW5303", "A file or folder cannot be used", "The system refused to read or write there. Check that the path exists, is of the right kind and belongs to this user."),
        new("HW5304", "Unknown diagnostic code", "'hwseed explain' without a code lists all of them."),
        new("HW5305", "Only one way to choose the work", "The two options contradict each other, or one is missing; the message names them."),
        new("HW5306", "Unknown word of an option", "The option takes one of a fixed list of words; the message names the nearest or all of them."),
    ];

    internal static Diagnostic Syntax(string message) => Diagnostic.Error("HW5300", message.TrimEnd('.'));

    internal static Diagnostic NotAGemm(string text, string reason) =>
        Diagnostic.Error("HW5301", $"'{text}' is not a matrix product: {reason}; write MxKxN, as 64x128x384");

    internal static Diagnostic DoesNotRun(GemmShape shape, Architecture architecture, string reason) =>
        Diagnostic.Error("HW5302", $"{shape} does not run on '{architecture.Name}': {reason}");

    internal static Diagnostic Refused(string reason) => Diagnostic.Error("HW5303", reason.TrimEnd('.'));

    internal static Diagnostic UnknownCode(string code, string? nearest) => Diagnostic.Error(
        "HW5304", $"'{code}' is not a diagnostic code{(nearest is null ? "" : $", did you mean {nearest}")}? 'hwseed explain' lists them");

    internal static Diagnostic UnknownWord(string option, string word, IEnumerable<string> known) => Diagnostic.Error(
        "HW5306", $"{option} is '{(word.Length > 40 ? word[..40] + "..." : word)}'; it must be one of: {string.Join(", ", known)}");

    internal static Diagnostic Choice(string message) => Diagnostic.Error("HW5305", message);
}
