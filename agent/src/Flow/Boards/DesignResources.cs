using HwSeed.Hdl.Netlists;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Agent.Flow.Boards;

/// <summary>The blocks of an iCE40 that a design will take, counted from the design itself before synthesis.</summary>
/// <param name="Brams">Block memories of 4096 bits.</param>
/// <param name="Dsps">Multipliers that Yosys puts into DSP blocks where there are any, and DSP blocks that the design names.</param>
public sealed record DesignResources(int Brams, int Dsps)
{
    private const int BlockBits = 4096;

    // Yosys: below that share of its bits a block memory is not worth it, and below that product a DSP block.
    private const int LeastPercent = 2;
    private const int LeastProductBits = 11;

    /// <summary>Counts.</summary>
    public static DesignResources Of(Design design)
    {
        Dictionary<string, DesignResources> counted = [];
        foreach (var module in design.ModulesBottomUp())
        {
            var children = module.Instances.Select(i => counted[i.Module.Name]).ToList();
            counted[module.Name] = module.Name == "SB_MAC16" ? new(0, 1) : new(
                module.Memories.Sum(Blocks) + children.Sum(c => c.Brams),
                Values(module).SelectMany(Nodes).Count(IsMultiplier) + children.Sum(c => c.Dsps));
        }

        return counted[design.Top.Name];
    }

    private static int Blocks(Memory memory)
    {
        // Each read port needs a copy of the memory.
        var blocks = new (int Width, int Depth)[] { (16, 256), (8, 512), (4, 1024), (2, 2048) }
            .Min(b => Ceil(memory.Width, b.Width) * Ceil(memory.Depth, b.Depth));
        return memory.Width * memory.Depth * 100 < LeastPercent * BlockBits * blocks ? 0 : blocks * Math.Max(1, memory.Reads.Count);

        static int Ceil(int value, int by) => (value + by - 1) / by;
    }

    private static bool IsMultiplier(Expression node) =>
        node is Binary { Operator: BinaryOperator.MultiplySigned or BinaryOperator.MultiplyUnsigned, Width: >= LeastProductBits } product
        && product.Left.Width > 1 && product.Right.Width > 1 && product.Left is not Constant && product.Right is not Constant;

    private static IEnumerable<Expression> Values(Module module) =>
    [
        .. module.Wires.Select(w => w.Value), .. module.Registers.Select(r => r.Next), .. module.Outputs.Select(o => o.Value),
    ];

    private static IEnumerable<Expression> Nodes(Expression root)
    {
        var waiting = new Stack<Expression>([root]);
        while (waiting.TryPop(out var node))
        {
            yield return node;
            foreach (var child in ExpressionOperands.Of(node))
            {
                waiting.Push(child);
            }
        }
    }
}
