using CsCheck;
using HwSeed.Hdl.Architectures;
using HwSeed.Mapper.Costs;
using HwSeed.Mapper.Mappings;
using HwSeed.Mapper.Mappings.Direct;
using HwSeed.Mapper.Mapspaces;
using HwSeed.Mapper.Searches;
using HwSeed.Mapper.Tests.Workloads;
using HwSeed.Mapper.Workloads.Convolutions;

namespace HwSeed.Mapper.Tests.Mappings;

public sealed class DirectSchedulerTests
{
    [Test]
    public void Every_feasible_mapping_computes_the_convolution_in_the_cycles_that_are_predicted() =>
        Gen.Select(RandomConvolutions.DirectMappings, Gen.ULong).Sample((mapping, seed) =>
        {
            var (arch, conv) = (mapping.Architecture, mapping.Convolution);
            var input = RandomCases.Operands(conv.InputSize, arch.InputBits, seed);
            var filters = RandomCases.Operands(conv.FilterSize, arch.WeightBits, seed + 1);
            var program = DirectScheduler.Lower(mapping);
            var engine = new EngineModel(arch);
            engine.Run(program.Stream, program.Pack<short>(input, filters));
            var output = new long[conv.OutputSize];
            Assert.That(program.ResultOrder.Order(), Is.EqualTo(Enumerable.Range(0, conv.OutputSize)), $"{mapping}");
            for (var i = 0; i < output.Length; i++)
            {
                output[program.ResultOrder[i]] = HostStreams.Result(arch, engine.Results[i]);
            }

            var cost = DirectCostModel.Evaluate(program);
            Assert.Multiple(() =>
            {
                Assert.That(output, Is.EqualTo(ConvolutionReference.Convolve<short>(conv, input, filters)), $"{mapping}");
                Assert.That(cost.Cycles, Is.EqualTo(engine.Cycles), $"{mapping}");
                Assert.That(
                    (cost.ActivationBeats + cost.WeightBeats) * HostStreams.LimbsPerBeat(arch), Is.EqualTo(program.Pack<short>(input, filters).Length));
            });
        }, iter: 2000);

    [Test]
    public void Timing_of_any_program_is_that_of_the_closed_form() =>
        Gen.Select(RandomCases.FeasibleMappings, Gen.ULong).Sample((mapping, seed) =>
        {
            var output = RandomCases.Output(mapping, seed);
            Assert.That(
                ProgramTiming.Cycles(mapping.Architecture, Scheduler.Lower(mapping, output), output is not null),
                Is.EqualTo(CostModel.Evaluate(mapping, output)!.Cycles), $"{mapping}");
        }, iter: 2000);

    [Test]
    public void All_mappings_of_a_space_are_distinct() =>
        Gen.Select(RandomCases.Architectures, RandomConvolutions.All).Sample((arch, conv) =>
        {
            var all = new DirectMapspace(conv.OfGroup(), arch).Mappings().ToList();
            Assert.That(all.Distinct().Count(), Is.EqualTo(all.Count));
        }, iter: 100);

    [TestCase(Dataflow.OutputStationary)]
    [TestCase(Dataflow.WeightStationary)]
    [TestCase(Dataflow.InputStationary)]
    public void A_direct_convolution_sends_less_than_im2col(Dataflow dataflow)
    {
        var conv = new Conv2D(1, 32, 32, new(16, 3, 1, 1), new(16, 3, 1, 1));
        var arch = new Architecture("", 8, 8, dataflow, 8, 8, 32, 1, 2048, 2048, dataflow == Dataflow.OutputStationary ? 0 : 1024, true) { Lanes = 4 };
        var direct = new DirectSearch().Best(new(conv, arch)).Cost!;
        var im2col = new ExhaustiveSearch().Best(new Mapspace(conv.GroupGemm, arch)).Best!.Cost;
        Assert.That(direct.ActivationBeats * 1.4, Is.LessThan(im2col.ActivationBeats));
        Assert.That(direct.Cycles, Is.LessThan(im2col.Cycles * 1.5));
    }

    [Test]
    public void What_does_not_fit_says_why()
    {
        var arch = new Architecture("narrow", 2, 2, Dataflow.OutputStationary, 8, 8, 18, 0, 64, 64, 0, false);
        var conv = new Conv2D(1, 1, 1, new(4, 3), new(4, 3));
        Assert.That(
            () => DirectScheduler.Lower(new(arch, conv, 2, 2, 1, 1, false, false)),
            Throws.ArgumentException.With.Message.Contains("18-bit accumulators cannot sum 9 products: 20 bits needed"));
        Assert.That(
            DirectFeasibility.Check(new(arch with { AccumulatorBits = 32, InputDepth = 16 }, conv with { Width = new(40, 3) }, 2, 38, 1, 1, true, false))!.Reason,
            Is.EqualTo("a block's input positions fill 120 words; the activation scratchpad holds 16 a tile"));
        Assert.That(
            DirectFeasibility.Check(new(arch with { AccumulatorBits = 32 }, conv with { C = 2 }, 2, 2, 1, 1, true, false))!.Reason,
            Does.StartWith("channels are split"));
    }
}
