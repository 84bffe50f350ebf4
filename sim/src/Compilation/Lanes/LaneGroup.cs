using HwSeed.Hdl.Netlists;

namespace HwSeed.Sim.Compilation.Lanes;

/// <summary>State words that lie beside each other, one a lane: the same register of many instances or of an array.</summary>
/// <param name="Slots">State slots in lane order.</param>
/// <param name="ElementBytes">Bytes of a lane: 1, 2, 4 or 8.</param>
internal sealed record LaneGroup(IReadOnlyList<int> Slots, int ElementBytes)
{
    // Fewer lanes than this are not worth a vector.
    private const int FewestLanes = 4;

    /// <summary>
    /// The groups of a netlist: state whose paths differ only in numbers (<c>row[3].pe[4].acc</c>, <c>pe_3_4.acc</c>,
    /// <c>skew_7</c>) and whose widths agree. Lanes are ordered by these numbers, the last one running fastest.
    /// </summary>
    public static IEnumerable<LaneGroup> Of(IEnumerable<Net> state, Func<Net, int> slotOf) => state
        .Select(net => (Net: net, Name: NumberedName.Of(net.Path)))
        .Where(n => n.Name.Numbers.Length > 0)
        .GroupBy(n => (n.Name.Pattern, n.Net.Width))
        .Where(g => g.Skip(FewestLanes - 1).Any())
        .SelectMany(g =>
        {
            var nets = g.OrderBy(n => n.Name).Select(n => n.Net).ToList();
            return Enumerable.Range(0, WideWords.LimbsOf(g.Key.Width)).Select(limb => new LaneGroup(
                [.. nets.Select(n => slotOf(n) + limb)], BytesFor(WideWords.LimbWidth(g.Key.Width, limb))));
        });

    /// <summary>The smallest element that holds a number of bits.</summary>
    public static int BytesFor(int bits) => bits <= 8 ? 1 : bits <= 16 ? 2 : bits <= 32 ? 4 : 8;
}
