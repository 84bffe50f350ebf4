using HwSeed.Sim.Cosimulation.Fuzzing;

namespace HwSeed.Sim.Tests.Cosimulation;

internal sealed class HdlFuzzTests
{
    [Test]
    [Category("verilator")]
    public async Task A_hundred_random_modules_are_the_same_everywhere()
    {
        var folder = Directory.CreateTempSubdirectory("hwseed-fuzz-").FullName;
        try
        {
            var report = (await HdlFuzz.RunAsync(100, 1, 200, folder)).OrThrow();
            using (Assert.EnterMultipleScope())
            {
                Assert.That(report.Failures.Select(f => $"{f.Kind} of seed {f.Seed} with {f.Against}: {f.Reason}"), Is.Empty);
                Assert.That(report.Modules, Is.EqualTo(100));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
