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
        from bits in Gen.OneOf(new[] { 4, 8 }.Select(Gen.Const).ToArray())
        from pipeline in Gen.Int[0, 3]
        from input in Gen.OneOf(new[] { 16, 32, 64, 128 }.Select(Gen.Const).ToArray())
        from weight in Gen.OneOf(new[] { 16, 32, 64, 128 }.Select(Gen.Const).ToArray())
        from accumulator in Gen.OneOf(new[] { 16, 32, 64 }.Select(Gen.Const).ToArray())
        from doubled in Gen.Bool
        from broadcast in Gen.Bool
        select new Architecture(
            "random", rows, columns, dataflow,
            bits, 32, pipeline, input, weight, dataflow == Dataflow.OutputStationary ? 0 : accumulator, doubled)
        {
            Interconnect = broadcast && dataflow == Dataflow.OutputStationary ? Interconnect.Broadcast : Interconnect.Systolic,
            Lanes = lanes,
            AdderPipeline = adders,
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

    public static sbyte[] Operands(int count, int bits, ulong seed)
    {
        var random = new Random((int)seed);
        var half = 1 << (bits - 1);
        return [.. Enumerable.Range(0, count).Select(_ => (sbyte)random.Next(-half, half))];
    }
}
