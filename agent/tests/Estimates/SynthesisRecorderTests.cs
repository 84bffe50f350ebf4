using HwSeed.Agent.Estimates;
using HwSeed.Hdl.Architectures;

namespace HwSeed.Agent.Tests.Estimates;

internal sealed class SynthesisRecorderTests
{
    [Test]
    public void The_same_seed_samples_the_same_different_legal_designs_that_may_fit()
    {
        var designs = SynthesisRecorder.Sample(new(3), 40);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(designs, Is.EqualTo(SynthesisRecorder.Sample(new(3), 40)));
            Assert.That(designs, Is.Not.EqualTo(SynthesisRecorder.Sample(new(4), 40)));
            Assert.That(designs, Is.Unique);
            Assert.That(designs.SelectMany(ArchitectureRules.Check), Is.Empty);
            Assert.That(designs.Select(d => d.MacsPerCycle), Is.All.InRange(6, 60));
            Assert.That(designs.Where(d => d.InputBits == 8).Select(d => d.MacsPerCycle), Is.All.LessThanOrEqualTo(30));
            Assert.That(designs.Select(d => d.InputStreamBits), Is.All.LessThanOrEqualTo(128));
            Assert.That(designs.Select(AreaModel.Brams), Is.All.LessThanOrEqualTo(32));
        }
    }
}
