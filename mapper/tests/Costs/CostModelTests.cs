using CsCheck;
using HwSeed.Hdl.Architectures;
using HwSeed.Mapper.Costs;
using HwSeed.Mapper.Mappings;
using HwSeed.Mapper.Mapspaces;
using HwSeed.Mapper.Searches;

namespace HwSeed.Mapper.Tests.Costs;

public sealed class CostModelTests
{
    [Test]
    public void Closed_form_equals_a_walk_over_every_command() =>
        Gen.Select(RandomCases.FeasibleMappings, Gen.ULong).Sample((mapping, seed) =>
        {
            var output = RandomCases.Output(mapping, seed) is { } any ? any with { HasResidual = false } : null;
            var (cycles, beats, results) = Walk(mapping, output);
            var cost = CostModel.Evaluate(mapping, output)!;
            Assert.Multiple(() =>
            {
                Assert.That(cost.Cycles, Is.EqualTo(cycles), mapping.ToString());
                Assert.That(cost.ActivationBeats + cost.WeightBeats, Is.EqualTo(beats));
                Assert.That(cost.ResultBeats, Is.EqualTo(results));
            });
        }, iter: 3000);

    [TestCase(Dataflow.OutputStationary, Interconnect.Systolic)]
    [TestCase(Dataflow.OutputStationary, Interconnect.Broadcast)]
    [TestCase(Dataflow.WeightStationary, Interconnect.Systolic)]
    [TestCase(Dataflow.InputStationary, Interconnect.Systolic)]
    public void Every_kind_of_array_keeps_its_PEs_busy(Dataflow dataflow, Interconnect interconnect)
    {
        var arch = new Architecture("", 16, 16, dataflow, 8, 8, 32, 1, 2048, 2048, dataflow == Dataflow.OutputStationary ? 0 : 2048, true)
        {
            Interconnect = interconnect,
        };
        Assert.That(new ExhaustiveSearch().Best(new Mapspace(new(512, 512, 512), arch)).Best!.Cost.Utilisation, Is.GreaterThan(0.95));
    }

    [Test]
    public void Sums_leave_while_the_next_tile_is_computed()
    {
        // 7x4 PEs store 28 sums of a tile whose 64 words take as long as two such stores: they cost nothing.
        var arch = new Architecture("", 7, 4, Dataflow.OutputStationary, 8, 8, 26, 3, 1024, 1024, 0, true);
        var cost = new ExhaustiveSearch().Best(new Mapspace(new(70, 64, 128), arch)).Best!.Cost;
        Assert.That(cost.ResultBeats, Is.GreaterThan(cost.Cycles / 3));
        Assert.That(cost.Utilisation, Is.GreaterThan(0.9));
    }

    [Test]
    public void Cycles_never_beat_physics() =>
        RandomCases.FeasibleMappings.Sample(mapping =>
        {
            var cost = CostModel.Evaluate(mapping)!;
            var macs = (double)mapping.Shape.Macs / mapping.Architecture.MacsPerCycle;
            Assert.That(cost.Cycles, Is.GreaterThanOrEqualTo(macs));
            Assert.That(cost.Cycles, Is.GreaterThanOrEqualTo(cost.ActivationBeats + cost.WeightBeats));
            Assert.That(cost.Cycles, Is.GreaterThanOrEqualTo(cost.ResultBeats));
        }, iter: 2000);

    private static (long Cycles, long Beats, long Results) Walk(Mapping mapping, Requantisation? output)
    {
        var stream = Scheduler.Lower(mapping, output);
        var shape = mapping.Shape;
        var a = new short[shape.M * shape.K];
        var b = new short[shape.K * shape.N];
        var words = HostStreams.Pack<short>(mapping.Architecture, stream, a, b);
        var engine = new EngineModel(mapping.Architecture);
        engine.Run(stream, words);
        return (engine.Cycles, words.Length / HostStreams.LimbsPerBeat(mapping.Architecture), engine.Results.Count);
    }
}
