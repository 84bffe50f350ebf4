using HwSeed.Hdl;
using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Kernels.Managed;

namespace HwSeed.Kernels.Measurements;

/// <summary>A kernel compared bit for bit with plain integer loops.</summary>
/// <param name="Shapes">The products compared.</param>
/// <param name="Seed">Seed of the operands.</param>
public sealed record KernelVerification(EquatableArray<GemmShape> Shapes, int Seed)
{
    /// <summary>
    /// Runs the plan on every shape with full-range operands, once with extremes only; HW4105 for each shape with a wrong
    /// result, HW4103 or HW4104 when there is no kernel.
    /// </summary>
    /// <param name="backend">Where the kernel runs.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="shapes">Products to compare, best those that the plan was not tuned on.</param>
    /// <param name="seed">Seed of the operands.</param>
    public static Checked<KernelVerification> Verify(
        IBackend backend, KernelPlan plan, IReadOnlyList<GemmShape> shapes, int seed)
    {
        ArgumentNullException.ThrowIfNull(backend);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(shapes);
        var diagnostics = new List<Diagnostic>();
        var random = new Random(seed);
        foreach (var shape in shapes)
        {
            try
            {
                Verify(backend, plan, shape, random, diagnostics);
            }
            catch (KernelBuildException e)
            {
                diagnostics.Add(KernelDiagnostics.BuildFailed(backend.Name, e.Log));
                break;
            }
            catch (InvalidInputException e)
            {
                diagnostics.AddRange(e.Diagnostics);
                break;
            }
        }

        return Checked.From(new KernelVerification(shapes.ToEquatableArray(), seed), diagnostics);
    }

    /// <summary>Random ragged shapes, none of them among the tuned ones.</summary>
    /// <param name="tuned">Shapes that the plan was chosen for.</param>
    /// <param name="count">How many.</param>
    /// <param name="seed">Seed of the choice.</param>
    public static EquatableArray<GemmShape> UnseenShapes(IReadOnlyList<GemmShape> tuned, int count, int seed)
    {
        var random = new Random(seed);
        var shapes = new HashSet<GemmShape>();
        while (shapes.Count < count)
        {
            var shape = new GemmShape(random.Next(1, 97), random.Next(1, 161), random.Next(1, 161));
            if (!tuned.Contains(shape))
            {
                shapes.Add(shape);
            }
        }

        return shapes.ToEquatableArray();
    }

    private static void Verify(
        IBackend backend, KernelPlan plan, GemmShape shape, Random random, List<Diagnostic> diagnostics)
    {
        foreach (var extremes in new[] { false, true })
        {
            var a = Operand(random, (long)shape.M * shape.K, extremes);
            var b = Operand(random, (long)shape.K * shape.N, extremes);
            var expected = new int[shape.M * shape.N];
            using (var plain = new ScalarGemm(b, shape.K, shape.N))
            {
                plain.Multiply(a, shape.M, expected);
            }

            var actual = new int[shape.M * shape.N];
            Array.Fill(actual, random.Next());
            using var gemm = backend.Prepare(plan, b, shape.K, shape.N);
            gemm.Multiply(a, shape.M, actual);
            var at = expected.AsSpan().CommonPrefixLength(actual);
            if (at < expected.Length)
            {
                diagnostics.Add(KernelDiagnostics.WrongResult(
                    $"{backend.Name}, {plan.Describe()}", shape.ToString(), at / shape.N, at % shape.N, expected[at], actual[at]));
                return;
            }
        }
    }

    private static sbyte[] Operand(Random random, long count, bool extremes)
    {
        var values = RandomOperand.Of(random, count);
        if (extremes)
        {
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = values[i] < 64 ? sbyte.MinValue : sbyte.MaxValue;
            }
        }

        return values;
    }
}
