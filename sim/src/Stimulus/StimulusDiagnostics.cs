using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Sim.Stimulus;

/// <summary>All wording about stimulus.</summary>
public static class StimulusDiagnostics
{
    /// <summary>What each code means.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> Descriptors { get; } =
    [
        new("HW1063", "A stimulus table without a header",
            "The first line of a table names its columns: inputs of the top module, '>' and a signal for values that are "
            + "checked, and 'repeat'. Empty lines and lines that begin with '#' do not count."),
        new("HW1064", "Unknown column of a stimulus table",
            "A column is an input of the top module, '>' with the path of any signal, or 'repeat'. The clock has no column: "
            + "it is driven by the run itself."),
        new("HW1065", "Not a value of a stimulus table",
            "A value is written as 12, -3, 0xff, 0b1010 or as in Verilog, 8'hff; '_' may stand between digits. In checks 'x' is "
            + "a hexadecimal or binary digit that may be anything. An empty cell keeps an input as it is and checks nothing; so "
            + "does 'x'. The value has to fit into the signal's bits, with or without a sign."),
        new("HW1066", "A row of a stimulus table has too many cells",
            "A row has at most as many cells as the header has columns. Cells that are left out at its end are empty."),
        new("HW1067", "A check failed",
            "A signal did not have the value that the stimulus expects, in the settled state before the edge that ends the "
            + "cycle. 'hwseed wave' with the same stimulus shows the signals around it."),
        new("HW1068", "No clock of this name",
            "The clock is an input of one bit of the top module. Designs of the hardware language have a clock of their own "
            + "and need no option."),
    ];

    internal static Diagnostic NoHeader(string file) => Diagnostic.Error("HW1063", "the table has no header", SourceSpan.OfFile(file));

    internal static Diagnostic UnknownColumn(string name, bool isCheck, IEnumerable<string> known, SourceSpan span) => Diagnostic.Error(
        "HW1064",
        isCheck ? $"no signal '{name}' to check; outputs are {List(known)}" : $"no input '{name}'; inputs are {List(known)}, and a check begins with '>'",
        span);

    internal static Diagnostic ClockColumn(string name, SourceSpan span) =>
        Diagnostic.Error("HW1064", $"'{name}' is the clock, which the run drives itself", span);

    internal static Diagnostic ColumnTwice(string name, SourceSpan span) => Diagnostic.Error("HW1064", $"column '{name}' is there twice", span);

    internal static Diagnostic NotAValue(string text, string reason, SourceSpan span) =>
        Diagnostic.Error("HW1065", $"'{(text.Length > 40 ? text[..40] + "..." : text)}' is not a value: {reason}", span);

    internal static Diagnostic TooWide(string text, string signal, int width, SourceSpan span) => Diagnostic.Error(
        "HW1065", $"'{(text.Length > 40 ? text[..40] + "..." : text)}' does not fit into the {width} bit{(width == 1 ? "" : "s")} of '{signal}'", span);

    internal static Diagnostic TooManyCells(int columns, SourceSpan span) =>
        Diagnostic.Error("HW1066", $"the row has more cells than the {columns} columns of the header", span);

    /// <summary>HW1067: a signal does not have the expected value.</summary>
    public static Diagnostic Mismatch(long cycle, string signal, BitVector value, string expected, SourceSpan? span) =>
        Diagnostic.Error("HW1067", $"in cycle {cycle} '{signal}' is {value}, expected {expected}", span);

    /// <summary>HW1067: what is not shown in full.</summary>
    public static Diagnostic MoreMismatches(long count) => Diagnostic.Error("HW1067", $"{count} more checks failed");

    /// <summary>HW1068: an option names no clock.</summary>
    public static Diagnostic NotAClock(string name, Module top) => Diagnostic.Error(
        "HW1068", $"'{name}' is not an input of one bit of '{top.Name}'; those are {List(top.InputPorts.Where(p => p.Width == 1).Select(p => p.Name))}");

    private static string List(IEnumerable<string> names) =>
        names.ToList() is { Count: > 0 } all ? string.Join(", ", all.Take(12)) + (all.Count > 12 ? ", ..." : "") : "none";
}
