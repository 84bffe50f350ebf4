using HwSeed.Agent.DesignSpaces;
using HwSeed.Agent.Evaluations;
using HwSeed.Agent.Goals;
using HwSeed.Hdl.Architectures;
using HwSeed.Mapper.Workloads;

namespace HwSeed.Agent.Tests.Evaluations;

internal static class Samples
{
    public static Workload Workload { get; } = new("w", [new("a", new GemmShape(64, 128, 512), 2)], 64);

    public static Evaluation Evaluation(int index, double luts = 1000, double tokens = 50, string proposer = "sobol")
    {
        var architecture = DesignSpace.ArchitectureOf(DesignSpace.PointAt(index));
        var id = DesignIdentity.Of(architecture, Workload, new Dictionary<string, string>());
        var proposal = new Proposal(architecture, proposer, null, [new("step", "rows", "4", "5")], "näher \"dran\"");
        return new(id, 1, proposal)
        {
            Mapped = new(1234567890123, 99, 0.1 + 0.2, 1000),
            Simulated = new(7, true, 8),
            Verified = new(VerificationLevel.Sampled, "n=50, seed=7", 0, 7),
            Synthesised = new("hx8k", 900, 3, 101.25, new string('a', 64)),
            Kernel = new("managed", "os 6x64", true),
            KernelTiming = new(10.5, 3.5, true, [0.1, 0.3]),
            Objectives =
            [
                new(Metric.ChipTokensPerSecond, tokens, true), new(Metric.Luts, luts, false),
                new(Metric.HostTokensPerSecond, 10.5, false),
            ],
        };
    }
}
