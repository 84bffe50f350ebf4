using CsCheck;
using HwSeed.Agent.Seeds;

namespace HwSeed.Agent.Tests.Seeds;

internal sealed class SeedTests
{
    [Test]
    public void Children_are_pinned_so_that_old_runs_replay()
    {
        // SHA-256 of 8 + 4 + name + 8 per index, little-endian; computed with Python's hashlib and struct.
        Assert.That(new Seed(1).For("verify", 3).Value, Is.EqualTo(14045188045163273077UL));
    }

    [Test]
    public void Different_names_and_indices_give_different_children() =>
        Gen.Select(Gen.ULong, Gen.String, Gen.String, Gen.Long, Gen.Long).Sample((value, a, b, i, j) =>
        {
            var seed = new Seed(value);
            return (seed.For(a, i) == seed.For(b, j)) == (a == b && i == j)
                && seed.For(a) != seed.For(a, i)
                && seed.For(a, i) != seed.For(a, i, j);
        });

    [Test]
    public void Generator_matches_its_authors_reference()
    {
        // First outputs of xoshiro256** from state {1, 2, 3, 4}, as the authors' C code gives them.
        var random = new Xoshiro256(1, 2, 3, 4);
        Assert.That(
            new[] { random.NextBits(), random.NextBits(), random.NextBits(), random.NextBits() },
            Is.EqualTo(new ulong[] { 11520, 0, 1509978240, 1215971899390074240 }));
    }

    [Test]
    public void Bounded_numbers_are_in_range_and_even() => Gen.Select(Gen.ULong, Gen.Int[1, 20]).Sample((seed, bound) =>
    {
        var random = new Xoshiro256(seed);
        var counts = new int[bound];
        for (var i = 0; i < 1000 * bound; i++)
        {
            counts[random.NextBelow(bound)]++;
        }

        // Six standard deviations of a binomial with 1000 expected.
        return counts.All(c => Math.Abs(c - 1000) < 200);
    }, iter: 50);

    [Test]
    public void Normal_gamma_and_beta_have_their_means_and_variances()
    {
        var random = new Xoshiro256(5);
        var normals = Enumerable.Range(0, 50_000).Select(_ => random.NextNormal()).ToArray();
        var gammas = Enumerable.Range(0, 50_000).Select(_ => random.NextGamma(3)).ToArray();
        var betas = Enumerable.Range(0, 50_000).Select(_ => random.NextBeta(2, 6)).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(normals.Average(), Is.EqualTo(0).Within(0.03));
            Assert.That(normals.Average(x => x * x), Is.EqualTo(1).Within(0.05));
            Assert.That(gammas.Average(), Is.EqualTo(3).Within(0.05));
            Assert.That(gammas.Average(x => (x - 3) * (x - 3)), Is.EqualTo(3).Within(0.2));
            Assert.That(betas.Average(), Is.EqualTo(0.25).Within(0.01));
        });
    }

    [Test]
    public void Shuffle_keeps_the_items() => Gen.Select(Gen.ULong, Gen.Int.Array).Sample((seed, items) =>
    {
        var shuffled = items.ToArray();
        new Seed(seed).Random().Shuffle<int>(shuffled);
        return shuffled.Order().SequenceEqual(items.Order());
    });
}
