using HwSeed.Hdl;
using HwSeed.Hdl.Architectures;

namespace HwSeed.Mapper.Mappings.Direct;

/// <summary>
/// Lowers a direct convolution to the engine's commands, which know nothing of convolutions: what is a shifted view of the input is
/// an address here. Loads, syncs and the halves of the memories are those of <see cref="Scheduler"/>.
/// </summary>
public static class DirectScheduler
{
    /// <summary>The program; throws <see cref="ArgumentException"/> when the mapping is infeasible.</summary>
    /// <param name="mapping">How the convolution runs.</param>
    /// <param name="output">What the output stage computes; null: results are the sums.</param>
    public static DirectProgram Lower(DirectMapping mapping, Requantisation? output = null)
    {
        if (DirectFeasibility.Check(mapping, output) is { } infeasible)
        {
            throw new ArgumentException(infeasible.Reason, nameof(mapping));
        }

        var commands = new List<Command>(output?.Commands() ?? []);
        var loads = new List<(DirectBlock?, DirectBlock?)>();
        var blocks = DirectBlocks.Of(mapping).ToList();
        var doubleBuffering = mapping.Architecture.DoubleBuffering;
        var buffers = new Buffers(mapping.Architecture, loads);
        var writer = new DirectComputes(mapping, output is not null, commands);
        commands.Add(buffers.Load(blocks[0]));
        if (doubleBuffering)
        {
            commands.Add(new Sync());
        }

        for (var i = 0; i < blocks.Count; i++)
        {
            var (inputBase, weightBase) = (buffers.InputBase, buffers.WeightBase);
            var next = i + 1 < blocks.Count ? buffers.Load(blocks[i + 1]) : null;
            if (doubleBuffering && next is not null)
            {
                commands.Add(next);
            }

            writer.Write(blocks[i], inputBase, weightBase);
            if (next is not null)
            {
                commands.Add(doubleBuffering ? new Sync() : next);
            }
        }

        return new(mapping, new(mapping.Convolution.GroupGemm, [.. commands]), [.. loads], [.. writer.ResultOrder]);
    }

    /// <summary>Which blocks lie where in the scratchpads; a load goes to the half that is not in use.</summary>
    private sealed class Buffers(Architecture arch, List<(DirectBlock?, DirectBlock?)> loads)
    {
        private (int, Part, Part, Part)? _positions;
        private (Part, Part)? _filters;

        public int InputBase { get; private set; }

        public int WeightBase { get; private set; }

        public Load Load(DirectBlock block)
        {
            var (positions, filters) = ((block.Image, block.P, block.Q, block.C), (block.M, block.C));
            var (newInput, newWeight) = (positions != _positions, filters != _filters);
            if (newInput)
            {
                InputBase = _positions is null || !arch.DoubleBuffering ? 0 : arch.InputTileWords - InputBase;
                _positions = positions;
            }

            if (newWeight)
            {
                WeightBase = _filters is null || !arch.DoubleBuffering ? 0 : arch.WeightTileWords - WeightBase;
                _filters = filters;
            }

            loads.Add((newInput ? block : null, newWeight ? block : null));
            return new(
                InputBase, newInput ? block.InputWords : 0, WeightBase, newWeight ? block.WeightWords : 0,
                newInput ? new(0, block.Elements, block.C.First, block.C.Count) : Block.None,
                newWeight ? new(0, block.PaddedDepth, block.M.First, block.M.Count) : Block.None);
        }
    }
}
