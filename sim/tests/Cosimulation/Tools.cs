using HwSeed.Toolchain;

namespace HwSeed.Sim.Tests.Cosimulation;

/// <summary>Tools that a test needs: a missing one fails in CI, and elsewhere the test is ignored with the reason.</summary>
internal static class Tools
{
    /// <summary>Verilator and a compiler, or what is named.</summary>
    public static void Require(params ExternalTool[] tools)
    {
        var needed = tools.Length > 0 ? tools : [ExternalTool.Verilator, ExternalTool.Compiler];
        var missing = string.Join("; ", ExternalTool.Missing(needed).Select(d => d.Message));
        if (missing.Length > 0 && Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail(missing);
        }
        else if (missing.Length > 0)
        {
            Assert.Ignore(missing);
        }
    }
}
