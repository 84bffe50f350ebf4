using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Kernels;
using HwSeed.Kernels.Ilgpu;

namespace HwSeed.Mapper.Tests.Kernels;

public sealed class IlgpuBackendTests
{
    private static readonly KernelPlan[] Plans =
    [
        KernelPlan.Plain,
        new(KernelDataflow.OutputStationary, 1, 16, 1),
        new(KernelDataflow.OutputStationary, 3, 32, 8),
        new(KernelDataflow.WeightStationary, 1, 16, 5),
        new(KernelDataflow.WeightStationary, 1, 32, 24),
    ];

    [Test]
    public void Plans_equal_the_plain_loops_on_the_cpu_accelerator()
    {
        using var backend = new IlgpuBackend(forceCpu: true);
        var random = new Random(3);
        foreach (var plan in Plans)
        {
            foreach (var (k, n) in new[] { (1, 1), (13, 21), (24, 33) })
            {
                var b = PlainReference.Bytes(random, k * n);
                using var gemm = backend.Prepare(plan, b, k, n);
                foreach (var m in new[] { 3, 0, 1, 7 })
                {
                    var a = PlainReference.Bytes(random, m * k);
                    var c = new int[m * n];
                    Array.Fill(c, 0x5EED);
                    gemm.Multiply(a, m, c);
                    Assert.That(c, Is.EqualTo(PlainReference.Multiply(a, b, m, k, n)), $"{plan} {m}x{k}x{n}");
                }
            }
        }
    }

    [Test]
    public void More_rows_than_one_thread_streams()
    {
        using var backend = new IlgpuBackend(forceCpu: true);
        var random = new Random(4);
        var (m, k, n) = (66, 4, 3);
        var (a, b) = (PlainReference.Bytes(random, m * k), PlainReference.Bytes(random, k * n));
        using var gemm = backend.Prepare(new(KernelDataflow.WeightStationary, 1, 16, 3), b, k, n);
        var c = new int[m * n];
        gemm.Multiply(a, m, c);
        Assert.That(c, Is.EqualTo(PlainReference.Multiply(a, b, m, k, n)));
    }

    [Test]
    public void A_plan_that_does_not_fit_is_refused()
    {
        using var backend = new IlgpuBackend(forceCpu: true);
        var thrown = Assert.Throws<InvalidInputException>(
            () => backend.Prepare(new(KernelDataflow.OutputStationary, 2, 20, 4), new sbyte[4], 2, 2));
        Assert.That(thrown!.Diagnostics[0].Code, Is.EqualTo("HW4104"));
    }

    [Test]
    public void The_plan_artefact_names_kernel_grid_and_constants() =>
        Assert.That(
            IlgpuPlan.Of(new(KernelDataflow.OutputStationary, 4, 32, 64), new GemmShape(10, 64, 65)).ToJson(),
            Is.EqualTo(
                """
                {
                  "kernel": "OutputStationary",
                  "plan": "output-stationary plan, register tile 4 x 32, K unrolled within 64",
                  "shape": "10x64x65",
                  "threads_x": 48,
                  "threads_y": 3,
                  "lanes_per_vector": 16,
                  "tile_rows": 4,
                  "tile_vectors": 2,
                  "specialised_constants": {
                    "rows": 4,
                    "vectors": 2
                  }
                }

                """));
}
