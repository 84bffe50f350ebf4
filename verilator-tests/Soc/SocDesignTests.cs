using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Generators;
using HwSeed.Hdl.Generators.Hosts.Soc;
using HwSeed.Hdl.Lint;
using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog;
using HwSeed.Toolchain;

namespace HwSeed.VerilatorTests.Soc;

/// <summary>Rules, lint and names of the tops with a bus.</summary>
public sealed class SocDesignTests
{
    [Test]
    public void Both_tops_keep_the_rtl_rules_and_lint_clean([Values] Dataflow dataflow, [Range(850, 853)] int seed)
    {
        var engine = RtlRules.Check(AcceleratorGenerator.Generate(SocTools.Draw(seed, dataflow).Mapping.Architecture).OrThrow()).Select(d => $"{d}");
        foreach (var design in Designs(dataflow, seed))
        {
            Assert.That(RtlRules.Check(design).Select(d => $"{d}").Except(engine), Is.Empty);
            var report = Linter.Check([VerilogParser.ParseText(VerilogWriter.Write(design), $"{design.Top.Name}.v").OrThrow()], LintSettings.Default);
            Assert.That(report.Findings.Where(f => f.Severity != Severity.Info).Select(f => $"{f}"), Is.Empty);
        }
    }

    [Test, Category("verilator")]
    public async Task Verilator_has_nothing_to_say_with_all_warnings([Values] Dataflow dataflow)
    {
        SocTools.Need();
        foreach (var design in Designs(dataflow, 860))
        {
            Assert.That((await Verilator.LintAsync(VerilogWriter.Write(design), design.Top.Name)).Select(d => $"{d}"), Is.Empty);
        }
    }

    private static Design[] Designs(Dataflow dataflow, int seed)
    {
        var architecture = SocTools.Draw(seed, dataflow).Mapping.Architecture;
        return [SocPorts.Axi(architecture, 7).OrThrow(), SocPorts.Wishbone(architecture, 7).OrThrow()];
    }
}
