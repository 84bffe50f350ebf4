namespace HwSeed.Sim.Compilation.Lanes;

/// <summary>Operations on vectors of lanes.</summary>
internal enum LaneOperation
{
    /// <summary>The constant vector number Immediate.</summary>
    Constant,

    /// <summary>The element of Size bytes at Bytes in every lane.</summary>
    Broadcast,

    /// <summary>Elements of Size bytes beside each other from Bytes on, extended to the lane.</summary>
    Load,

    /// <summary>As Load, with copies of each element's top bit above it.</summary>
    LoadSigned,

    /// <summary>Byte i is the byte of the word at Bytes that the constant A says, or zero where A has its top bit set.</summary>
    ShuffleWord,

    /// <summary>The lanes from lane Immediate of A on, then those of B.</summary>
    Align,

    /// <summary>A + B.</summary>
    Add,

    /// <summary>A - B.</summary>
    Subtract,

    /// <summary>A x B.</summary>
    Multiply,

    /// <summary>Bitwise and.</summary>
    And,

    /// <summary>Bitwise or.</summary>
    Or,

    /// <summary>Bitwise exclusive or.</summary>
    Xor,

    /// <summary>-A.</summary>
    Negate,

    /// <summary>A shifted left by Immediate bits.</summary>
    ShiftLeft,

    /// <summary>A shifted right by Immediate bits, zeros from above.</summary>
    ShiftRight,

    /// <summary>A shifted right by Immediate bits, copies of the top bit from above.</summary>
    ShiftRightSigned,

    /// <summary>All ones where A equals B.</summary>
    EqualMask,

    /// <summary>All ones where A is below B, unsigned.</summary>
    LessUnsignedMask,

    /// <summary>All ones where A is below B, signed.</summary>
    LessSignedMask,

    /// <summary>A shifted left by B, zeros where B is the lane's bits or more.</summary>
    ShiftLeftBy,

    /// <summary>A shifted right by B, zeros from above.</summary>
    ShiftRightBy,

    /// <summary>A shifted right by B, copies of the top bit from above.</summary>
    ShiftRightSignedBy,

    /// <summary>The low halves of the lanes of A, then those of B.</summary>
    Narrow,

    /// <summary>The first half of the lanes of A, in twice the bits.</summary>
    WidenLower,

    /// <summary>The second half of the lanes of A, in twice the bits.</summary>
    WidenUpper,

    /// <summary>The result of the method number Immediate for A and B lane by lane.</summary>
    Call,

    /// <summary>A where the mask C is all ones, B where it is zero.</summary>
    Select,
}

/// <summary>A vector's shape.</summary>
/// <param name="Bytes">16, 32 or 64.</param>
/// <param name="Element">Bytes of a lane.</param>
internal readonly record struct LaneType(int Bytes, int Element)
{
    public int Lanes => Bytes / Element;

    public int ElementBits => 8 * Element;
}

/// <summary>An array that compiled code reads.</summary>
internal enum LaneBuffer
{
    /// <summary>State before the edge.</summary>
    State,

    /// <summary>State after the edge, as far as it was written.</summary>
    Target,

    /// <summary>Words of the top inputs.</summary>
    Inputs,

    /// <summary>Scalars that scalar code left for vector code.</summary>
    Stage,
}

/// <summary>A place in an array.</summary>
/// <param name="Buffer">The array.</param>
/// <param name="Offset">Bytes from its start.</param>
internal readonly record struct LaneAddress(LaneBuffer Buffer, int Offset);

/// <summary>An operation on vectors with its operands.</summary>
/// <param name="Operation">What it does.</param>
/// <param name="Type">Shape of the result.</param>
/// <param name="A">First operand by number, or -1.</param>
/// <param name="B">Second operand by number, or -1.</param>
/// <param name="C">Mask by number, or -1.</param>
/// <param name="Immediate">Constant number or shift.</param>
/// <param name="Address">Where it reads.</param>
/// <param name="Size">Bytes of an element that it reads.</param>
internal readonly record struct LaneNode(
    LaneOperation Operation, LaneType Type, int A = -1, int B = -1, int C = -1, int Immediate = 0,
    LaneAddress Address = default, int Size = 0);

/// <summary>A vector that is written to the target buffer.</summary>
/// <param name="Value">The vector by number.</param>
/// <param name="Offset">First byte.</param>
/// <param name="Size">Bytes of a stored element; wider lanes are cut.</param>
internal readonly record struct LaneStore(int Value, int Offset, int Size);
