using HwSeed.Toolchain;

namespace HwSeed.Hdl.Tests.Toolchain;

/// <summary>What a test needs from the machine.</summary>
internal static class Needs
{
    /// <summary>Fails in CI and skips elsewhere when a tool is missing.</summary>
    public static void Tools(params ExternalTool[] tools)
    {
        var missing = string.Join("; ", ExternalTool.Missing(tools).Select(d => d.Message));
        if (missing.Length == 0)
        {
            return;
        }

        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail(missing);
        }

        Assert.Ignore(missing);
    }
}
