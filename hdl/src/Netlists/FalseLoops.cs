using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Netlists;

/// <summary>
/// Cuts nets that depend on themselves as a whole into ranges that may not: <c>assign c[i+1] = g[i] | p[i] &amp; c[i]</c>
/// is a chain, no loop. A range becomes a hidden net of its own; the whole net becomes the concatenation of its ranges.
/// </summary>
/// <param name="nets">All nets; parts are added.</param>
/// <param name="drivers">What drives each; changed for the nets that are cut, added for parts.</param>
/// <param name="looping">Indices of combinational nets on loops.</param>
internal sealed class FalseLoops(List<Net> nets, List<ScopedExpression?> drivers, IEnumerable<int> looping)
{
    private readonly List<int> _looping = [.. looping.Order()];
    private readonly Dictionary<string, Net> _partNets = [];
    private readonly Dictionary<NetScope, NetScope> _inner = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<NetScope, BitRanges> _ranges = new(ReferenceEqualityComparer.Instance);

    /// <summary>For each part, in the order in which they are added, the net that was cut.</summary>
    public List<int> WholeOf { get; } = [];

    public void Split()
    {
        if (_looping.Count == 0)
        {
            return;
        }

        var cuts = new NetCuts(nets, drivers, _looping);
        var parts = new Dictionary<int, IReadOnlyList<NetPart>>();
        foreach (var index in _looping)
        {
            var ranges = cuts.RangesOf(index);
            parts[index] = ranges.Count == 1 ? [] : [.. ranges.Select(r => AddPart(index, r.Low, r.Width))];
        }

        foreach (var index in _looping)
        {
            var (value, scope) = drivers[index]!;
            var (inner, bits) = Inside(scope, parts);
            var mine = parts[index];
            if (mine.Count == 0)
            {
                drivers[index] = new(bits.Of(value, 0, value.Width), inner);
                continue;
            }

            foreach (var part in mine)
            {
                drivers[part.Net.Index] = new(bits.Of(value, part.Low, part.Net.Width), inner);
            }

            drivers[index] = new(
                new Concat(mine.Reverse().Select(p => (Expression)new Reference(p.Name, p.Net.Width)).ToEquatableArray()), inner);
        }
    }

    private NetPart AddPart(int index, int low, int width)
    {
        var range = width == 1 ? $"[{low}]" : $"[{low + width - 1}:{low}]";
        var net = new Net(nets.Count, nets[index].Path + range, width, NetKind.Combinational);
        nets.Add(net);
        drivers.Add(null);
        WholeOf.Add(index);
        _partNets.Add($"{index}{range}", net);
        return new($"{index}{range}", low, net);
    }

    // The scope with room for parts, and the slicer of expressions that are read in it.
    private (NetScope Scope, BitRanges Bits) Inside(NetScope scope, Dictionary<int, IReadOnlyList<NetPart>> parts)
    {
        if (!_inner.TryGetValue(scope, out var inner))
        {
            _inner.Add(scope, inner = scope.Inner(_partNets));
            _ranges.Add(scope, new(inner, parts));
        }

        return (inner, _ranges[scope]);
    }
}

/// <summary>A range of a net.</summary>
/// <param name="Name">Its name inside of expressions.</param>
/// <param name="Low">Its lowest bit in the whole net.</param>
/// <param name="Net">The hidden net that carries it.</param>
internal sealed record NetPart(string Name, int Low, Net Net);
