using System.Globalization;
using System.Text;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Toolchain;

/// <summary>
/// A board seen at its pins, with the engine's clock <c>clk</c> and a reset <c>rst</c> in place of oscillator and button: once around the
/// design, once around the netlist of the chip. Both have the same ports, so that what one does can be replayed on the other.
/// </summary>
public static class BoardPins
{
    /// <summary>Name of both modules.</summary>
    public const string Name = "board_pins";

    /// <summary>The design at the pins of its board: what <see cref="BoardTop"/> says, without PLL and start-up.</summary>
    /// <param name="board">The board.</param>
    /// <param name="design">The design.</param>
    public static Design Around(Board board, Design design)
    {
        var m = new ModuleBuilder(Name);
        var host = m.Instance(BoardTop.Instance, design.Top, [.. design.Top.InputPorts.Select(p => (p.Name, m.Input(p.Name, p.Width)))]);
        foreach (var port in design.Top.OutputPorts.Where(p => p.Name is not ("busy" or "error")))
        {
            m.Output(port.Name, host[port.Name]);
        }

        var busy = board.ErrorLed is null ? host["busy"] | host["error"] : host["busy"];
        m.Output("led_busy", board.LedsLightLow ? ~busy : busy);
        if (board.ErrorLed is not null)
        {
            m.Output("led_error", board.LedsLightLow ? ~host["error"] : host["error"]);
        }

        for (var i = 0; i < board.LowPins.Count; i++)
        {
            m.Output($"low_{i}", Expression.FromInteger(0, 1));
        }

        return new Design(m.Build());
    }

    /// <summary>The same ports around a netlist of the whole chip. A board without a button starts by itself.</summary>
    /// <param name="board">The board.</param>
    /// <param name="pins">The module of <see cref="Around"/>.</param>
    /// <param name="chip">The netlist's module.</param>
    public static string AroundChip(Board board, Module pins, string chip)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"module {Name}(\n    input clk");
        text.AppendJoin("", pins.Ports.Select(p => $",\n    {(p.Direction == PortDirection.Input ? "input" : "output")} {p.Name}"));
        text.Append(CultureInfo.InvariantCulture, $");\n  {chip} chip(.clk_pin(clk){(board.ResetPin is null ? "" : ", .reset_n(~rst)")}");
        text.AppendJoin("", pins.Ports.Where(p => p.Name != "rst").Select(p => $", .{p.Name}({p.Name})"));
        return text.Append(");\nendmodule\n").ToString();
    }
}
