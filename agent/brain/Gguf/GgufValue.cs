using HwSeed.Hdl;

namespace HwSeed.Brain.Gguf;

/// <summary>The type tags of GGUF metadata values, numbered as in the file.</summary>
public enum GgufType
{
    /// <summary>8-bit unsigned.</summary>
    UInt8 = 0,

    /// <summary>8-bit signed.</summary>
    Int8 = 1,

    /// <summary>16-bit unsigned.</summary>
    UInt16 = 2,

    /// <summary>16-bit signed.</summary>
    Int16 = 3,

    /// <summary>32-bit unsigned.</summary>
    UInt32 = 4,

    /// <summary>32-bit signed.</summary>
    Int32 = 5,

    /// <summary>IEEE single.</summary>
    Float32 = 6,

    /// <summary>One byte, 0 or 1.</summary>
    Bool = 7,

    /// <summary>64-bit length, then UTF-8.</summary>
    Text = 8,

    /// <summary>Element type, 64-bit count, elements.</summary>
    Array = 9,

    /// <summary>64-bit unsigned.</summary>
    UInt64 = 10,

    /// <summary>64-bit signed.</summary>
    Int64 = 11,

    /// <summary>IEEE double.</summary>
    Float64 = 12,
}

/// <summary>A metadata value.</summary>
public abstract record GgufValue
{
    /// <summary>The tag that stands in the file.</summary>
    public abstract GgufType Type { get; }

    /// <summary>A 32-bit unsigned value, the usual form of a hyper-parameter.</summary>
    public static GgufValue Of(uint value) => new GgufUnsigned(GgufType.UInt32, value);

    /// <summary>A single-precision value.</summary>
    public static GgufValue Of(float value) => new GgufFloat(GgufType.Float32, value);

    /// <summary>A text.</summary>
    public static GgufValue Of(string value) => new GgufText(value);

    /// <summary>A list of texts.</summary>
    public static GgufValue Of(IEnumerable<string> values) =>
        new GgufArray(GgufType.Text, values.Select(Of).ToEquatableArray());

    /// <summary>Whether the tag marks an unsigned integer.</summary>
    internal static bool IsUnsigned(GgufType type) =>
        type is GgufType.UInt8 or GgufType.UInt16 or GgufType.UInt32 or GgufType.UInt64;

    /// <summary>Whether the tag marks a signed integer.</summary>
    internal static bool IsSigned(GgufType type) =>
        type is GgufType.Int8 or GgufType.Int16 or GgufType.Int32 or GgufType.Int64;

    /// <summary>Fewest bytes that a value with this tag takes in the file; 0 for an unknown tag.</summary>
    internal static int LeastBytes(GgufType type) => type switch
    {
        GgufType.UInt8 or GgufType.Int8 or GgufType.Bool => 1,
        GgufType.UInt16 or GgufType.Int16 => 2,
        GgufType.UInt32 or GgufType.Int32 or GgufType.Float32 => 4,
        GgufType.UInt64 or GgufType.Int64 or GgufType.Float64 or GgufType.Text => 8,
        GgufType.Array => 12,
        _ => 0,
    };
}

/// <summary>An unsigned integer of 8 to 64 bits.</summary>
/// <param name="Type">UInt8, UInt16, UInt32 or UInt64.</param>
/// <param name="Value">The number.</param>
public sealed record GgufUnsigned(GgufType Type, ulong Value) : GgufValue
{
    /// <inheritdoc/>
    public override GgufType Type { get; } = IsUnsigned(Type)
        ? Type
        : throw new ArgumentOutOfRangeException(nameof(Type), Type, "an unsigned integer tag is wanted");
}

/// <summary>A signed integer of 8 to 64 bits.</summary>
/// <param name="Type">Int8, Int16, Int32 or Int64.</param>
/// <param name="Value">The number.</param>
public sealed record GgufSigned(GgufType Type, long Value) : GgufValue
{
    /// <inheritdoc/>
    public override GgufType Type { get; } = IsSigned(Type)
        ? Type
        : throw new ArgumentOutOfRangeException(nameof(Type), Type, "a signed integer tag is wanted");
}

/// <summary>A floating-point number.</summary>
/// <param name="Type">Float32 or Float64.</param>
/// <param name="Value">The number; a single is kept exactly.</param>
public sealed record GgufFloat(GgufType Type, double Value) : GgufValue
{
    /// <inheritdoc/>
    public override GgufType Type { get; } = Type is GgufType.Float32 or GgufType.Float64
        ? Type
        : throw new ArgumentOutOfRangeException(nameof(Type), Type, "a floating-point tag is wanted");
}

/// <summary>A truth value.</summary>
/// <param name="Value">The value.</param>
public sealed record GgufBool(bool Value) : GgufValue
{
    /// <inheritdoc/>
    public override GgufType Type => GgufType.Bool;
}

/// <summary>A text.</summary>
/// <param name="Value">The text.</param>
public sealed record GgufText(string Value) : GgufValue
{
    /// <inheritdoc/>
    public override GgufType Type => GgufType.Text;
}

/// <summary>A list of values with one tag.</summary>
/// <param name="ElementType">The tag of every element.</param>
/// <param name="Items">The elements.</param>
public sealed record GgufArray(GgufType ElementType, EquatableArray<GgufValue> Items) : GgufValue
{
    /// <inheritdoc/>
    public override GgufType Type => GgufType.Array;
}
