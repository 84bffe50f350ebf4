using HwSeed.Toolchain;

namespace HwSeed.Agent.Tests.Loop;

/// <summary>A goal that a run reaches in seconds: little products, little area, one proof a generation.</summary>
internal static class SmallGoal
{
    public const string Yaml =
        """
        schema: hwseed/goal/v1
        name: small
        workload:
          tokens_per_pass: 8
          gemms:
            - {name: wide, m: 8, k: 24, n: 20}
            - {name: deep, m: 8, k: 40, n: 6, repeats: 2}
        target: {device: hx8k}
        objectives:
          - {metric: chip_tokens_per_second, direction: maximize}
          - {metric: luts, direction: minimize}
        constraints: {max_luts: 1500, max_brams: 24, operand_bits: 8}
        budget:
          generations: 2
          proposals_per_generation: 96
          simulate_per_generation: 3
          verify_per_generation: 2
          synthesise_per_generation: 1
          wall_minutes: 10
        seed: 5

        """;

    public static void NeedTools(params ExternalTool[] tools)
    {
        if (ExternalTool.Missing(tools) is not { Count: > 0 } missing)
        {
            return;
        }

        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail(missing[0].ToString());
        }

        Assert.Ignore(missing[0].ToString());
    }
}
