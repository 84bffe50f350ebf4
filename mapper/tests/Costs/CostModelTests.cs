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
        RandomCases.FeasibleMappings.Sample(mapping =>
        {
            var (cycles, beats, results) = Walk(mapping);
            var cost = CostModel.Evaluate(mapping)!;
            Assert.Multiple(() =>
            {
                Assert.That(cost.Cycles, Is.EqualTo(cycles), mapping.ToString());
                Assert.That(cost.ActivationBeats + cost.WeightBeats, Is.EqualTo(beats));
                Assert.That(cost.ResultBeats, Is.EqualTo(results));
            });
        }, iter: 3000);

    [Test]
    public void Sums_that_leave_while_the_next_tile_is_computed_cost_next_to_nothing()
    {
        var systolic = new Architecture("", 7, 4, Dataflow.OutputStationary, 8, 26, 3, 1024, 1024, 0, true);
        var broadcast = systolic with { Interconnect = Interconnect.Broadcast };
        Assert.That(Utilisation(broadcast), Is.GreaterThan(0.9).And.GreaterThan(1.2 * Utilisation(systolic)));

        static double Utilisation(Architecture arch) =>
            new ExhaustiveSearch().Best(new Mapspace(new(70, 128, 128), arch)).Best!.Cost.Utilisation;
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

    private static (long Cycles, long Beats, long Results) Walk(Mapping mapping)
    {
        var stream = Scheduler.Lower(mapping);
        var shape = mapping.Shape;
        var a = new sbyte[shape.M * shape.K];
        var b = new sbyte[shape.K * shape.N];
        var words = HostStreams.Pack(mapping.Architecture, stream, a, b);
        var engine = new EngineModel(mapping.Architecture);
        engine.Run(stream, words);
        return (engine.Cycles, words.Length / HostStreams.LimbsPerBeat(mapping.Architecture), engine.Results.Count);
    }
}
