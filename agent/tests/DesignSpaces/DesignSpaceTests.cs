using CsCheck;
using HwSeed.Agent.DesignSpaces;
using HwSeed.Agent.Documents;
using HwSeed.Agent.Seeds;
using HwSeed.Hdl.Architectures;

namespace HwSeed.Agent.Tests.DesignSpaces;

internal sealed class DesignSpaceTests
{
    internal static readonly Gen<DesignPoint> Points = Gen.Int[0, DesignSpace.Count - 1].Select(DesignSpace.PointAt);

    [Test]
    public void Count_is_the_product_of_the_choices() =>
        // Sides twice, dataflow with memory 2 + 2 x 5, operand 2, accumulator 8, pipeline 4, depths 6 twice, buffering 2, lanes 4.
        Assert.That(DesignSpace.Count, Is.EqualTo(10 * 10 * (2 + (2 * 5)) * 2 * 8 * 4 * 6 * 6 * 2 * 4));

    [Test]
    public void Numbers_and_points_are_one_to_one() => Gen.Int[0, DesignSpace.Count - 1].Sample(index =>
        DesignSpace.IndexOf(DesignSpace.PointAt(index)) == index
        && DesignSpace.IsLegal(DesignSpace.PointAt(index).Options.AsSpan()));

    [Test]
    public void Architectures_and_points_are_one_to_one() => Points.Sample(point =>
    {
        var architecture = DesignSpace.ArchitectureOf(point);
        return DesignSpace.PointOf(architecture).OrThrow() == point
            && ArchitectureDocument.ReadText(ArchitectureDocument.Write(architecture), "a").OrThrow().Architecture == architecture;
    });

    [Test]
    public void Names_tell_designs_apart() => Gen.Select(Points, Points).Sample((a, b) =>
        DesignSpace.ArchitectureOf(a).Name == DesignSpace.ArchitectureOf(b).Name == (a == b));

    [Test]
    public void Outside_values_are_named()
    {
        var inside = DesignSpace.ArchitectureOf(DesignSpace.PointAt(0));
        Assert.Multiple(() =>
        {
            Assert.That(inside.Name, Is.EqualTo("os-1x1-i4-a16-p0-64-64"));
            Assert.That(
                DesignSpace.PointOf(inside with { PePipeline = 7 }).Diagnostics.Single().ToString(),
                Is.EqualTo("error HW5202: PePipeline 7 is outside the design space; it has: 0, 1, 2, 3"));
            Assert.That(
                DesignSpace.PointOf(inside with { Dataflow = Dataflow.WeightStationary }).Diagnostics.Single().Message,
                Does.StartWith("AccumulatorDepth 0 is outside"));
            Assert.That(
                DesignSpace.PointOf(inside with { Lanes = 4, AdderPipeline = 1 }).Diagnostics.Single().ToString(),
                Is.EqualTo("error HW5202: AdderPipeline 1 is outside the design space; it has: 0"));
            Assert.That(
                DesignSpace.PointOf(inside with { Multiplier = Multiplier.Dsp }).Diagnostics.Single().ToString(),
                Is.EqualTo("error HW5202: Multiplier Dsp is outside the design space; it has: Fabric"));
            Assert.That(() => DesignSpace.PointAt(DesignSpace.Count), Throws.InstanceOf<ArgumentOutOfRangeException>());
        });
    }

    [Test]
    public void Examples_lie_in_the_space()
    {
        foreach (var file in new[] { "os-4x4", "ws-4x4", "os-8x8-int4" })
        {
            var read = ArchitectureDocument.Read(Room.Path("examples", file + ".yaml")).OrThrow();
            Assert.That(DesignSpace.PointOf(read.Architecture).IsOk, file);
        }
    }

    [Test]
    public void Every_cube_corner_is_a_legal_point() => Gen.Double[0, 0.999999].Array[DesignSpace.Fields.Count].Sample(
        cube => DesignSpace.IsLegal(DesignSpace.PointIn(cube).Options.AsSpan()));
}
