using HwSeed.Sim.Lockstep;

namespace HwSeed.Sim.Tests.Lockstep;

/// <summary>A result counts only when it is whole and this run's own.</summary>
public sealed class BenchResultTests
{
    private const string Mark = "000000000000000000000000000004d2";
    private const string Good =
        $"nonce={Mark}\nreplayed=20\ncycles=17\ndivergence=none\noutputs=2\n0000000a\nfffffffe\nend={Mark}\n";

    private static readonly UInt128 s_nonce = 1234;

    [Test]
    public void A_whole_result_is_read()
    {
        var (result, problem) = BenchResult.Parse(Good, s_nonce);
        Assert.That(problem, Is.Empty);
        Assert.That(result!.Replayed, Is.EqualTo(20));
        Assert.That(result.Cycles, Is.EqualTo(17));
        Assert.That(result.Divergence, Is.Null);
        Assert.That(result.Outputs, Is.EqualTo(new uint[] { 10, 0xFFFFFFFE }));
    }

    [Test]
    public void A_divergence_is_read()
    {
        var (result, _) = BenchResult.Parse(Good.Replace("divergence=none", "divergence=4 y 01 02"), s_nonce);
        Assert.That(result!.Divergence, Is.EqualTo(new Divergence(4, "y", "01", "02")));
    }

    [Test]
    public void Every_shortened_result_is_refused()
    {
        for (var length = 0; length < Good.Length; length++)
        {
            Assert.That(BenchResult.Parse(Good[..length], s_nonce).Result, Is.Null, $"the first {length} characters");
        }
    }

    [Test]
    public void Another_runs_nonce_is_refused() => Assert.That(BenchResult.Parse(Good, s_nonce + 1).Result, Is.Null);

    [TestCase("outputs=2", "outputs=3")]
    [TestCase("outputs=2", "outputs=-2")]
    [TestCase("0000000a", "xyz")]
    [TestCase("divergence=none", "divergence=some")]
    [TestCase("replayed=20", "replayed=")]
    [TestCase("cycles=17", "agreed=yes")]
    public void A_damaged_result_is_refused(string from, string to)
    {
        var (result, problem) = BenchResult.Parse(Good.Replace(from, to), s_nonce);
        Assert.That(result, Is.Null);
        Assert.That(problem, Is.EqualTo("the result file is damaged"));
    }

    [Test]
    public void A_missing_result_file_is_no_result() =>
        Assert.That(
            BenchResult.Read(Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N")), s_nonce),
            Is.EqualTo(((BenchResult?)null, "the bench wrote no result file")));
}
