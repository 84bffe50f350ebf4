using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Generators;
using HwSeed.Hdl.Lint;
using HwSeed.Hdl.Verilog;

namespace HwSeed.Hdl.Tests.Lint;

/// <summary>The linter has nothing to say about the Verilog of our own engines.</summary>
internal sealed class EngineLintTests
{
    [TestCase(4, 4, Dataflow.OutputStationary, 8, 24, 0, false)]
    [TestCase(3, 5, Dataflow.OutputStationary, 4, 20, 3, true)]
    [TestCase(4, 4, Dataflow.WeightStationary, 8, 32, 2, true)]
    [TestCase(2, 7, Dataflow.WeightStationary, 4, 17, 1, false)]
    [TestCase(2, 3, Dataflow.OutputStationary, 8, 24, 1, true, 16)]
    [TestCase(2, 3, Dataflow.InputStationary, 4, 17, 1, true, 32)]
    [TestCase(2, 3, Dataflow.OutputStationary, 8, 20, 3, true, 0, 4, Multiplier.Booth)]
    [TestCase(3, 2, Dataflow.WeightStationary, 16, 40, 3, true, 0, 16, Multiplier.Dsp)]
    [TestCase(3, 2, Dataflow.InputStationary, 2, 24, 2, false, 0, 16, Multiplier.Array)]
    public void An_engine_lints_clean(
        int rows, int columns, Dataflow dataflow, int bits, int sums, int stages, bool isDoubled, int scaleBits = 0, int weightBits = 0, Multiplier multiplier = Multiplier.Fabric)
    {
        var engine = new Architecture(
            "engine", rows, columns, dataflow, bits, weightBits == 0 ? bits : weightBits, sums, stages, 64, 64, dataflow == Dataflow.OutputStationary ? 0 : 64, isDoubled)
        {
            Multiplier = multiplier,
            Output = scaleBits == 0 ? null : new(64, scaleBits, true, true),
        };
        var text = VerilogWriter.Write(AcceleratorGenerator.Generate(engine).OrThrow());
        var report = Linter.Check([VerilogParser.ParseText(text, "engine.v").OrThrow()], LintSettings.Default);
        Assert.That(report.Findings.Where(f => f.Severity != Severity.Info).Select(f => $"{f}"), Is.Empty);
    }
}
