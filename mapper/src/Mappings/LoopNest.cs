using System.Text;
using HwSeed.Hdl;
using HwSeed.Hdl.Architectures;

namespace HwSeed.Mapper.Mappings;

/// <summary>Where a loop runs.</summary>
public enum LoopLevel
{
    /// <summary>The host walks over blocks; each iteration loads what changed.</summary>
    Host,

    /// <summary>The command stream walks over array tiles inside a block.</summary>
    Scratchpad,

    /// <summary>The engine streams words through the array.</summary>
    Stream,

    /// <summary>PE rows, PE columns or a PE's lanes work side by side.</summary>
    Spatial,
}

/// <summary>One loop: a dimension cut into Trips pieces of Step elements (the last may be smaller).</summary>
public sealed record Loop(LoopLevel Level, Dimension Dimension, int Trips, int Step);

/// <summary>A mapping as the loop nest that Timeloop's users know, outermost loop first.</summary>
/// <param name="Loops">The loops.</param>
public sealed record LoopNest(EquatableArray<Loop> Loops)
{
    /// <summary>The nest of a mapping; loops of one trip are left out except spatial ones.</summary>
    public static LoopNest Of(Mapping mapping)
    {
        var (arch, shape) = (mapping.Architecture, mapping.Shape);
        var grid = TileGrid.Of(mapping);
        var (m, n, k) = (Math.Min(mapping.TileM, shape.M), Math.Min(mapping.TileN, shape.N), Math.Min(mapping.TileK, shape.K));
        var loops = new List<Loop>();
        foreach (var dimension in mapping.Order)
        {
            var step = dimension switch { Dimension.M => m, Dimension.N => n, _ => k };
            Add(LoopLevel.Host, dimension, grid.Count(dimension), step);
        }

        var lanes = arch.Lanes;
        switch (arch.Dataflow)
        {
            case Dataflow.OutputStationary:
                Add(LoopLevel.Scratchpad, Dimension.N, Ceiling.Divide(n, arch.Columns), arch.Columns);
                Add(LoopLevel.Scratchpad, Dimension.M, Ceiling.Divide(m, arch.Rows), arch.Rows);
                Add(LoopLevel.Stream, Dimension.K, Ceiling.Divide(k, lanes), lanes);
                Side(Dimension.M, m, arch.Rows);
                Side(Dimension.N, n, arch.Columns);
                break;
            case Dataflow.WeightStationary:
                Kept(Dimension.N, n, Dimension.M, m);
                break;
            default:
                Kept(Dimension.M, m, Dimension.N, n);
                break;
        }

        if (lanes > 1)
        {
            loops.Add(new(LoopLevel.Spatial, Dimension.K, Math.Min(k, lanes), 1));
        }

        return new([.. loops]);

        void Kept(Dimension spread, int width, Dimension streamed, int length)
        {
            Add(LoopLevel.Scratchpad, spread, Ceiling.Divide(width, arch.Columns), arch.Columns);
            Add(LoopLevel.Scratchpad, Dimension.K, Ceiling.Divide(k, arch.Rows * lanes), arch.Rows * lanes);
            Add(LoopLevel.Stream, streamed, length, 1);
            loops.Add(new(LoopLevel.Spatial, Dimension.K, Math.Min(Ceiling.Divide(k, lanes), arch.Rows), lanes));
            Side(spread, width, arch.Columns);
        }

        void Side(Dimension dimension, int size, int pes) => loops.Add(new(LoopLevel.Spatial, dimension, Math.Min(size, pes), 1));

        void Add(LoopLevel level, Dimension dimension, int trips, int step)
        {
            if (trips > 1)
            {
                loops.Add(new(level, dimension, trips, step));
            }
        }
    }

    /// <summary>One indented line a loop.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        for (var i = 0; i < Loops.Count; i++)
        {
            var loop = Loops[i];
            var word = loop.Level == LoopLevel.Spatial ? "parallel_for" : "for";
            text.Append(' ', 2 * i).Append($"{word} {loop.Dimension.ToString().ToLowerInvariant()} in [0:{loop.Trips}) step {loop.Step}")
                .AppendLine($"   # {loop.Level.ToString().ToLowerInvariant()}");
        }

        return text.ToString();
    }
}
