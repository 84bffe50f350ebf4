using System.Text;

namespace HwSeed.Toolchain;

/// <summary>
/// An iCE40 logic cell as plain Verilog of its own parameters: a look-up table of four inputs, a carry, and a flip-flop. What it means is
/// Yosys' <c>ICESTORM_LC</c> (Lattice, iCE40 LP/HX Family Data Sheet, "Programmable Logic Blocks"); a test proves the two equal. That model
/// itself holds both kinds of flip-flop and all sixteen entries of the table in each of its instances, which makes whole chips slow.
/// </summary>
internal static class LogicCellText
{
    /// <summary>The cell's text; null for what no such cell can be: a carry out of one that has its carry off.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="registers">Takes the net that is a register.</param>
    public static string? Of(RoutedCell cell, ICollection<string> registers)
    {
        var (text, table) = (new StringBuilder(), Table(cell.Bits("LUT_INIT"), [.. Enumerable.Range(0, 4).Select(i => cell.Net($"I{i}"))]));
        if (cell.Net("COUT") is { } carry)
        {
            if (!cell.Has("CARRY_ENABLE"))
            {
                return null;
            }

            var (a, b) = (cell.Net("I1") ?? "1'b0", cell.Net("I2") ?? "1'b0");
            var below = cell.Has("CIN_CONST") ? cell.Has("CIN_SET") ? "1'b1" : "1'b0" : cell.Net("CIN") ?? "1'b0";
            text.Append($"assign {carry} = ({a} & {b}) | (({a} | {b}) & {below});\n");
        }

        if (cell.Net("LO") is { } cascade)
        {
            text.Append($"assign {cascade} = {table};\n");
        }

        if (cell.Net("O") is { } output)
        {
            text.Append(cell.Has("DFF_ENABLE") ? FlipFlop(cell, output, table) : $"assign {output} = {table};\n");
            if (cell.Has("DFF_ENABLE"))
            {
                registers.Add(output);
            }
        }

        return text.ToString();
    }

    private static string FlipFlop(RoutedCell cell, string output, string next)
    {
        var (reset, value) = (cell.Net("SR"), cell.Has("SET_NORESET") ? "1'b1" : "1'b0");
        var isAsynchronous = cell.Has("ASYNC_SR") && reset is not null;
        var enable = cell.Net("CEN") is { } enabled ? $"if ({enabled}) " : "";
        var edges = $"{(cell.Has("NEG_CLK") ? "negedge" : "posedge")} {cell.Net("CLK") ?? "1'b0"}{(isAsynchronous ? $" or posedge {reset}" : "")}";
        return isAsynchronous ? $"always @({edges}) if ({reset}) {output} <= {value}; else {enable}{output} <= {next};\n"
            : reset is not null ? $"always @({edges}) {enable}{output} <= {reset} ? {value} : {next};\n"
            : $"always @({edges}) {enable}{output} <= {next};\n";
    }

    /// <summary>The function of a table as selections, the last input first. An input without a net is 0.</summary>
    /// <param name="entries">The table, entry 0 last, as parameters are written.</param>
    /// <param name="inputs">As many nets as the table has inputs.</param>
    internal static string Table(string entries, ReadOnlySpan<string?> inputs)
    {
        if (!entries.Contains('1', StringComparison.Ordinal))
        {
            return "1'b0";
        }

        if (!entries.Contains('0', StringComparison.Ordinal))
        {
            return "1'b1";
        }

        var half = entries.Length / 2;
        var rest = inputs[..^1];
        var (high, low) = (entries[..half], entries[half..]);
        if (inputs[^1] is not { } input || high == low)
        {
            return Table(low, rest);
        }

        return (Table(high, rest), Table(low, rest)) switch
        {
            ("1'b1", "1'b0") => input,
            ("1'b0", "1'b1") => $"~{input}",
            ("1'b0", var l) => $"(~{input} & {l})",
            (var h, "1'b0") => $"({input} & {h})",
            ("1'b1", var l) => $"({input} | {l})",
            (var h, "1'b1") => $"(~{input} | {h})",
            var (h, l) => $"({input} ? {h} : {l})",
        };
    }
}
