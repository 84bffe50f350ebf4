using System.Text.Json;
using HwSeed.Hdl.Architectures;

namespace HwSeed.Kernels.Ilgpu;

/// <summary>What an ILGPU launch of a plan is: the artefact that stands beside the OpenCL source of a design.</summary>
/// <param name="Kernel">The method of the kernel.</param>
/// <param name="Plan">The plan in a line.</param>
/// <param name="Shape">The product, MxKxN.</param>
/// <param name="ThreadsX">Threads over columns: 16 lanes a block of columns.</param>
/// <param name="ThreadsY">Threads over rows.</param>
/// <param name="LanesPerVector">Neighbouring threads that are one vector.</param>
/// <param name="TileRows">Rows of the tile that a thread holds a lane of.</param>
/// <param name="TileVectors">Vectors of a tile's row.</param>
/// <param name="SpecialisedConstants">Values fixed when the kernel is compiled.</param>
public sealed record IlgpuPlan(
    string Kernel,
    string Plan,
    string Shape,
    int ThreadsX,
    int ThreadsY,
    int LanesPerVector,
    int TileRows,
    int TileVectors,
    IReadOnlyDictionary<string, int> SpecialisedConstants)
{
    private static readonly JsonSerializerOptions Json =
        new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, NewLine = "\n" };

    /// <summary>The launch of a plan for one product.</summary>
    /// <param name="plan">A plan that fits.</param>
    /// <param name="shape">The product.</param>
    public static IlgpuPlan Of(KernelPlan plan, GemmShape shape)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var vectors = Math.Max(1, plan.RegisterColumns / KernelPlan.VectorColumns);
        var blocks = (shape.N + plan.RegisterColumns - 1) / plan.RegisterColumns;
        return plan.Dataflow switch
        {
            KernelDataflow.Plain => Make(nameof(IlgpuKernels.Plain), shape.N, shape.M, 1, 1, []),
            KernelDataflow.OutputStationary => Make(
                nameof(IlgpuKernels.OutputStationary), blocks * KernelPlan.VectorColumns, Tiles(plan.RegisterRows),
                plan.RegisterRows, vectors, new() { ["rows"] = plan.RegisterRows, ["vectors"] = vectors }),
            _ => Make(
                nameof(IlgpuKernels.WeightStationary), blocks * KernelPlan.VectorColumns, Tiles(IlgpuKernels.StreamedRows),
                plan.BlockK, vectors, new() { ["depth"] = plan.BlockK, ["vectors"] = vectors }),
        };

        int Tiles(int rows) => (shape.M + rows - 1) / rows;

        IlgpuPlan Make(string kernel, int x, int y, int rows, int columns, SortedDictionary<string, int> constants) => new(
            kernel, plan.Describe(), shape.ToString(), x, y,
            plan.Dataflow == KernelDataflow.Plain ? 1 : KernelPlan.VectorColumns, rows, columns, constants);
    }

    /// <summary>The plan as indented JSON with snake-case names.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json) + "\n";
}
