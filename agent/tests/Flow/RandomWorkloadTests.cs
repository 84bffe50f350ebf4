using HwSeed.Agent.Flow;
using HwSeed.Agent.Seeds;
using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Generators;
using HwSeed.Sim;
using HwSeed.Sim.Accelerators;

namespace HwSeed.Agent.Tests.Flow;

internal sealed class RandomWorkloadTests
{
    [Test]
    public void Every_kind_runs_on_random_engines_in_the_predicted_cycles_and_a_wrong_word_is_seen([Values] WorkloadKind kind)
    {
        for (var i = 0; i < 12; i++)
        {
            var engine = RandomEngines.Draw(new(21), i).Mapping.Architecture;
            var simulator = Simulator.Compile(AcceleratorGenerator.Generate(engine).OrThrow()).OrThrow();
            foreach (var test in RandomWorkload.Draw(engine, kind, new Seed(4).For($"{kind}", i)).Cases)
            {
                var trace = AcceleratorRun.Execute(simulator, test.Traffic(), test.CycleLimit).OrThrow();
                Assert.That(trace.Cycles, Is.EqualTo(test.PredictedCycles), $"{test.Title} on {engine}");
                Assert.That(test.IsProduct(trace.Outputs), $"{test.Title} on {engine}");
                trace.Outputs[trace.Outputs.Length / 2] ^= 1;
                Assert.That(test.IsProduct(trace.Outputs), Is.False, $"{test.Title} on {engine}");
                Assert.That(test.IsProduct(trace.Outputs.AsSpan(1)), Is.False);
            }
        }
    }

    [Test]
    public void The_narrowest_accumulators_have_workloads_of_every_kind([Values] WorkloadKind kind, [Values] Dataflow dataflow)
    {
        var engine = new Architecture("", 8, 3, dataflow, 8, 8, 16, 0, 16, 16, dataflow == Dataflow.OutputStationary ? 0 : 16, true);
        Assert.That(ArchitectureRules.Check(engine), Is.Empty);
        for (var i = 0; i < 5; i++)
        {
            Assert.That(RandomWorkload.Draw(engine, kind, new((ulong)i)).Cases.Select(c => c.Shape.K), Is.All.EqualTo(1));
        }
    }

    [Test]
    public void A_workload_is_a_function_of_its_seed()
    {
        var engine = RandomEngines.Draw(new(3), 1).Mapping.Architecture;
        RandomWorkload Draw(ulong seed) => RandomWorkload.Draw(engine, WorkloadKind.ConvDirect, new(seed));
        Assert.That(Draw(5).Title, Is.EqualTo(Draw(5).Title));
        Assert.That(Draw(5).Cases[0].Traffic().Words.ToArray(), Is.EqualTo(Draw(5).Cases[0].Traffic().Words.ToArray()));
        Assert.That(Enumerable.Range(0, 8).Select(i => Draw((ulong)i).Title).Distinct().Count(), Is.GreaterThan(4));
    }

    [Test]
    public void Families_are_the_words_of_the_file_and_their_short_forms()
    {
        var engine = new Architecture("", 2, 2, Dataflow.WeightStationary, 8, 8, 20, 1, 16, 16, 16, true) { Lanes = 2, Output = new(16, 16, false, false) };
        Assert.That(EngineFamilies.Of(engine), Is.EquivalentTo(new[] { "weight_stationary", "systolic", "fabric", "output", "double_buffering", "lanes", "input_bits=8", "weight_bits=8" }));
        Assert.That(EngineFamilies.Of(engine), Is.SubsetOf(EngineFamilies.Words));
        Assert.That((EngineFamilies.Parse("ws"), EngineFamilies.Parse("broadcast"), EngineFamilies.Parse("wx")), Is.EqualTo(("weight_stationary", "broadcast", (string?)null)));
    }

    [Test]
    public void Families_that_exclude_each_other_are_refused()
    {
        var plan = new RandomPlan(new(1), 1) { Families = ["weight_stationary", "broadcast"] };
        var refused = Assert.ThrowsAsync<InvalidInputException>(async () =>
        {
            await foreach (var _ in RandomVerification.RunAsync(plan, new HashSet<int>(), TestContext.CurrentContext.WorkDirectory))
            {
            }
        })!;
        Assert.That(refused.Diagnostics.Single().ToString(), Does.Contain("HW5131").And.Contain("weight_stationary and broadcast"));
    }
}
