using HwSeed.Hdl.Rtl;
using HwSeed.Toolchain;

namespace HwSeed.Hdl.Tests.Toolchain;

/// <summary>Boards as data, their PLLs and their outermost module.</summary>
public sealed class BoardTests
{
    // As IceStorm's icepll answers for the same reference and the same clock.
    [TestCase(12, 39.75, 0, 52, 4, 1)]
    [TestCase(12, 60, 0, 79, 4, 1)]
    [TestCase(16, 48, 0, 47, 4, 1)]
    [TestCase(100, 60, 4, 47, 4, 2)]
    public void A_pll_is_set_as_icepll_does(double input, double output, int divr, int divf, int divq, int filter) =>
        Assert.That(Pll.Fastest(input, output), Is.EqualTo(new Pll(input, divr, divf, divq, filter)));

    [Test]
    public void A_pll_keeps_its_limits_and_is_never_too_fast()
    {
        foreach (var input in new[] { 12.0, 16, 25, 48, 100 })
        {
            for (var most = 17.1; most <= 300; most += 0.37)
            {
                var pll = Pll.Fastest(input, most);
                Assert.That(pll, Is.Not.Null, $"{input} to {most}");
                Assert.That(pll!.OutputMhz, Is.InRange(Pll.LeastMhz, Math.Min(most, Pll.MostMhz)));
                Assert.That(pll.OutputMhz, Is.GreaterThan(most * 0.93).Or.GreaterThan(Pll.MostMhz * 0.93), $"{input} to {most}");
                Assert.That(pll.DetectorMhz, Is.InRange(10, 133));
                Assert.That(pll.OscillatorMhz, Is.InRange(533, 1066));
            }
        }

        Assert.That(Pll.Fastest(12, Pll.LeastMhz - 0.01), Is.Null);
    }

    [Test]
    public void A_board_is_found_by_name_and_an_unknown_one_is_told_its_neighbour()
    {
        Assert.That(Boards.Find("iCEBreaker").OrThrow().ClockPin, Is.EqualTo("35"));
        Assert.That(Boards.Find("icestik").Diagnostics.Single().ToString(), Is.EqualTo(
            "error HW3211: unknown board 'icestik', did you mean 'icestick'; known boards: icebreaker, icesugar, alchitry-cu, " +
            "hx8k-breakout, icestick, tinyfpga-bx"));
    }

    [Test, Category("fpga")]
    public async Task Every_board_places_with_its_pins_and_its_pll([Values] bool spi)
    {
        Needs.Tools(ExternalTool.Yosys, ExternalTool.Nextpnr, ExternalTool.Icepack);
        foreach (var board in Boards.All)
        {
            using var scratch = new Scratch();
            var design = Echo(spi);
            var pll = Pll.Fastest(board.ClockMhz, 30)!;
            var pins = BoardTop.Pins(board, design);
            Assert.That(pins.Select(p => p.Pin), Is.Unique, board.Name);
            var text = BoardTop.Write(board, design, pll) + HwSeed.Hdl.Verilog.VerilogWriter.Write(new Design(design));
            var report = await Fpga.SynthesiseAsync(
                scratch.Path, text, BoardTop.Name, board.Device, new() { TargetMhz = 30, Pins = [.. pins], KeepPlacement = true });
            Assert.That(report.IsOk, $"{board.Name}: {string.Join('\n', report.Diagnostics)}");
            var routed = RoutedDesign.Read(scratch.Path, BoardTop.Name);
            Assert.That(routed.Cells.Count(c => c.Type == "ICESTORM_PLL"), Is.EqualTo(1), board.Name);
            Assert.That(File.ReadAllText(Path.Combine(scratch.Path, "board.pcf")), Does.StartWith($"set_io clk_pin {board.ClockPin}\n"));
            Assert.That(routed.CriticalPath, Is.Not.Empty);
            Assert.That(1000 / routed.CriticalNs, Is.EqualTo(report.OrThrow().FmaxMhz).Within(0.5), board.Name);
        }
    }

    [TestCase("host.link.store_unit.column_SB_DFFESR_Q_D_SB_LUT4_O_LC", "host.link.store_unit.column")]
    [TestCase("host.receiver.countdown[3]", "host.receiver.countdown[3]")]
    [TestCase("host.array.pe_0_1.sum_q_SB_DFFSR_Q_DFFLC", "host.array.pe_0_1.sum_q")]
    [TestCase("$nextpnr_ICESTORM_LC_15", "")]
    [TestCase("q[0]$SB_IO_OUT", "q[0]")]
    public void Names_lose_what_synthesis_added(string name, string signal) => Assert.That(RoutedDesign.SignalOf(name), Is.EqualTo(signal));

    // A shift register from the host's pin to the host's pin, with something to add for a path.
    private static Module Echo(bool spi)
    {
        var m = new ModuleBuilder("echo");
        var rst = m.Input("rst");
        var input = spi ? m.Input("mosi") : m.Input("rx");
        var enable = spi ? m.Input("sck") & ~m.Input("cs_n") : Expression.FromInteger(1, 1);
        var count = m.Register("count", 12);
        m.Drive(count, count + Expression.ZeroExtend(input, 12), enable, rst);
        m.Output(spi ? "miso" : "tx", count[11, 1]);
        m.Output("busy", count[10, 1]);
        m.Output("error", count[9, 1]);
        return m.Build();
    }
}
