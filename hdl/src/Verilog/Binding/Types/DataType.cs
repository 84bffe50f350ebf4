namespace HwSeed.Hdl.Verilog.Binding.Types;

/// <summary>Bounds of a dimension as declared: <c>[left:right]</c>.</summary>
internal readonly record struct Bounds(int Left, int Right)
{
    public int Low => Math.Min(Left, Right);

    public int High => Math.Max(Left, Right);

    /// <summary>Elements.</summary>
    public int Count => High - Low + 1;

    /// <summary>Whether the left bound is the greater one, or they are equal.</summary>
    public bool IsDescending => Left >= Right;
}

/// <summary>A data type after its constants are known.</summary>
internal abstract record DataType
{
    /// <summary>Bits of a value, all elements of an array together.</summary>
    public abstract int Width { get; }

    /// <summary>Whether a value of it is signed.</summary>
    public abstract bool Signed { get; }

    /// <summary>An unsigned vector.</summary>
    public static VectorType Bits(int width) => new(width, false, width == 1 ? null : new Bounds(width - 1, 0));

    /// <summary>A vector of a width and sign.</summary>
    public static VectorType Bits(int width, bool signed) => Bits(width) with { IsSigned = signed };
}

/// <summary>A vector of bits; without bounds when it was declared as one bit without a range.</summary>
/// <param name="Length">Bits.</param>
/// <param name="IsSigned">Whether it is signed.</param>
/// <param name="Range">Its range, or null for a single bit that has none.</param>
internal sealed record VectorType(int Length, bool IsSigned, Bounds? Range) : DataType
{
    public override int Width => Length;

    public override bool Signed => IsSigned;

    /// <summary>Whether values follow the width of what they are given, as parameters without a type do.</summary>
    public bool IsString { get; init; }
}

/// <summary>A packed array of elements.</summary>
internal sealed record PackedArrayType(DataType Element, Bounds Range, bool IsSigned) : DataType
{
    public override int Width => Element.Width * Range.Count;

    public override bool Signed => IsSigned;
}

/// <summary>An enumeration: the type of its values and its names.</summary>
internal sealed record EnumType(DataType Base, IReadOnlyList<EnumMember> Members) : DataType
{
    public override int Width => Base.Width;

    public override bool Signed => Base.Signed;
}

/// <summary>A name of an enumeration and its value.</summary>
internal sealed record EnumMember(string Name, Rtl.BitVector Value);

/// <summary>A packed structure or union, first member most significant.</summary>
internal sealed record StructType(IReadOnlyList<StructMember> Members, bool IsUnion, bool IsSigned) : DataType
{
    public override int Width { get; } = IsUnion ? Members.Max(m => m.Type.Width) : Members.Sum(m => m.Type.Width);

    public override bool Signed => IsSigned;

    /// <summary>Whether it was declared <c>packed</c>.</summary>
    public bool IsPacked { get; init; } = true;
}

/// <summary>A member and the place of its lowest bit.</summary>
internal sealed record StructMember(string Name, DataType Type, int Low);

/// <summary>An unpacked array; a value of it is its elements side by side, the element of the lowest index lowest.</summary>
internal sealed record UnpackedArrayType(DataType Element, Bounds Range) : DataType
{
    public override int Width => checked(Element.Width * Range.Count);

    public override bool Signed => false;
}

/// <summary>No value: what a task or a void function returns.</summary>
internal sealed record VoidType : DataType
{
    public override int Width => 1;

    public override bool Signed => false;
}
