using CsCheck;
using HwSeed.Hdl.Architectures;
using HwSeed.Kernels;
using HwSeed.Kernels.OpenCl;
using HwSeed.Kernels.Plans;
using HwSeed.Mapper.Mappings;

namespace HwSeed.Mapper.Tests.Kernels;

public sealed class KernelPlanTests
{
    private static Mapping Map(
        Dataflow dataflow, int rows, int columns, int m = 64, int n = 256, int k = 512, int tileK = 128, int bits = 8) =>
        new(new("chip", rows, columns, dataflow, bits, bits, 32, 1, 512, 512, dataflow == Dataflow.OutputStationary ? 0 : 64, false),
            new(m, k, n), Math.Min(m, 8), Math.Min(n, 8), Math.Min(k, tileK), [Dimension.M, Dimension.N, Dimension.K]);

    [TestCase(4, 4, 4, 64, Description = "fits as it is")]
    [TestCase(8, 8, 8, 48, Description = "columns shrink")]
    [TestCase(16, 16, 16, 16, Description = "columns shrink to one vector")]
    [TestCase(32, 32, 24, 16, Description = "then rows shrink")]
    [TestCase(1, 40, 1, 256, Description = "the product bounds the columns")]
    [TestCase(1, 1, 1, 16)]
    public void Output_stationary_pe_arrays_become_register_tiles(int rows, int columns, int registerRows, int registerColumns) =>
        Assert.That(
            KernelPlan.From(Map(Dataflow.OutputStationary, rows, columns)),
            Is.EqualTo(new KernelPlan(KernelDataflow.OutputStationary, registerRows, registerColumns, 128)));

    [TestCase(4, 4, 64, 8)]
    [TestCase(8, 8, 48, 16)]
    [TestCase(32, 8, 16, 48)]
    public void Weight_stationary_rows_become_held_elements(int rows, int columns, int registerColumns, int blockK) =>
        Assert.That(
            KernelPlan.From(Map(Dataflow.WeightStationary, rows, columns)),
            Is.EqualTo(new KernelPlan(KernelDataflow.WeightStationary, 1, registerColumns, blockK)));

    [Test]
    public void A_small_product_bounds_the_tile()
    {
        Assert.That(
            KernelPlan.From(Map(Dataflow.OutputStationary, 8, 8, m: 2, n: 20, k: 7)),
            Is.EqualTo(new KernelPlan(KernelDataflow.OutputStationary, 2, 32, 7)));
        Assert.That(
            KernelPlan.From(Map(Dataflow.WeightStationary, 8, 8, n: 20, k: 7)),
            Is.EqualTo(new KernelPlan(KernelDataflow.WeightStationary, 1, 32, 8)));
    }

    [Test]
    public void Explain_says_what_became_of_the_design() =>
        Assert.That(
            KernelPlan.Explain(Map(Dataflow.OutputStationary, 32, 32, bits: 4)),
            Is.EqualTo(new[]
            {
                "OutputStationary -> OutputStationary: sums stay in registers while K streams",
                "32 PE columns -> 32 vectors of 16 lanes",
                "the product has 256 columns -> 16 vectors",
                "32 PE rows -> 32 register rows of C",
                "512 vectors do not fit the 24 of the register file -> 1 vectors a row",
                "32 vectors still do not fit -> 24 register rows",
                "tile K 128 -> K unrolled within 128; the sums stay in registers over all of K",
                "block order M, N, K -> not carried over: the device orders its work-items",
                "4-bit activations and 4-bit weights -> 8-bit operands: the kernels have no others",
                "= output-stationary plan, register tile 24 x 16, K unrolled within 128",
            }));

    [Test]
    public void Every_mapping_gives_a_plan_that_fits() =>
        Gen.Select(Gen.Enum<Dataflow>(), Gen.Int[1, 64], Gen.Int[1, 64], Gen.Int[1, 300], Gen.Int[1, 300], Gen.Int[1, 300])
            .Sample((dataflow, rows, columns, m, n, k) =>
            {
                var plan = KernelPlan.From(Map(dataflow, rows, columns, m, n, k));
                return plan.Problem is null
                    && OpenClKernelSource.Generate(plan) == OpenClKernelSource.Generate(plan with { })
                    && KernelEstimate.Of(plan, new(m, k, n)).MacsPerCycle > 0;
            });

    [TestCase(0, 16, 1, "every extent must be at least 1")]
    [TestCase(1, 20, 1, "20 register columns are not whole vectors of 16")]
    [TestCase(8, 64, 1, "the tile takes 32 vectors, the register file has room for 28")]
    public void A_plan_that_does_not_fit_says_why(int rows, int columns, int blockK, string problem) =>
        Assert.That(new KernelPlan(KernelDataflow.OutputStationary, rows, columns, blockK).Problem, Is.EqualTo(problem));

    [Test]
    public void Plans_differ_in_their_text()
    {
        var plans = new[]
        {
            KernelPlan.Plain,
            new(KernelDataflow.OutputStationary, 2, 16, 4),
            new(KernelDataflow.OutputStationary, 3, 16, 4),
            new(KernelDataflow.WeightStationary, 1, 16, 4),
        };
        var texts = plans.Select(p => OpenClKernelSource.Generate(p)).ToList();
        Assert.That(texts, Is.Unique);
        foreach (var (plan, text) in plans.Zip(texts))
        {
            Assert.That(text.Split('\n')[0], Does.Contain(plan.Describe()));
        }

        Assert.That(
            OpenClKernelSource.Generate(plans[1], OpenClInstructions.Vnni512), Does.Contain("vpdpbusd %2, %1, %0"));
        Assert.That(texts[1], Does.Contain("c1_0 = dot_add(c1_0, x1, b0);").And.Not.Contain("asm"));
    }

    [Test]
    public void The_estimate_prefers_reuse_and_dislikes_spills_padding_and_short_chains()
    {
        var shape = new GemmShape(480, 512, 480);
        double Rate(int rows, int columns, GemmShape? s = null) =>
            KernelEstimate.Of(new(KernelDataflow.OutputStationary, rows, columns, 128), s ?? shape).MacsPerCycle;
        Assert.That(Rate(6, 48), Is.GreaterThan(Rate(2, 16)));
        Assert.That(Rate(2, 16), Is.GreaterThan(KernelEstimate.Of(KernelPlan.Plain, shape).MacsPerCycle));
        Assert.That(Rate(8, 16, new(1, 512, 480)), Is.LessThan(Rate(1, 64, new(1, 512, 480))));
        var wide = new KernelPlan(KernelDataflow.OutputStationary, 1, 28 * 16, 128);
        var spilling = KernelEstimate.Of(wide, shape);
        Assert.That(spilling.SpilledVectors, Is.EqualTo(28 + (2 * 28) + 2 - 32));
        Assert.That(KernelEstimate.Of(wide, shape, 4).SpilledVectors, Is.EqualTo(28 + 28 + 2 - 32));
        Assert.That(spilling.MacsPerCycle, Is.LessThan(Rate(6, 48)));
        Assert.That(KernelEstimate.Of(new(KernelDataflow.OutputStationary, 4, 64, 8), new(6, 8, 65)).TileUse,
            Is.EqualTo(6.0 * 65 / (8 * 128)).Within(1e-12));
    }
}
