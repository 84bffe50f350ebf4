using CsCheck;
using HwSeed.Kernels;
using HwSeed.Kernels.OpenCl;

namespace HwSeed.Mapper.Tests.Kernels;

[Category("opencl")]
public sealed class OpenClBackendTests
{
    private static readonly Gen<KernelPlan> AnyPlan = Gen.OneOf(
        Gen.Const(KernelPlan.Plain),
        Gen.Select(Gen.Int[1, 12], Gen.Int[1, 4], Gen.Int[1, 300]).Where((rows, vectors, _) => rows * vectors <= 28)
            .Select((rows, vectors, k) => new KernelPlan(KernelDataflow.OutputStationary, rows, vectors * 16, k)),
        Gen.Select(Gen.Int[1, 4], Gen.Int[1, 48]).Where((vectors, k) => (k + 1) / 2 * vectors <= 28)
            .Select((vectors, k) => new KernelPlan(KernelDataflow.WeightStationary, 1, vectors * 16, k)));

    internal static OpenClBackend Open(OpenClInstructions? instructions = null)
    {
        var opened = OpenClBackend.Open(instructions: instructions);
        if (opened.IsOk)
        {
            return opened.Value;
        }

        var reason = opened.Diagnostics[0].ToString();
        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail(reason);
        }

        Assert.Ignore(reason);
        throw new InvalidOperationException(reason);
    }

    [TestCase(OpenClInstructions.Portable)]
    [TestCase(OpenClInstructions.Vnni512)]
    public void Random_plans_equal_the_plain_loops(OpenClInstructions instructions)
    {
        using var backend = Open(instructions);
        if (instructions == OpenClInstructions.Vnni512 && !backend.HasVnni512)
        {
            Assert.Ignore("the processor has no AVX-512 VNNI");
        }

        Gen.Select(AnyPlan, Gen.Int[1, 70], Gen.Int[1, 90], Gen.Int).Sample(
            (plan, k, n, seed) =>
            {
                var random = new Random(seed);
                var b = PlainReference.Bytes(random, k * n);
                using var gemm = backend.Prepare(plan, b, k, n);

                // Several calls on one product: buffers are used again, and grow.
                foreach (var m in new[] { random.Next(1, 70), 0, 1, random.Next(1, 140) })
                {
                    var a = PlainReference.Bytes(random, m * k);
                    var c = new int[(m * n) + 3];
                    Array.Fill(c, 0x5EED);
                    gemm.Multiply(a, m, c);
                    if (!c.AsSpan(0, m * n).SequenceEqual(PlainReference.Multiply(a, b, m, k, n))
                        || c.AsSpan(m * n).IndexOfAnyExcept(0x5EED) >= 0)
                    {
                        return false;
                    }
                }

                return true;
            },
            iter: 12,
            threads: 1);
    }

    [TestCase(KernelDataflow.OutputStationary, 6, 64, 64)]
    [TestCase(KernelDataflow.WeightStationary, 1, 32, 16)]
    public void Extremes_are_exact(KernelDataflow dataflow, int rows, int columns, int blockK)
    {
        using var backend = Open();
        const int K = 1000;
        foreach (var (x, y) in new[] { (-128, -128), (-128, 127), (127, -128), (127, 127) })
        {
            var a = Enumerable.Repeat((sbyte)x, 7 * K).ToArray();
            var b = Enumerable.Repeat((sbyte)y, K * 65).ToArray();
            using var gemm = backend.Prepare(new(dataflow, rows, columns, blockK), b, K, 65);
            var c = new int[7 * 65];
            gemm.Multiply(a, 7, c);
            Assert.That(c, Is.All.EqualTo(x * y * K));
        }
    }

    [Test]
    public void A_refused_kernel_carries_the_compilers_log()
    {
        using var backend = Open();
        var thrown = Assert.Throws<KernelBuildException>(() => backend.Build("__kernel void broken(int x) { y = x; }"));
        Assert.That(thrown!.Log, Does.Contain("undeclared identifier 'y'"));
        Assert.That(thrown.Message, Does.StartWith("error HW4103: ").And.Contain("undeclared identifier"));
    }

    [Test]
    public void A_plan_beyond_the_register_file_is_refused()
    {
        using var backend = Open();
        var plan = new KernelPlan(KernelDataflow.OutputStationary, 12, 64, 64);
        Assert.That(
            () => backend.Prepare(plan, new sbyte[4], 2, 2),
            Throws.InstanceOf<HwSeed.Hdl.Diagnostics.InvalidInputException>().With.Message.EqualTo(
                "error HW4104: output-stationary plan, register tile 12 x 64, K unrolled within 64 cannot be a kernel: "
                + "the tile takes 48 vectors, the register file has room for 28"));
    }

    [Test]
    public void A_device_that_is_not_there_is_a_diagnostic()
    {
        using (Open())
        {
            var opened = OpenClBackend.Open("no such device");
            Assert.That(opened.IsOk, Is.False);
            Assert.That(opened.Diagnostics[0].Code, Is.EqualTo("HW4102"));
        }
    }

    [Test]
    public void A_machine_without_the_library_gets_a_diagnostic()
    {
        var opened = OpenClBackend.Open(() => throw new FileNotFoundException("libOpenCL"), "", null);
        Assert.That(opened.IsOk, Is.False);
        Assert.That(
            opened.Diagnostics[0].ToString(),
            Is.EqualTo("error HW4101: the OpenCL library cannot be loaded (FileNotFoundException); "
                + "install ocl-icd-libopencl1 and pocl-opencl-icd"));
    }

    [Test]
    public void A_failed_call_names_itself() =>
        Assert.That(
            () => OpenClBackend.Check(-5, "clCreateBuffer"),
            Throws.InstanceOf<HwSeed.Hdl.Diagnostics.InvalidInputException>().With.Message.EqualTo(
                "error HW4108: clCreateBuffer returned -5"));

    [Test]
    public void Large_results_are_written_in_place()
    {
        using var backend = Open();
        var random = new Random(8);
        var (m, k, n) = (263, 50, 128);
        var (a, b) = (PlainReference.Bytes(random, m * k), PlainReference.Bytes(random, k * n));
        var expected = PlainReference.Multiply(a, b, m, k, n);
        foreach (var plan in new KernelPlan[] { new(KernelDataflow.OutputStationary, 6, 64, 64), new(KernelDataflow.WeightStationary, 1, 32, 8) })
        {
            using var gemm = backend.Prepare(plan, b, k, n);
            for (var i = 0; i < 3; i++)
            {
                var c = new int[m * n];
                gemm.Multiply(a, m, c);
                Assert.That(c.AsSpan().SequenceEqual(expected), Is.True, plan.Describe());
            }
        }
    }
}
