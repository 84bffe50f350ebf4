using CsCheck;
using HwSeed.Mapper.Mappings;
using HwSeed.Mapper.Mapspaces;
using HwSeed.Mapper.Searches;

namespace HwSeed.Mapper.Tests.Mapspaces;

public sealed class MapspaceTests
{
    [Test]
    public void Ids_are_dense_and_mappings_distinct() =>
        Gen.Select(RandomCases.Architectures, RandomCases.Shapes).Sample((architecture, shape) =>
        {
            var space = new Mapspace(shape, architecture);
            var all = new HashSet<Mapping>();
            for (long id = 0; id < space.Count; id++)
            {
                Assert.That(all.Add(space[id]), $"mapping {id} is a duplicate");
            }

            Assert.That(() => space[space.Count], Throws.InstanceOf<ArgumentOutOfRangeException>());
        }, iter: 100);

    [Test]
    public void Sizes_are_the_smallest_for_their_number_of_blocks()
    {
        Assert.That(Mapspace.TileSizes(10, 4), Is.EqualTo(new[] { 12, 8, 4 }));
        Assert.That(Mapspace.TileSizes(7, 1), Is.EqualTo(new[] { 7, 4, 3, 2, 1 }));
        Assert.That(Mapspace.TileSizes(1, 4), Is.EqualTo(new[] { 4 }));
    }

    [Test]
    public void Exhaustive_is_never_worse_than_random_draws() =>
        Gen.Select(RandomCases.Architectures, RandomCases.Shapes, Gen.ULong).Sample((architecture, shape, seed) =>
        {
            var space = new Mapspace(shape, architecture);
            var best = new ExhaustiveSearch().Best(space);
            var random = new RandomSearch(20, seed).Best(space);
            Assert.That(best.Evaluated, Is.EqualTo(space.Count));
            if (random.Best is not null)
            {
                Assert.That(best.Best!.Cost.Cycles, Is.LessThanOrEqualTo(random.Best.Cost.Cycles));
            }
            else if (best.Best is null)
            {
                Assert.That(best.Reason!.Reason, Is.Not.Empty);
            }
        }, iter: 100);
}
