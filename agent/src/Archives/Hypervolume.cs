namespace HwSeed.Agent.Archives;

/// <summary>
/// The volume that a set of points dominates below a reference point, all axes minimised (Zitzler and Thiele, 1999);
/// exact in any number of dimensions, by slicing along the last axis.
/// </summary>
public static class Hypervolume
{
    /// <summary>The volume. Points that are not better than the reference on every axis add nothing.</summary>
    /// <param name="points">Values in the reference's axes; their order does not change a bit of the result.</param>
    /// <param name="reference">The worst value that counts on each axis, at least one axis.</param>
    public static double Of(IEnumerable<IReadOnlyList<double>> points, IReadOnlyList<double> reference)
    {
        var inside = points
            .Select(p => p.Count == reference.Count
                ? p.ToArray()
                : throw new ArgumentException($"a point has {p.Count} axes, the reference {reference.Count}", nameof(points)))
            .Where(p => p.Zip(reference).All(axis => axis.First < axis.Second))
            .ToArray();
        // One order for equal sets: floating-point sums depend on it.
        Array.Sort(inside, (a, b) => Compare(a, b));
        return Slice(inside, reference, reference.Count);
    }

    /// <summary>Lexicographic order from the last axis on.</summary>
    internal static int Compare(double[] a, double[] b)
    {
        for (var i = a.Length - 1; i >= 0; i--)
        {
            if (a[i].CompareTo(b[i]) is var order and not 0)
            {
                return order;
            }
        }

        return 0;
    }

    // Points rise along the last of the first 'axes' axes; between two of them the cross-section is constant.
    private static double Slice(double[][] points, IReadOnlyList<double> reference, int axes)
    {
        if (points.Length == 0)
        {
            return 0;
        }

        if (axes == 1)
        {
            return reference[0] - points.Min(p => p[0]);
        }

        if (axes == 2)
        {
            return Area(points, reference);
        }

        var (volume, last) = (0.0, axes - 1);
        for (var i = 0; i < points.Length; i++)
        {
            var top = i + 1 < points.Length ? points[i + 1][last] : reference[last];
            if (top > points[i][last])
            {
                var below = points[..(i + 1)];
                Array.Sort(below, (a, b) => a[last - 1] != b[last - 1] ? a[last - 1].CompareTo(b[last - 1]) : Compare(a, b));
                volume += (top - points[i][last]) * Slice(below, reference, last);
            }
        }

        return volume;
    }

    // Points rise along axis 1: sweep upwards and count the strip that each point adds on axis 0.
    private static double Area(double[][] points, IReadOnlyList<double> reference)
    {
        var (area, left) = (0.0, reference[0]);
        foreach (var point in points)
        {
            if (point[0] < left)
            {
                area += (left - point[0]) * (reference[1] - point[1]);
                left = point[0];
            }
        }

        return area;
    }
}
