using CsCheck;
using HwSeed.Kernels;
using HwSeed.Kernels.Managed;

namespace HwSeed.Mapper.Tests.Kernels;

public sealed class ManagedBackendTests
{
    private static readonly KernelPlan Tiled = new(KernelDataflow.OutputStationary, 6, 16, 256);

    private static IEnumerable<ManagedInstructions> Supported => ManagedBackend.Supported;

    [TestCaseSource(nameof(Supported))]
    public void Every_instruction_set_equals_the_plain_loops(ManagedInstructions instructions)
    {
        using var backend = new ManagedBackend(instructions, 1);
        Gen.Select(Gen.Int[0, 40], Gen.Int[1, 70], Gen.Int[1, 90], Gen.Int).Sample(
            (m, k, n, seed) =>
            {
                var random = new Random(seed);
                var a = PlainReference.Bytes(random, m * k);
                var b = PlainReference.Bytes(random, k * n);
                using var gemm = backend.Prepare(Tiled, b, k, n);
                var c = new int[(m * n) + 3];
                Array.Fill(c, 0x5EED);
                gemm.Multiply(a, m, c);
                return c.AsSpan(0, m * n).SequenceEqual(PlainReference.Multiply(a, b, m, k, n))
                    && c.AsSpan(m * n).IndexOfAnyExcept(0x5EED) < 0;
            },
            iter: 300);
    }

    [TestCaseSource(nameof(Supported))]
    public void Extremes_are_exact(ManagedInstructions instructions)
    {
        using var backend = new ManagedBackend(instructions, 1);
        const int K = 1000;
        foreach (var (x, y) in new[] { (-128, -128), (-128, 127), (127, -128), (127, 127) })
        {
            var a = Enumerable.Repeat((sbyte)x, 7 * K).ToArray();
            var b = Enumerable.Repeat((sbyte)y, K * 33).ToArray();
            using var gemm = backend.Prepare(Tiled, b, K, 33);
            var c = new int[7 * 33];
            gemm.Multiply(a, 7, c);
            Assert.That(c, Is.All.EqualTo(x * y * K));
        }
    }

    [TestCaseSource(nameof(Supported))]
    public void Threads_change_nothing(ManagedInstructions instructions)
    {
        var random = new Random(5);
        var (m, k, n) = (131, 257, 200);
        var a = PlainReference.Bytes(random, m * k);
        var b = PlainReference.Bytes(random, k * n);
        using var backend = new ManagedBackend(instructions, 3);
        using var gemm = backend.Prepare(Tiled, b, k, n);
        var c = new int[m * n];
        gemm.Multiply(a, m, c);
        Assert.That(c, Is.EqualTo(PlainReference.Multiply(a, b, m, k, n)));
    }

    [Test]
    public void Plain_plan_and_scalar_backend_equal_the_definition()
    {
        var random = new Random(9);
        var (m, k, n) = (5, 31, 17);
        var a = PlainReference.Bytes(random, m * k);
        var b = PlainReference.Bytes(random, k * n);
        foreach (var backend in new IBackend[] { new ManagedBackend(), new ScalarBackend() })
        {
            using var gemm = backend.Prepare(KernelPlan.Plain, b, k, n);
            var c = new int[m * n];
            gemm.Multiply(a, m, c);
            Assert.That(c, Is.EqualTo(PlainReference.Multiply(a, b, m, k, n)), backend.Name);
        }
    }

    [Test]
    public void Short_buffers_are_the_callers_bug()
    {
        using var backend = new ManagedBackend(1);
        Assert.That(() => backend.Prepare(Tiled, new sbyte[5], 2, 3), Throws.ArgumentException);
        using var gemm = backend.Prepare(Tiled, new sbyte[6], 2, 3);
        Assert.That(() => gemm.Multiply(new sbyte[3], 2, new int[6]), Throws.ArgumentException);
        Assert.That(() => gemm.Multiply(new sbyte[4], 2, new int[5]), Throws.ArgumentException);
        Assert.That(() => gemm.Multiply([], -1, []), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }
}
