using System.Globalization;

namespace HwSeed.Agent.Flow.Boards;

/// <summary>The folder's own README: what it holds, how to flash it, how to talk to it.</summary>
internal static class BoardReadme
{
    public static string Write(BoardRequest request, BoardReport report)
    {
        var (board, a) = (request.Board, request.Architecture);
        var spi = request.Port == HostPort.Spi;
        var port = spi
            ? string.Create(CultureInfo.InvariantCulture, $"an SPI slave, mode 0, SCK up to {report.LargestSckMhz:0.##} MHz")
            : string.Create(CultureInfo.InvariantCulture, $"a UART at {report.Baud} baud, 8N1 ({report.Divider} clock cycles a bit)");
        var wires = spi
            ? $"select {board.Spi.Select}, data in {board.Spi.In}, data out {board.Spi.Out}, SCK {board.Spi.Clock}"
            : $"the FPGA receives on {board.Rx} and sends on {board.Tx}";
        var run = spi
            ? "`engine_driver.py` has `SpiPort` for any SPI master; `EngineDriver.cs` takes a stream around one. The example programs are for a UART."
            : "`python3 example.py /dev/ttyUSB1` or `dotnet run -- /dev/ttyUSB1` sends the vectors and compares. Python needs nothing else on Linux, and pyserial elsewhere.";
        return string.Create(CultureInfo.InvariantCulture, $$"""
            # {{a.Name}} for the {{board.Title}}

            A matrix engine of {{a.Rows}}x{{a.Columns}} processing elements ({{a.InputBits}}-bit activations, {{a.WeightBits}}-bit weights, {{a.AccumulatorBits}}-bit sums) at {{report.ClockMhz:0.###}} MHz, behind {{port}}.
            Peak {{report.PeakGmacs:0.###}} thousand million multiply-accumulates a second inside; the port is much slower than that.

            ## Flash it

            ```sh
            make flash        # {{board.Flash}}
            ```

            {{board.Wiring}} In this design {{wires}}.
            One light shows work under way, the other an error (overrun, framing, unknown byte){{(board.ErrorLed is null ? "; this board has one light for both" : "")}}.

            ## Use it

            {{run}}
            `program.json` computes C = A x B for {{report.Gemm}} ({{report.GemmCycles}} cycles in the engine). `hwseed synth ... --gemm MxKxN` makes others.

            ## Clock

            Routed at {{report.FmaxMhz:0.##}} MHz (seed {{report.Rounds[^1].KeptSeed}}, the best of {{report.Rounds[^1].Attempts.Count}}); the clock lies {{100 * report.Margin:0.#}} % below. {{(report.Pll is { } pll ? $"The PLL makes it of {pll.InputMhz:0.###} MHz: DIVR {pll.Divr}, DIVF {pll.Divf}, DIVQ {pll.Divq}, FILTER_RANGE {pll.FilterRange}." : "It is the board's oscillator.")}}
            `timing.html` shows the slowest path by our signal names, `floorplan.svg` where everything lies.

            ## Files

            | file | what |
            |---|---|
            | `board.bin` | the bitstream; SHA-256 `{{report.BitstreamSha256}}` |
            | `board.v`, `board.pcf` | the whole Verilog, and the pins |
            | `Makefile` | `make check` makes the bitstream anew and compares every byte; `make flash` loads it |
            | `hwseed-{{board.Name}}.core` | for FuseSoC |
            | `report.json`, `timing.html`, `floorplan.svg` | use, clock, slowest path, placement |
            | `engine.json`, `program.json` | what the drivers have to know |
            | `engine_driver.py`, `example.py` | driver and example for Python |
            | `EngineDriver.cs`, `Example.cs`, `Example.csproj` | the same for .NET |
            | `vectors/` | commands, input beats and results as hexadecimal lines; A, B and C as JSON |
            | `architecture.yaml` | what all of it was made from |
            | `SHA256SUMS` | `sha256sum -c SHA256SUMS` |

            ## What was checked

            The driver computed a product of {{report.Gemm}} through the simulated pins of this design, equal to the integer reference in every
            element: {{report.VerificationLevel}}. `hwseed verify architecture.yaml` compares the engine with Verilator.
            `hwseed verify --bitstream .` makes `board.bin` anew, compares every byte, and runs the netlist that was routed beside the design;
            it writes `verification.html`, which says what was compared and what not.

            """).ReplaceLineEndings("\n");
    }
}
