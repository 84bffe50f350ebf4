using HwSeed.Agent.Flow.Boards;
using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Toolchain;

namespace HwSeed.Agent.Tests.Flow;

/// <summary>What does not fit a board is said before synthesis: how much too much, and what to lower to which value.</summary>
internal sealed class BoardLegalityTests
{
    private static readonly Architecture Engine = new("e", 4, 3, Dataflow.OutputStationary, 8, 8, 24, 1, 512, 512, 0, true);

    [Test]
    public void Twelve_DSP_blocks_are_four_too_many_for_an_up5k() => Assert.That(Check(
        Engine with { Lanes = 2, PePipeline = 2, Multiplier = Multiplier.Dsp }, "icebreaker"), Is.EqualTo((string[])[
        "error HW5115: needs 12 DSP blocks (SB_MAC16), iCE40UP5K on icebreaker has 8: 4 too many; lower array.rows to 2, " +
        "or lower array.columns to 2, or set multiplier to fabric (look-up tables)"]));

    [Test]
    public void What_fits_is_not_refused() => Assert.That(
        Check(Engine with { Rows = 1, Columns = 1, InputBits = 4, WeightBits = 4, InputDepth = 2048, WeightDepth = 2048, AccumulatorDepth = 0 }, "icestick"), Is.Empty);

    [Test]
    public void Each_resource_names_the_parameters_that_help()
    {
        var wide = Engine with { Rows = 16, Columns = 16, InputBits = 4, WeightBits = 4, PePipeline = 0, InputDepth = 1024, WeightDepth = 512 };
        var found = Check(wide, "icestick");
        Assert.That(found, Has.Length.EqualTo(2));
        Assert.That(found[0], Does.Match(@"^error HW5115: needs 26 block memories, iCE40HX1K on icestick has 16: 10 too many; lower array.rows to \d"));
        Assert.That(found[0], Does.Contain("scratchpad.input_depth to 256"));
        Assert.That(found[1], Does.Match(@"^error HW5115: needs [\d,]+ logic cells \(estimated, give or take \d+ %\), .* too many; use a smaller engine: no single parameter is enough$"));
    }

    [Test]
    public void What_the_tools_find_too_large_is_said_in_the_same_words()
    {
        var request = Request(Engine with { PePipeline = 2 }, "icestick");
        var explained = BoardLegality.Explain(request, [ToolDiagnosticsSample("needs 3,100 logic cells, hx1k has 1,280"), ToolDiagnosticsSample("other")]).ToList();
        Assert.That(explained[0].ToString(), Does.StartWith(
            "error HW5115: needs 3,100 logic cells after synthesis, iCE40HX1K on icestick has 1,280: 1,820 too many; "));
        Assert.That(explained[1].Code, Is.EqualTo("HW3204"));
    }

    [TestCase(12_000_000, 12.0), TestCase(300, 120.0)]
    public void A_baud_rate_that_the_clock_cannot_make_is_refused(int baud, double clock) => Assert.That(
        (Request(Engine, "icebreaker") with { Baud = baud }).Design(clock).Diagnostics.Single().Code, Is.EqualTo("HW5117"));

    [Test, Category("fpga")]
    public async Task Counts_are_those_of_synthesis([Values(Multiplier.Fabric, Multiplier.Dsp)] Multiplier multiplier, [Values] Dataflow dataflow)
    {
        Loop.SmallGoal.NeedTools(ExternalTool.Yosys, ExternalTool.Nextpnr, ExternalTool.Icepack);
        using var folder = new TemporaryFolder();
        var engine = new Architecture(
            "e", 1, 2, dataflow, 8, 8, 20, 2, 256, 1024, dataflow == Dataflow.OutputStationary ? 0 : 128, dataflow == Dataflow.WeightStationary)
        {
            Lanes = 2,
            Multiplier = multiplier,
        };
        var request = Request(engine, "icebreaker");
        var design = request.Design(24).OrThrow();
        var report = (await Fpga.SynthesiseAsync(
            folder.Path, HwSeed.Hdl.Verilog.VerilogWriter.Write(design), design.Top.Name, FpgaDevices.Up5k,
            new() { AssumeNoReadWriteCollision = true, TargetMhz = 20 })).OrThrow();
        Assert.That(DesignResources.Of(design), Is.EqualTo(new DesignResources(report.Brams, report.Dsps)));
    }

    private static Diagnostic ToolDiagnosticsSample(string message) => Diagnostic.Error("HW3204", message);

    private static BoardRequest Request(Architecture engine, string board) => new(engine, Boards.Find(board).OrThrow(), HostPort.Uart, 115_200);

    private static string[] Check(Architecture engine, string board)
    {
        var request = Request(engine, board);
        return [.. BoardLegality.Check(request, request.Design(48).OrThrow()).Select(d => d.ToString())];
    }
}
