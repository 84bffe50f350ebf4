using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace HwSeed.Kernels.OpenCl;

/// <summary>
/// OpenCL C for a plan. The same plan always gives the same text, and the text is meant to be read: it is one of a
/// design's artefacts. Operands are padded by the host, so that kernels hold no edge cases.
/// </summary>
public static class OpenClKernelSource
{
    /// <summary>Columns of one vector.</summary>
    internal const int Lanes = 16;

    /// <summary>Rows of A that one work-item of a weight-stationary kernel streams past its registers.</summary>
    internal const int StreamedRows = 64;

    /// <summary>The kernel's text.</summary>
    /// <param name="plan">A plan that <see cref="KernelPlan.Problem"/> finds nothing against.</param>
    /// <param name="instructions">How lanes are multiplied; without meaning for the plain plan.</param>
    public static string Generate(KernelPlan plan, OpenClInstructions instructions = OpenClInstructions.Portable)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.Problem is { } problem)
        {
            throw new ArgumentException(problem, nameof(plan));
        }

        var text = new StringBuilder();
        switch (plan.Dataflow)
        {
            case KernelDataflow.Plain:
                Plain(text);
                break;
            case KernelDataflow.OutputStationary:
                Head(text, plan, instructions);
                OutputStationary(text, "gemm", plan.RegisterRows, plan, instructions);
                OutputStationary(text, "gemm_row", 1, plan, instructions);
                break;
            case KernelDataflow.WeightStationary:
                Head(text, plan, instructions);
                WeightStationary(text, plan, instructions);
                break;
            default:
                throw new UnreachableException($"dataflow {plan.Dataflow}");
        }

        return text.ToString().ReplaceLineEndings("\n");
    }

    private static void Plain(StringBuilder text) => text.Append(
        """
        // HwSeed GEMM kernel, plain plan: C[M,N] = A[M,K] x B[K,N], int8 x int8 -> int32.
        // One work-item an output, operands straight from global memory, row-major.
        __kernel void gemm(__global const char* restrict a, __global const char* restrict b,
                           __global int* restrict c, const int m, const int k, const int n)
        {
            const int column = (int)get_global_id(0);
            const int row = (int)get_global_id(1);
            int sum = 0;
            for (int i = 0; i < k; i++) {
                sum += a[(size_t)row * k + i] * b[(size_t)i * n + column];
            }
            c[(size_t)row * n + column] = sum;
        }

        """);

    private static void Head(StringBuilder text, KernelPlan plan, OpenClInstructions instructions)
    {
        var size = instructions.GroupSize();
        var vectors = plan.RegisterColumns / Lanes;
        Line(text, $"// HwSeed GEMM kernel, {plan.Describe()}.");
        Line(text, $"// C[M,N] = A[M,K] x B[K,N], int8 x int8 -> int32, exact.");
        Line(text, $"// A: rows of groups; a group is {size} summed elements in one int, widened to {32 / size} bits.");
        Line(text, $"// B: [N/{plan.RegisterColumns}][group][{vectors}] vectors of {Lanes} columns, the same groups.");
        Line(text, $"// start: what each column's sum begins with. C: rows of stride columns, padded to whole tiles.");
        if (instructions == OpenClInstructions.Vnni512)
        {
            text.Append(
                """
                // vpdpbusd: four products, unsigned by signed, a lane. A is offset by 128, which start takes back.
                static int16 dot_add(int16 sum, const int a, const int16 b)
                {
                    const int16 x = (int16)(a);
                    __asm__("vpdpbusd %2, %1, %0" : "+v"(sum) : "v"(x), "v"(b));
                    return sum;
                }


                """);
        }
        else
        {
            text.Append(
                """
                // Two 16-bit products a lane, summed. A is offset by 128, which start takes back.
                static int16 dot_add(const int16 sum, const int a, const int16 b)
                {
                    return sum + (((b << 16) >> 16) * ((a << 16) >> 16) + (b >> 16) * (a >> 16));
                }


                """);
        }
    }

    private static void Signature(StringBuilder text, string name)
    {
        var indent = new string(' ', "__kernel void (".Length + name.Length);
        Line(text, $"__kernel void {name}(__global const int* restrict a, __global const int16* restrict b,");
        Line(text, $"{indent}__global const int16* restrict start, __global int* restrict c,");
        Line(text, $"{indent}const int first, const int rows, const int groups, const int stride)");
        Line(text, $"{{");
    }

    private static void OutputStationary(
        StringBuilder text, string name, int rows, KernelPlan plan, OpenClInstructions instructions)
    {
        var vectors = plan.RegisterColumns / Lanes;
        var step = Math.Max(1, Math.Min(4, plan.BlockK / instructions.GroupSize()));
        Line(text, $"// A {rows} x {plan.RegisterColumns} tile of C stays in {rows * vectors} vector registers while K streams.");
        Signature(text, name);
        Line(text, $"    const int block = (int)get_global_id(0);");
        Line(text, $"    const int row = first + (int)get_global_id(1) * {rows};");
        Line(text, $"    __global const int16* w = b + (size_t)block * groups * {vectors};");
        Line(text, $"    __global const int* x = a + (size_t)row * groups;");
        for (var v = 0; v < vectors; v++)
        {
            Line(text, $"    const int16 s{v} = start[block * {vectors} + {v}];");
        }

        for (var r = 0; r < rows; r++)
        {
            Line(text, $"    int16 {Join(vectors, v => $"c{r}_{v} = s{v}")};");
        }

        Line(text, $"#pragma unroll {step}");
        Line(text, $"    for (int g = 0; g < groups; g++, w += {vectors}) {{");
        Line(text, $"        const int16 {Join(vectors, v => $"b{v} = w[{v}]")};");
        for (var r = 0; r < rows; r++)
        {
            Line(text, $"        const int x{r} = x[{(r == 0 ? "g" : $"{r} * groups + g")}];");
            for (var v = 0; v < vectors; v++)
            {
                Line(text, $"        c{r}_{v} = dot_add(c{r}_{v}, x{r}, b{v});");
            }
        }

        Line(text, $"    }}");
        Line(text, $"    __global int* out = c + (size_t)row * stride + block * {plan.RegisterColumns};");
        for (var r = 0; r < rows; r++)
        {
            for (var v = 0; v < vectors; v++)
            {
                Line(text, $"    vstore16(c{r}_{v}, {v}, out{(r == 0 ? "" : $" + (size_t){r} * stride")});");
            }
        }

        Line(text, $"}}");
        Line(text, $"");
    }

    private static void WeightStationary(StringBuilder text, KernelPlan plan, OpenClInstructions instructions)
    {
        var vectors = plan.RegisterColumns / Lanes;
        var held = plan.HeldGroups(instructions.GroupSize());
        Line(text, $"// {held} groups x {plan.RegisterColumns} columns of B stay in {held * vectors} vector registers while");
        Line(text, $"// {StreamedRows} rows of A stream past them; C is accumulated in memory, one step of K after the other.");
        Signature(text, "gemm");
        Line(text, $"    const int block = (int)get_global_id(0);");
        Line(text, $"    const int row = first + (int)get_global_id(1) * {StreamedRows};");
        Line(text, $"    const int last = min(row + {StreamedRows}, rows);");
        Line(text, $"    __global const int16* w = b + (size_t)block * groups * {vectors};");
        Line(text, $"    for (int g = 0; g < groups; g += {held}, w += {held * vectors}) {{");
        for (var h = 0; h < held; h++)
        {
            Line(text, $"        const int16 {Join(vectors, v => $"b{h}_{v} = w[{(h * vectors) + v}]")};");
        }

        Line(text, $"        for (int r = row; r < last; r++) {{");
        Line(text, $"            __global const int* x = a + (size_t)r * groups + g;");
        Line(text, $"            __global int* out = c + (size_t)r * stride + block * {plan.RegisterColumns};");
        for (var v = 0; v < vectors; v++)
        {
            Line(text, $"            int16 c{v} = g == 0 ? start[block * {vectors} + {v}] : vload16({v}, out);");
        }

        for (var h = 0; h < held; h++)
        {
            for (var v = 0; v < vectors; v++)
            {
                Line(text, $"            c{v} = dot_add(c{v}, x[{h}], b{h}_{v});");
            }
        }

        for (var v = 0; v < vectors; v++)
        {
            Line(text, $"            vstore16(c{v}, {v}, out);");
        }

        Line(text, $"        }}");
        Line(text, $"    }}");
        Line(text, $"}}");
    }

    private static string Join(int count, Func<int, string> item) =>
        string.Join(", ", Enumerable.Range(0, count).Select(item));

    private static void Line(StringBuilder text, FormattableString line) =>
        text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
