using CsCheck;
using HwSeed.Hdl.Architectures;
using HwSeed.Mapper.Mappings;
using HwSeed.Mapper.Mapspaces;

namespace HwSeed.Mapper.Tests;

/// <summary>Random legal architectures, shapes and mappings.</summary>
internal static class RandomCases
{
    public static readonly Gen<Architecture> Architectures =
        from rows in Gen.Int[1, 6]
        from columns in Gen.Int[1, 6]
        from dataflow in Gen.Enum<Dataflow>()
        from lanes in Gen.OneOf(new[] { 1, 1, 2, 3, 4 }.Select(Gen.Const).ToArray())
        from adders in Gen.Int[0, ArchitectureRules.AdderLevels(lanes)]
        from bits in Gen.OneOf(new[] { 2, 4, 8, 8, 16 }.Select(Gen.Const).ToArray())
        from others in Gen.OneOf(new[] { 2, 4, 8, 8, 16 }.Select(Gen.Const).ToArray())
        from pipeline in Gen.Int[0, 3]
        from input in Gen.OneOf(new[] { 16, 32, 64, 128 }.Select(Gen.Const).ToArray())
        from weight in Gen.OneOf(new[] { 16, 32, 64, 128 }.Select(Gen.Const).ToArray())
        from accumulator in Gen.OneOf(new[] { 16, 32, 64 }.Select(Gen.Const).ToArray())
        from doubled in Gen.Bool
        from broadcast in Gen.Bool
        from output in Gen.OneOf(
            Gen.Const((OutputStage?)null),
            Gen.Select(Gen.Bool, Gen.Bool, Gen.Bool, (wide, table, residual) => (OutputStage?)new OutputStage(16, wide ? 32 : 16, table, residual)))
        select new Architecture(
            "random", rows, columns, dataflow,
            bits, others, bits + others > 24 ? 48 : 32, pipeline, input, weight, dataflow == Dataflow.OutputStationary ? 0 : accumulator, doubled)
        {
            Interconnect = broadcast && dataflow == Dataflow.OutputStationary ? Interconnect.Broadcast : Interconnect.Systolic,
            Lanes = lanes,
            AdderPipeline = adders,
            Output = bits > 8 || bits + others > 24 ? null : output,
        };

    public static readonly Gen<GemmShape> Shapes =
        from m in Gen.Int[1, 20]
        from k in Gen.Int[1, 40]
        from n in Gen.Int[1, 20]
        select new GemmShape(m, k, n);

    public static readonly Gen<Mapping> Mappings =
        from architecture in Architectures
        from shape in Shapes
        from id in Gen.Long[0, long.MaxValue]
        let space = new Mapspace(shape, architecture)
        select space[id % space.Count];

    public static readonly Gen<Mapping> FeasibleMappings =
        Mappings.Where(m => Feasibility.Check(m) is null);

    /// <summary>Something for the output stage to compute; null where there is none, or too few channels.</summary>
    public static Requantisation? Output(Mapping mapping, ulong seed)
    {
        var (arch, random) = (mapping.Architecture, new Random((int)seed));
        if (arch.Output is not { } stage || mapping.Shape.N > stage.Channels || random.Next(4) == 0)
        {
            return null;
        }

        var half = 1 << (arch.InputBits - 1);
        return new(
            [.. Enumerable.Range(0, mapping.Shape.N).Select(_ => new ChannelScale(
                random.Next(-1000, 1000), (int)random.NextInt64(1L << stage.FractionBits), random.Next(32)))],
            random.Next(-half, half), random.Next(-half, 0), random.Next(0, half),
            stage.Table ? [.. Operands(2 * half, arch.InputBits, seed + 2).Select(v => (int)v)] : null, stage.Residual);
    }

    public static short[] Operands(int count, int bits, ulong seed)
    {
        var random = new Random((int)seed);
        var half = 1 << (bits - 1);
        return [.. Enumerable.Range(0, count).Select(_ => (short)random.Next(-half, half))];
    }
}
