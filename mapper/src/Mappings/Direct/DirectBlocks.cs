namespace HwSeed.Mapper.Mappings.Direct;

/// <summary>The order in which blocks are walked: images and positions and filters as the mapping says, channels innermost.</summary>
internal static class DirectBlocks
{
    public static IEnumerable<DirectBlock> Of(DirectMapping mapping)
    {
        var conv = mapping.Convolution;
        var (filters, channels) = (Parts(conv.M, mapping.TileM), Parts(conv.C, mapping.TileC));
        var places = (
            from image in Enumerable.Range(0, conv.N)
            from p in Parts(conv.P, mapping.TileP)
            from q in Parts(conv.Q, mapping.TileQ)
            select (Image: image, P: p, Q: q)).ToList();
        var walk = mapping.FiltersOuter
            ? from m in filters from at in places select (at, m)
            : from at in places from m in filters select (at, m);
        return
            from block in walk
            from c in channels
            select new DirectBlock(
                mapping, block.at.Image, block.at.P, block.at.Q, block.m, c, c.First == 0, c.First + c.Count == conv.C);
    }

    /// <summary>The largest block: no other needs more memory.</summary>
    public static DirectBlock Largest(DirectMapping mapping)
    {
        var conv = mapping.Convolution;
        return new(
            mapping, 0, new(0, Math.Min(mapping.TileP, conv.P)), new(0, Math.Min(mapping.TileQ, conv.Q)),
            new(0, Math.Min(mapping.TileM, conv.M)), new(0, Math.Min(mapping.TileC, conv.C)), true, mapping.TileC >= conv.C);
    }

    public static IReadOnlyList<Part> Parts(int length, int tile) =>
        [.. Enumerable.Range(0, Ceiling.Divide(length, tile)).Select(i => new Part(i * tile, Math.Min(tile, length - (i * tile))))];
}
