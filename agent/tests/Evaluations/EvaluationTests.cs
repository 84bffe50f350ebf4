using System.Text.Json;
using HwSeed.Agent.Evaluations;
using HwSeed.Agent.Goals;
using HwSeed.Hdl.Architectures;

namespace HwSeed.Agent.Tests.Evaluations;

internal sealed class EvaluationTests
{
    [Test]
    public void Json_round_trips_to_an_equal_value()
    {
        var full = Samples.Evaluation(12345);
        var refused = new Evaluation("id", 2, full.Proposal) { Rejected = new(Rung.Rules, ["HW4001: no rows"]) };
        Assert.Multiple(() =>
        {
            Assert.That(AgentJson.Read<Evaluation>(AgentJson.Write(full)), Is.EqualTo(full));
            Assert.That(AgentJson.Read<Evaluation>(AgentJson.Write(refused)), Is.EqualTo(refused));
        });
    }

    [Test]
    public void Json_is_pinned_because_hashes_rest_on_it()
    {
        var proposal = new Proposal(
            new("x", 1, 2, Dataflow.WeightStationary, 8, 8, 24, 1, 64, 128, 256, true), "brain", "p", [], "why");
        Assert.That(AgentJson.Write(new Evaluation("id", 3, proposal) { Verified = new(VerificationLevel.Bounded, "k=20", 0, 9) }), Is.EqualTo(
            """{"design_id":"id","generation":3,"proposal":{"architecture":{"name":"x","rows":1,"columns":2,"dataflow":"weight_stationary","input_bits":8,"weight_bits":8,"accumulator_bits":24,"pe_pipeline":1,"input_depth":64,"weight_depth":128,"accumulator_depth":256,"double_buffering":true,"interconnect":"systolic","cores":1,"lanes":1,"adder_pipeline":0,"multiplier":"fabric","dsp_lanes":0},"proposer":"brain","parent_id":"p","moves":[],"rationale":"why"},"verified":{"level":"bounded","parameters":"k=20","mismatches":0,"cycles":9},"objectives":[]}"""));
    }

    [TestCase("{}")]
    [TestCase("null")]
    [TestCase("""{"design_id":"id","generation":3,"proposal":null}""")]
    [TestCase("[1]")]
    public void Json_of_something_else_is_refused(string text) =>
        Assert.That(() => AgentJson.Read<Evaluation>(text), Throws.InstanceOf<JsonException>());

    [Test]
    public void Timings_are_apart()
    {
        var plain = Samples.Evaluation(1).WithoutTimings();
        Assert.Multiple(() =>
        {
            Assert.That(plain.KernelTiming, Is.Null);
            Assert.That(plain.ValueOf(Metric.HostTokensPerSecond), Is.Null);
            Assert.That(plain.ValueOf(Metric.Luts), Is.EqualTo(1000));
            Assert.That(plain.Kernel!.OutputsIdentical);
        });
    }

    [Test]
    public void Levels_are_labelled_with_what_they_rest_on() => Assert.Multiple(() =>
    {
        Assert.That(Samples.Evaluation(1).Verified!.Label, Is.EqualTo("sampled(n=50, seed=7)"));
        Assert.That(new Verified(VerificationLevel.Unverified, "", 1, 0).Label, Is.EqualTo("unverified"));
        Assert.That(new Evaluation("", 1, Samples.Evaluation(1).Proposal).Level, Is.EqualTo(VerificationLevel.Unverified));
    });

    [Test]
    public void Identity_is_the_content_and_not_the_labels()
    {
        var a = Samples.Evaluation(77).Proposal.Architecture;
        var tools = new Dictionary<string, string> { ["yosys"] = "0.23", ["verilator"] = "5.006" };
        var swapped = new Dictionary<string, string> { ["verilator"] = "5.006", ["yosys"] = "0.23" };
        var id = DesignIdentity.Of(a, Samples.Workload, tools);
        Assert.Multiple(() =>
        {
            Assert.That(id, Has.Length.EqualTo(64));
            Assert.That(DesignIdentity.Of(a with { Name = "other" }, Samples.Workload with { Name = "v" }, swapped), Is.EqualTo(id));
            Assert.That(DesignIdentity.Of(a with { PePipeline = 9 }, Samples.Workload, tools), Is.Not.EqualTo(id));
            Assert.That(DesignIdentity.Of(a, Samples.Workload with { TokensPerPass = 1 }, tools), Is.Not.EqualTo(id));
            tools["yosys"] = "0.24";
            Assert.That(DesignIdentity.Of(a, Samples.Workload, tools), Is.Not.EqualTo(id));
            Assert.That(DesignIdentity.Short(id), Is.EqualTo(id[..12]));
        });
    }
}
