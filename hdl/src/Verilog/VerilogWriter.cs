using System.Text;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Verilog;

/// <summary>
/// Prints a design as Verilog-2005 text: one module after the other, instantiated ones first and the top last. The same
/// design gives the same text, byte for byte. Every width is explicit, so that no width or sign rule of Verilog decides
/// a value; hdl/docs/language.md shows the text of every node. The design has to pass <see cref="RtlRules"/>.
/// </summary>
public static class VerilogWriter
{
    /// <summary>
    /// Verilator warnings that the text switches off in its head, and why. Nothing else is waived.
    /// </summary>
    public static IReadOnlyDictionary<string, string> WaivedWarnings { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["CMPCONST"] = "a comparison with the largest constant is legal and has one answer",
        ["DECLFILENAME"] = "one file holds the whole hierarchy",
        ["LATCH"] = "a latch of the design is a latch",
        ["MULTIDRIVEN"] = "a memory may be written at edges of several clocks",
        ["PINCONNECTEMPTY"] = "an instance may leave an output open",
        ["SYNCASYNCNET"] = "a signal may reset one register at its edge and another at a clock",
        ["UNOPTFLAT"] = "the rules refuse real loops; Verilator also reports false ones through instances",
        ["UNSIGNED"] = "a comparison with zero is legal and has one answer",
        ["UNUSEDSIGNAL"] = "every module has a clock, also a combinational one; slices leave bits unused",
    };

    /// <summary>The text of the whole hierarchy, lines ended by a line feed.</summary>
    public static string Write(Design design)
    {
        var text = new StringBuilder();
        foreach (var warning in WaivedWarnings.Keys)
        {
            text.Append("/* verilator lint_off ").Append(warning).Append(" */\n");
        }

        foreach (var module in design.ModulesBottomUp())
        {
            text.Append('\n');
            new ModuleText(module, text).Write();
        }

        return text.ToString();
    }

    /// <summary>Whether a name is of the form that the writer gives to hoisted values: _t and a number.</summary>
    public static bool IsReserved(string name) =>
        name.Length > 2 && name.StartsWith("_t", StringComparison.Ordinal) && name.AsSpan(2).IndexOfAnyExceptInRange('0', '9') < 0;
}
