namespace HwSeed.Sim.Compilation.Batches;

/// <summary>
/// Writes to one word that follow each other, such as those of byte enables, as one: its condition is that of any, its mask
/// has the bits of those that are made, and the last one that writes a bit decides it.
/// </summary>
internal static class MergedWrites
{
    public static List<Store> Of(WordGraph graph, IEnumerable<Store> stores)
    {
        var merged = new List<Store>();
        foreach (var store in stores)
        {
            if (merged.Count > 0 && merged[^1] is { IsMemory: true } last && store.IsMemory && (last.Index, last.Base, last.Fill) == (store.Index, store.Base, store.Fill))
            {
                merged[^1] = Both(graph, last, store);
            }
            else
            {
                merged.Add(store);
            }
        }

        return merged;
    }

    private static Store Both(WordGraph graph, Store first, Store second)
    {
        var (before, after) = (Bits(first), Bits(second));
        var value = graph.Xor(first.Value, graph.And(graph.Xor(first.Value, second.Value), after));
        return Store.Memory(
            graph.Or(Condition(first), Condition(second)), first.Index, first.Base, value, graph.Or(before, after), first.Width) with
        {
            Fill = first.Fill,
        };

        int Condition(Store store) => store.Condition < 0 ? graph.Constant(1) : store.Condition;

        int Bits(Store store) => graph.And(
            graph.Negate(Condition(store)), store.Mask < 0 ? graph.Constant(WordGraph.MaskOf(store.Width)) : store.Mask);
    }
}
