using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog;

namespace HwSeed.Toolchain;

/// <summary>
/// The outermost module of a board: pins, PLL, and a reset that ends when the clock is stable. It is text, since a PLL is no
/// thing of the hardware language.
/// </summary>
public static class BoardTop
{
    /// <summary>Name of the module and stem of its files.</summary>
    public const string Name = "board";

    /// <summary>Name of the instance of the design.</summary>
    public const string Instance = "host";

    /// <summary>The module around a design with inputs rst and rx, or rst, sck, cs_n and mosi, and outputs busy and error.</summary>
    /// <param name="board">The board.</param>
    /// <param name="design">The design's top.</param>
    /// <param name="pll">The PLL; null runs the design on the oscillator.</param>
    public static string Write(Board board, Module design, Pll? pll)
    {
        var ports = Ports(board, design).ToList();
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"module {Name}(\n");
        text.AppendJoin(",\n", ports.Select(p => $"    {(p.IsInput ? "input" : "output")} {p.Name}")).Append(");\n");
        text.Append("  wire clk;\n");
        if (pll is null)
        {
            text.Append("  wire locked = 1'b1;\n  assign clk = clk_pin;\n");
        }
        else
        {
            var (cell, pin) = board.PllInput == PllInput.Pad ? ("SB_PLL40_PAD", "PACKAGEPIN") : ("SB_PLL40_CORE", "REFERENCECLK");
            text.Append(string.Create(CultureInfo.InvariantCulture, $"""
                  wire locked;
                  // {pll.InputMhz} MHz / {pll.Divr + 1} x {pll.Divf + 1} / {1 << pll.Divq} = {pll.OutputMhz:0.######} MHz
                  {cell} #(
                    .FEEDBACK_PATH("SIMPLE"), .DIVR(4'd{pll.Divr}), .DIVF(7'd{pll.Divf}), .DIVQ(3'd{pll.Divq}), .FILTER_RANGE(3'd{pll.FilterRange})
                  ) pll (.{pin}(clk_pin), .PLLOUTGLOBAL(clk), .LOCK(locked), .RESETB(1'b1), .BYPASS(1'b0));

                """).ReplaceLineEndings("\n"));
        }

        // The lock and the button belong to no clock: two registers, then sixteen edges of reset.
        text.Append(string.Create(CultureInfo.InvariantCulture, $"""
              reg [1:0] stable = 2'b00;
              reg [4:0] held = 5'd0;
              always @(posedge clk) begin
                stable <= {"{"}stable[0], locked{(board.ResetPin is null ? "" : " & reset_n")}{"}"};
                if (!stable[1]) held <= 5'd0;
                else if (!held[4]) held <= held + 5'd1;
              end
              wire busy;
              wire error;
              {design.Name} {Instance} (.clk(clk), .rst(~held[4])
            """).ReplaceLineEndings("\n"));
        foreach (var port in design.Ports.Where(p => p.Name != "rst"))
        {
            text.Append(CultureInfo.InvariantCulture, $", .{port.Name}({port.Name})");
        }

        text.Append(");\n");
        var invert = board.LedsLightLow ? "~" : "";
        text.Append(CultureInfo.InvariantCulture, $"  assign led_busy = {invert}{(board.ErrorLed is null ? "(busy | error)" : "busy")};\n");
        text.Append(board.ErrorLed is null ? "" : $"  assign led_error = {invert}error;\n");
        for (var i = 0; i < board.LowPins.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"  assign low_{i} = 1'b0;\n");
        }

        return text.Append("endmodule\n").ToString();
    }

    /// <summary>The whole Verilog of a board: its outermost module, and the design with the device's own blocks in it.</summary>
    /// <param name="board">The board.</param>
    /// <param name="design">The design.</param>
    /// <param name="pll">The PLL; null runs the design on the oscillator.</param>
    public static string WriteAll(Board board, Design design, Pll? pll)
    {
        // One file for all tools: other flows than ours have no word for "this definition instead of that one".
        var text = board.Device.Cells.Aggregate(VerilogWriter.Write(design), (all, cell) => Regex.Replace(
            all, $@"^module {cell.Module}\b.*?^endmodule\n",
            _ => cell.Verilog.ReplaceLineEndings("\n").Replace($"module {cell.Module} (", $"module {cell.Module}(", StringComparison.Ordinal),
            RegexOptions.Multiline | RegexOptions.Singleline));
        return Write(board, design.Top, pll) + text;
    }

    /// <summary>The pin of each port of the module.</summary>
    /// <param name="board">The board.</param>
    /// <param name="design">The design's top.</param>
    public static IReadOnlyList<PinAssignment> Pins(Board board, Module design) =>
        [.. Ports(board, design).Select(p => new PinAssignment(p.Name, null, p.Pin))];

    private static IEnumerable<(string Name, bool IsInput, string Pin)> Ports(Board board, Module design)
    {
        yield return ("clk_pin", true, board.ClockPin);
        if (board.ResetPin is { } reset)
        {
            yield return ("reset_n", true, reset);
        }

        foreach (var port in design.Ports)
        {
            var pin = port.Name switch
            {
                "rx" => board.Rx,
                "tx" => board.Tx,
                "cs_n" => board.Spi.Select,
                "mosi" => board.Spi.In,
                "miso" => board.Spi.Out,
                "sck" => board.Spi.Clock,
                "rst" or "busy" or "error" => null,
                _ => throw new ArgumentException($"no board has a pin for '{port.Name}'", nameof(design)),
            };
            if (pin is not null)
            {
                yield return (port.Name, port.Direction == PortDirection.Input, pin);
            }
        }

        yield return ("led_busy", false, board.BusyLed);
        if (board.ErrorLed is { } error)
        {
            yield return ("led_error", false, error);
        }

        for (var i = 0; i < board.LowPins.Count; i++)
        {
            yield return ($"low_{i}", false, board.LowPins[i]);
        }
    }
}
