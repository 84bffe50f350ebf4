namespace HwSeed.Hdl.Lint;

/// <summary>Which bits of a signal an access touches.</summary>
internal abstract record Extent
{
    public static readonly Extent All = new WholeExtent();

    public static readonly Extent Some = new UnknownExtent();

    /// <summary>Whether both surely touch a common bit.</summary>
    public static bool SurelyOverlap(Extent left, Extent right) => (left, right) switch
    {
        (WholeExtent, WholeExtent or BitsExtent) or (BitsExtent, WholeExtent) => true,
        (BitsExtent a, BitsExtent b) => a.Low < b.Low + b.Width && b.Low < a.Low + a.Width,
        _ => false,
    };
}

/// <summary>All of it.</summary>
internal sealed record WholeExtent : Extent;

/// <summary>A fixed range of the flattened vector, counted from its last bit.</summary>
internal sealed record BitsExtent(int Low, int Width) : Extent;

/// <summary>Bits that depend on values, or a part that is not resolved.</summary>
internal sealed record UnknownExtent : Extent;
