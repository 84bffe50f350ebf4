using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Netlists;

/// <summary>
/// Finds where nets have to be cut: at the ends of the slices that are read, at the joints of the concatenations that
/// drive them, and, where bits pass from one net to another unchanged in place, at the same places in both.
/// </summary>
internal sealed class NetCuts
{
    private readonly List<Net> _nets;
    private readonly List<ScopedExpression?> _drivers;
    private readonly Dictionary<int, SortedSet<int>> _cuts = [];
    private readonly Dictionary<int, List<Link>> _links = [];
    private readonly Queue<(int Net, int Bit)> _fresh = new();

    public NetCuts(List<Net> nets, List<ScopedExpression?> drivers, IEnumerable<int> looping)
    {
        (_nets, _drivers) = (nets, drivers);
        foreach (var net in looping)
        {
            _cuts[net] = [0, nets[net].Width];
            _links[net] = [];
        }

        foreach (var net in _cuts.Keys)
        {
            Walk(net);
        }

        while (_fresh.TryDequeue(out var cut))
        {
            foreach (var link in _links[cut.Net].Where(l => cut.Bit > l.Low && cut.Bit < l.Low + l.Width))
            {
                Cut(link.Other, cut.Bit - link.Low + link.OtherLow);
            }
        }
    }

    public IReadOnlyList<(int Low, int Width)> RangesOf(int net) =>
        [.. _cuts[net].Zip(_cuts[net].Skip(1), (low, high) => (low, high - low))];

    private void Cut(int net, int bit)
    {
        if (_cuts[net].Add(bit))
        {
            _fresh.Enqueue((net, bit));
        }
    }

    // Follows bits of the driver down to where they come from. At is the bit of the net on which the lowest of them
    // lands, or -1 where they do not land in place.
    private void Walk(int net)
    {
        var (root, scope) = _drivers[net]!;
        var seen = new HashSet<(Expression, int, int, int)>(KeyComparer.Instance);
        var open = new Stack<(Expression Value, int Low, int Width, int At)>([(root, 0, root.Width, 0)]);
        while (open.TryPop(out var next))
        {
            if (next.Width < 1 || !seen.Add(next))
            {
                continue;
            }

            var (value, low, width, at) = next;
            if (at >= 0)
            {
                Cut(net, at);
                Cut(net, at + width);
            }

            switch (value)
            {
                case Constant:
                    break;
                case Reference reference:
                    if (scope[reference.Name] is var source && _cuts.ContainsKey(source.Index))
                    {
                        Cut(source.Index, low);
                        Cut(source.Index, low + width);
                        if (at >= 0)
                        {
                            _links[net].Add(new(at, width, source.Index, low));
                            _links[source.Index].Add(new(low, width, net, at));
                        }
                    }

                    break;
                default:
                    foreach (var (operand, from, count, offset) in BitRanges.Sources(value, low, width))
                    {
                        open.Push((operand, from, count, at < 0 || offset < 0 ? -1 : at + offset));
                    }

                    break;
            }
        }
    }

    private readonly record struct Link(int Low, int Width, int Other, int OtherLow);

    private sealed class KeyComparer : IEqualityComparer<(Expression Value, int Low, int Width, int At)>
    {
        public static KeyComparer Instance { get; } = new();

        public bool Equals((Expression Value, int Low, int Width, int At) x, (Expression Value, int Low, int Width, int At) y) =>
            ReferenceEquals(x.Value, y.Value) && x.Low == y.Low && x.Width == y.Width && x.At == y.At;

        public int GetHashCode((Expression Value, int Low, int Width, int At) key) =>
            HashCode.Combine(System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(key.Value), key.Low, key.Width, key.At);
    }
}
