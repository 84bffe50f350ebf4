using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog;

namespace HwSeed.Hdl.Tests.Verilog;

internal sealed class VerilogWriterTests
{
    public static IEnumerable<TestCaseData> Samples()
    {
        yield return new TestCaseData(SampleDesigns.EveryNode()).SetArgDisplayNames("every_node");
        yield return new TestCaseData(SampleDesigns.Registers()).SetArgDisplayNames("registers");
        yield return new TestCaseData(SampleDesigns.BlockRam()).SetArgDisplayNames("block_ram");
        yield return new TestCaseData(SampleDesigns.Clocks()).SetArgDisplayNames("clocks");
        yield return new TestCaseData(SampleDesigns.Hierarchy()).SetArgDisplayNames("hierarchy");
    }

    [TestCaseSource(nameof(Samples))]
    public void Text_is_the_golden(Design design) =>
        Golden.Check(VerilogWriter.Write(design), $"{design.Top.Name}.v");
}
