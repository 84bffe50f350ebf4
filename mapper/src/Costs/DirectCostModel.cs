using HwSeed.Hdl.Architectures;
using HwSeed.Mapper.Mappings;
using HwSeed.Mapper.Mappings.Direct;

namespace HwSeed.Mapper.Costs;

/// <summary>What a direct convolution costs: exactly, from its program; and about, in closed form, to choose what to look at.</summary>
public static class DirectCostModel
{
    /// <summary>The exact cost of a program.</summary>
    /// <param name="program">The program.</param>
    /// <param name="requantises">Whether it turns requantisation on.</param>
    public static Cost Evaluate(DirectProgram program, bool requantises = false)
    {
        var arch = program.Mapping.Architecture;
        var loads = program.Stream.Commands.OfType<Load>().ToList();
        var cycles = ProgramTiming.Cycles(arch, program.Stream, requantises);
        var macs = program.Mapping.Convolution.Macs;
        return new(
            cycles, macs, loads.Sum(l => (long)l.InputWords), loads.Sum(l => (long)l.WeightWords), HostStreams.ResultBeats(program.Stream),
            (double)macs / (cycles * arch.MacsPerCycle));
    }

    /// <summary>
    /// What searches make least: cycles, and a sixty-fourth for every beat. Sending less is what a direct convolution is for; a block of
    /// one output a PE would be im2col again, and now and then a few cycles faster.
    /// </summary>
    internal static double Score(double cycles, double beats) => cycles + (beats / 64);

    /// <summary>The score as if every block were as large as the largest and waited for nothing but the slower of loads and computes.</summary>
    internal static double Estimate(DirectMapping mapping)
    {
        var (arch, conv) = (mapping.Architecture, mapping.Convolution);
        var block = DirectBlocks.Largest(mapping);
        var places = (double)conv.N * Ceiling.Divide(conv.P, mapping.TileP) * Ceiling.Divide(conv.Q, mapping.TileQ);
        var (filters, channels) = (Ceiling.Divide(conv.M, mapping.TileM), Ceiling.Divide(conv.C, mapping.TileC));
        var streams = (double)conv.Taps * block.Chunks;
        var computes = arch.Dataflow switch
        {
            Dataflow.WeightStationary => block.FilterTiles * Math.Max(
                streams * EngineTiming.StreamCycles(arch, block.StreamLength), (double)block.P.Count * block.Q.Count * arch.Columns),
            Dataflow.InputStationary => block.PositionTiles * Math.Max(
                streams * EngineTiming.StreamCycles(arch, block.M.Count), (double)block.M.Count * arch.Columns),
            _ => (double)block.PositionTiles * block.FilterTiles * Math.Max(
                streams + 1, EngineTiming.StoreCycles(arch, arch.Rows, arch.Columns)),
        };
        var inputLoads = channels > 1 || mapping.FiltersOuter ? places * filters * channels : places;
        var weightLoads = channels > 1 || (!mapping.FiltersOuter && filters > 1) ? places * filters * channels : filters;
        var loads = (inputLoads * block.InputWords) + (weightLoads * block.WeightWords);
        var work = places * filters * channels * computes;
        return Score(arch.DoubleBuffering ? Math.Max(loads, work) + block.InputWords + block.WeightWords : loads + work, loads);
    }
}
