using HwSeed.Sim.Cosimulation;

namespace HwSeed.Sim.Tests.Cosimulation;

public sealed class StepFileTests
{
    private static readonly CosimTop Top = new("t", [new("a", CosimDirection.Input, 70, 1, ["a"])], [], []);
    private static readonly UInt128 Nonce = new(17, 4);
    private string _path = "";

    [SetUp]
    public void Make()
    {
        _path = Path.GetTempFileName();
        StepFile.Write(_path, new(Top, 5), 9, Top.DrivenWords, Nonce);
    }

    [TearDown]
    public void Remove() => File.Delete(_path);

    [Test]
    public void What_was_written_is_read()
    {
        var (file, problem) = StepFile.Open(_path, 9, 2, Nonce);
        using (file)
        {
            Assert.That(problem, Is.Empty);
            var stimulus = new RandomStimulus(Top, 5);
            var words = new ulong[2];
            for (var step = 0; step < 9; step++)
            {
                StepFile.Read(file!, words);
                Assert.That(words, Is.EqualTo(stimulus.Next().ToArray()), $"step {step}");
            }
        }
    }

    [TestCase(9, 2, 17UL, 5UL, TestName = "Another nonce")]
    [TestCase(8, 2, 17UL, 4UL, TestName = "Fewer steps")]
    [TestCase(9, 1, 17UL, 4UL, TestName = "Narrower steps")]
    public void A_file_of_another_run_is_refused(int steps, int words, ulong high, ulong low) =>
        AssertRefused(steps, words, new(high, low));

    [Test]
    public void A_file_that_was_cut_or_changed_at_its_end_is_refused()
    {
        var bytes = File.ReadAllBytes(_path);
        File.WriteAllBytes(_path, bytes[..^8]);
        AssertRefused(9, 2, Nonce);
        bytes[^1] ^= 1;
        File.WriteAllBytes(_path, bytes);
        AssertRefused(9, 2, Nonce);
        File.Delete(_path);
        Assert.That(StepFile.Open(_path, 9, 2, Nonce).Problem, Is.EqualTo("the bench wrote no result file"));
    }

    private void AssertRefused(int steps, int words, UInt128 nonce)
    {
        var (file, problem) = StepFile.Open(_path, steps, words, nonce);
        Assert.That((file, problem), Is.EqualTo(((FileStream?)null, "the result file is not whole or bears another nonce")));
    }
}
