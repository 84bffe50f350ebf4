using CsCheck;
using HwSeed.Mapper.Mappings.Direct;
using HwSeed.Mapper.Mapspaces;
using HwSeed.Mapper.Workloads.Convolutions;

namespace HwSeed.Mapper.Tests.Workloads;

/// <summary>Small convolutions with every kind of edge.</summary>
internal static class RandomConvolutions
{
    private static readonly Gen<ConvAxis> Axes =
        from input in Gen.Int[1, 9]
        from filter in Gen.Int[1, 4]
        from stride in Gen.Int[1, 3]
        from padding in Gen.Int[0, 3]
        from dilation in Gen.Int[1, 3]
        select new ConvAxis(input, filter, stride, padding, dilation);

    public static readonly Gen<Conv2D> All =
        from images in Gen.Int[1, 2]
        from groups in Gen.Int[1, 3]
        from channels in Gen.Int[1, 5]
        from filters in Gen.Int[1, 5]
        from height in Axes
        from width in Axes
        let conv = new Conv2D(images, channels * groups, filters * groups, height, width, groups)
        where conv.Check().Count == 0
        select conv;

    public static readonly Gen<DirectMapping> DirectMappings =
        from architecture in RandomCases.Architectures
        from conv in All
        from pick in Gen.Int[0, int.MaxValue]
        let fitting = new DirectMapspace(conv.OfGroup(), architecture).Mappings().Where(m => DirectFeasibility.Check(m) is null).ToList()
        where fitting.Count > 0
        select fitting[pick % fitting.Count];
}
