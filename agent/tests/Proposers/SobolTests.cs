using CsCheck;
using HwSeed.Agent.Proposers;
using HwSeed.Agent.Seeds;

namespace HwSeed.Agent.Tests.Proposers;

internal sealed class SobolTests
{
    [Test]
    public void Every_dimension_meets_every_interval_once() =>
        Gen.Select(Gen.ULong, Gen.Int[1, 9]).Sample((seed, bits) =>
        {
            var sequence = new Sobol(Sobol.MostDimensions, new Seed(seed));
            var points = Enumerable.Range(0, 1 << bits).Select(_ => sequence.Next()).ToArray();
            return Enumerable.Range(0, Sobol.MostDimensions).All(d =>
                points.Select(p => (int)(p[d] * (1 << bits))).Distinct().Count() == 1 << bits);
        });

    [Test]
    public void The_first_two_dimensions_meet_every_box_once() =>
        // The (0, m, 2)-net property: each elementary box of area 2^-m holds one of 2^m points.
        Gen.Select(Gen.ULong, Gen.Int[0, 6]).Sample((seed, rows) =>
        {
            var sequence = new Sobol(2, new Seed(seed));
            var boxes = Enumerable.Range(0, 64).Select(_ => sequence.Next())
                .Select(p => ((int)(p[0] * (1 << rows)), (int)(p[1] * (64 >> rows))));
            return boxes.Distinct().Count() == 64;
        });

    [Test]
    public void Unshifted_points_are_those_of_Joe_and_Kuo()
    {
        // Points 1 to 4 in dimensions 1 to 4, from the authors' sobol.cc with new-joe-kuo-6; the shift is point 0.
        var sequence = new Sobol(4, new Seed(3));
        var points = Enumerable.Range(0, 5).Select(_ => sequence.Next()).Select(p => p.Select(x => (uint)(x * 4294967296.0)).ToArray()).ToArray();
        var plain = points.Skip(1).Select(p => p.Zip(points[0]).Select(x => (x.First ^ x.Second) / 4294967296.0).ToArray());
        Assert.That(plain, Is.EqualTo(new[]
        {
            new[] { 0.5, 0.5, 0.5, 0.5 }, new[] { 0.75, 0.25, 0.25, 0.25 }, new[] { 0.25, 0.75, 0.75, 0.75 },
            new[] { 0.375, 0.375, 0.625, 0.875 },
        }));
    }
}
