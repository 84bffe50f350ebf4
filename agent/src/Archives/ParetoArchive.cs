using HwSeed.Agent.Goals;
using HwSeed.Hdl;

namespace HwSeed.Agent.Archives;

/// <summary>One axis with its range, by which values of different units become comparable.</summary>
/// <param name="Objective">The metric and its better direction.</param>
/// <param name="Worst">The value that counts as nothing: the hypervolume's reference.</param>
/// <param name="Best">The value that counts as one; better ones count more.</param>
public sealed record ObjectiveAxis(Objective Objective, double Worst, double Best)
{
    /// <summary>0 for the best value, 1 for the worst; linear.</summary>
    /// <param name="value">In the metric's unit.</param>
    public double Loss(double value) => (Best - value) / (Best - Worst);
}

/// <summary>A point of the front.</summary>
/// <param name="Id">The design.</param>
/// <param name="Losses">Its loss on every axis.</param>
public sealed record ParetoPoint(string Id, EquatableArray<double> Losses);

/// <summary>
/// The designs that no other design beats on every axis. The front is a function of the set of designs: neither the
/// order of insertion nor repetition matters, and designs with equal values all stay.
/// </summary>
public sealed class ParetoArchive
{
    private readonly List<ParetoPoint> _front = [];

    /// <summary>An empty front.</summary>
    /// <param name="axes">At least one; worst and best differ in the objective's direction.</param>
    public ParetoArchive(EquatableArray<ObjectiveAxis> axes)
    {
        foreach (var axis in axes)
        {
            if (axis.Best > axis.Worst != (axis.Objective.Direction == Direction.Maximize) || axis.Best == axis.Worst)
            {
                throw new ArgumentException($"{axis.Objective.Metric}: best {axis.Best} is not better than worst {axis.Worst}", nameof(axes));
            }
        }

        Axes = axes;
    }

    /// <summary>The axes.</summary>
    public EquatableArray<ObjectiveAxis> Axes { get; }

    /// <summary>The front, in the order of its losses and then ids.</summary>
    public IReadOnlyList<ParetoPoint> Front => _front;

    /// <summary>The volume that the front dominates; 1 would be a design that is best on every axis.</summary>
    public double Volume => Hypervolume.Of(_front.Select(p => (IReadOnlyList<double>)p.Losses), [.. Axes.Select(_ => 1.0)]);

    /// <summary>Takes a design in when nothing beats it, and drops what it beats.</summary>
    /// <param name="id">The design.</param>
    /// <param name="values">A value for every axis, in the metrics' units, finite.</param>
    /// <returns>Whether the design is on the front now.</returns>
    public bool Add(string id, IReadOnlyList<double> values)
    {
        if (values.Count != Axes.Count || !values.All(double.IsFinite))
        {
            throw new ArgumentException($"{Axes.Count} finite values are expected", nameof(values));
        }

        var point = new ParetoPoint(id, Axes.Select((axis, i) => axis.Loss(values[i])).ToEquatableArray());
        if (_front.Any(p => Beats(p, point)))
        {
            return false;
        }

        _front.RemoveAll(p => Beats(point, p));
        var place = _front.BinarySearch(point, Comparer<ParetoPoint>.Create(Order));
        if (place < 0)
        {
            _front.Insert(~place, point);
        }

        return true;
    }

    /// <summary>An archive of its own with the same front.</summary>
    public ParetoArchive Copy()
    {
        var copy = new ParetoArchive(Axes);
        copy._front.AddRange(_front);
        return copy;
    }

    /// <summary>How much the volume would grow by a design that is not in the archive.</summary>
    /// <param name="values">A value for every axis.</param>
    public double Gain(IReadOnlyList<double> values)
    {
        var losses = Axes.Select((axis, i) => axis.Loss(values[i])).ToArray();
        return Math.Max(0, Hypervolume.Of([.. _front.Select(p => (IReadOnlyList<double>)p.Losses), losses], [.. Axes.Select(_ => 1.0)]) - Volume);
    }

    // Pareto dominance: nowhere worse and somewhere better.
    private static bool Beats(ParetoPoint a, ParetoPoint b) =>
        a.Losses.Zip(b.Losses).All(axis => axis.First <= axis.Second) && a.Losses != b.Losses;

    private static int Order(ParetoPoint a, ParetoPoint b)
    {
        for (var i = 0; i < a.Losses.Count; i++)
        {
            if (a.Losses[i].CompareTo(b.Losses[i]) is var order and not 0)
            {
                return order;
            }
        }

        return string.CompareOrdinal(a.Id, b.Id);
    }
}
