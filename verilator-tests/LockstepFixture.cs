using HwSeed.Toolchain;

namespace HwSeed.VerilatorTests;

/// <summary>Gives each test a folder, and skips it (in CI: fails it) where Verilator is missing.</summary>
public abstract class LockstepFixture
{
    /// <summary>A folder of the running test's own.</summary>
    protected string Work { get; private set; } = "";

    [SetUp]
    public void MakeWorkFolder()
    {
        if (ExternalTool.Missing(ExternalTool.Verilator, ExternalTool.Compiler) is { Count: > 0 } missing)
        {
            if (Environment.GetEnvironmentVariable("CI") == "true")
            {
                Assert.Fail(missing[0].ToString());
            }

            Assert.Ignore(missing[0].ToString());
        }

        Work = Directory.CreateTempSubdirectory("hwseed-lockstep-").FullName;
    }

    [TearDown]
    public void RemoveWorkFolder()
    {
        if (Work.Length > 0)
        {
            Directory.Delete(Work, recursive: true);
        }
    }
}
