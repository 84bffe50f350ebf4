using CsCheck;
using HwSeed.Agent.Archives;
using HwSeed.Agent.Goals;
using HwSeed.Agent.Seeds;
using HwSeed.Hdl;

namespace HwSeed.Agent.Tests.Archives;

internal sealed class ParetoArchiveTests
{
    private static readonly EquatableArray<ObjectiveAxis> Axes =
    [
        new(new(Metric.ChipTokensPerSecond, Direction.Maximize), 0, 4),
        new(new(Metric.Luts, Direction.Minimize), 4, 0),
        new(new(Metric.Brams, Direction.Minimize), 4, 0),
    ];

    // Few different values, so that ties and repetition are common.
    private static readonly Gen<int[][]> Points = Gen.Int[0, 4].Array[3].Array[0, 20];

    [Test]
    public void Order_and_repetition_do_not_matter() => Gen.Select(Points, Gen.ULong).Sample((points, seed) =>
    {
        var items = points.Select((p, i) => (Id: $"d{i}", Values: p)).ToArray();
        var shuffled = items.Concat(items).ToArray();
        new Xoshiro256(seed).Shuffle<(string, int[])>(shuffled);
        var (one, two) = (Fill(items), Fill(shuffled));
        return one.Front.SequenceEqual(two.Front) && one.Volume.Equals(two.Volume);
    });

    [Test]
    public void Front_is_what_nothing_beats() => Points.Sample(points =>
    {
        bool Beats(int[] a, int[] b) =>
            a[0] >= b[0] && a[1] <= b[1] && a[2] <= b[2] && !a.SequenceEqual(b);
        var expected = points.Select((p, i) => (p, i)).Where(x => !points.Any(q => Beats(q, x.p))).Select(x => $"d{x.i}");
        var front = Fill(points.Select((p, i) => ($"d{i}", p))).Front.Select(p => p.Id);
        return front.Order(StringComparer.Ordinal).SequenceEqual(expected.Order(StringComparer.Ordinal));
    });

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    public void Hypervolume_counts_the_cells_of_a_grid(int axes) => Gen.Int[0, 6].Array[axes].Array[0, 12].Sample(points =>
    {
        const int side = 5;
        var cells = Enumerable.Range(0, (int)Math.Pow(side, axes))
            .Select(c => Enumerable.Range(0, axes).Select(a => c / (int)Math.Pow(side, a) % side).ToArray())
            .Count(cell => points.Any(p => p.Zip(cell).All(x => x.First <= x.Second)));
        var volume = Hypervolume.Of(
            points.Select(p => (IReadOnlyList<double>)[.. p.Select(v => (double)v)]), [.. Enumerable.Repeat((double)side, axes)]);
        return Math.Abs(volume - cells) < 1e-9;
    }, iter: 300);

    [Test]
    public void Hypervolume_of_real_points_is_near_a_random_count()
    {
        var random = new Xoshiro256(11);
        var points = Enumerable.Range(0, 30).Select(_ => (IReadOnlyList<double>)[random.NextUnit(), random.NextUnit(), random.NextUnit()]).ToArray();
        var hits = Enumerable.Range(0, 40_000).Count(_ =>
        {
            double[] x = [random.NextUnit(), random.NextUnit(), random.NextUnit()];
            return points.Any(p => p[0] <= x[0] && p[1] <= x[1] && p[2] <= x[2]);
        });
        Assert.That(Hypervolume.Of(points, [1, 1, 1]), Is.EqualTo(hits / 40_000.0).Within(0.01));
    }

    [Test]
    public void Gain_is_what_adding_brings() => Gen.Select(Points, Gen.Int[0, 4].Array[3]).Sample((points, next) =>
    {
        var archive = Fill(points.Select((p, i) => ($"d{i}", p)));
        var (before, gain) = (archive.Volume, archive.Gain(Reals(next)));
        archive.Add("next", Reals(next));
        return Math.Abs(archive.Volume - before - gain) < 1e-12;
    });

    [Test]
    public void Wrong_axes_and_values_are_a_callers_bug() => Assert.Multiple(() =>
    {
        Assert.That(() => new ParetoArchive([new(new(Metric.Luts, Direction.Minimize), 0, 4)]), Throws.ArgumentException);
        Assert.That(() => new ParetoArchive(Axes).Add("a", [1, 2]), Throws.ArgumentException);
        Assert.That(() => new ParetoArchive(Axes).Add("a", [1, 2, double.NaN]), Throws.ArgumentException);
        Assert.That(() => Hypervolume.Of([[1.0]], [2, 2]), Throws.ArgumentException);
    });

    private static double[] Reals(int[] values) => [.. values.Select(v => (double)v)];

    private static ParetoArchive Fill(IEnumerable<(string Id, int[] Values)> items)
    {
        var archive = new ParetoArchive(Axes);
        foreach (var (id, values) in items)
        {
            archive.Add(id, Reals(values));
        }

        return archive;
    }
}
