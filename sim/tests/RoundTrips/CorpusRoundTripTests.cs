using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Tests.Verilog.Corpus;
using HwSeed.Sim.RoundTrips;

namespace HwSeed.Sim.Tests.RoundTrips;

/// <summary>Every accepted file is printed and read again: the same tree, and the same outputs on the same inputs.</summary>
[Parallelizable(ParallelScope.Children)]
public sealed class CorpusRoundTripTests
{
    [TestCaseSource(typeof(CorpusFolder), nameof(CorpusFolder.Accepted))]
    public async Task A_file_takes_the_trip(string name)
    {
        var path = CorpusFolder.PathOf("accept", name);
        var header = new CorpusHeader(path);
        var options = new RoundTripOptions(Cycles: 300) { WithVerilator = false, WithProof = false };
        var report = (await RoundTrip.RunAsync([path], header.Top, new() { Defines = header.Pairs("define") }, options, "")).OrThrow();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.TreesEqual);
            Assert.That(report.Difference, Is.Null);
            Assert.That(report.Steps, Is.Positive);
        }
    }
}
