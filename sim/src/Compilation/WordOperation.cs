namespace HwSeed.Sim.Compilation;

/// <summary>Operations on 64-bit machine words: all that compiled designs consist of.</summary>
internal enum WordOperation
{
    /// <summary>The immediate.</summary>
    Constant,

    /// <summary>The state word at slot Immediate, as it was before the edge.</summary>
    State,

    /// <summary>The word of a top input at slot Immediate.</summary>
    Input,

    /// <summary>The memory word at index A + Immediate, as it was before the edge.</summary>
    MemoryWord,

    /// <summary>A + B modulo 2^64.</summary>
    Add,

    /// <summary>A - B modulo 2^64.</summary>
    Subtract,

    /// <summary>A x B modulo 2^64.</summary>
    Multiply,

    /// <summary>Bitwise and.</summary>
    And,

    /// <summary>Bitwise or.</summary>
    Or,

    /// <summary>Bitwise exclusive or.</summary>
    Xor,

    /// <summary>-A: all ones when A is 1, zero when A is 0.</summary>
    Negate,

    /// <summary>A shifted left by Immediate bits.</summary>
    ShiftLeft,

    /// <summary>A shifted right by Immediate bits.</summary>
    ShiftRight,

    /// <summary>The low Immediate bits of A as a signed number, in 64 bits.</summary>
    SignExtend,

    /// <summary>1 when A equals B, else 0.</summary>
    Equal,

    /// <summary>1 when A is below B as unsigned numbers, else 0.</summary>
    LessUnsigned,

    /// <summary>1 when A is below B as signed numbers, else 0.</summary>
    LessSigned,

    /// <summary>Parity of A.</summary>
    Parity,

    /// <summary>B when the one-bit A is 1, else C.</summary>
    Select,

    /// <summary>A shifted left by B, which is below 64.</summary>
    ShiftLeftBy,

    /// <summary>A shifted right by B, which is below 64, zeros from above.</summary>
    ShiftRightBy,

    /// <summary>A as a signed number shifted right by B, which is below 64.</summary>
    ShiftRightSignedBy,

    /// <summary>The high word of the unsigned product of A and B.</summary>
    MultiplyHigh,

    /// <summary>A divided by B as unsigned numbers; 0 when B is 0.</summary>
    Divide,

    /// <summary>The remainder of A divided by B as unsigned numbers; 0 when B is 0.</summary>
    Modulo,

    /// <summary>A limb of a quotient or remainder of several words: the call of number Immediate.</summary>
    WideDivide,
}

/// <summary>A limb of the quotient or the remainder of two numbers of equally many words, least significant first.</summary>
internal sealed record WideDivision(int[] Left, int[] Right, bool Remainder, int Limb);

/// <summary>An operation on words with its operands.</summary>
/// <param name="Operation">What it does.</param>
/// <param name="A">First operand by number, or -1.</param>
/// <param name="B">Second operand by number, or -1.</param>
/// <param name="C">Third operand by number, or -1.</param>
/// <param name="Immediate">Constant, slot, base, shift or call.</param>
internal readonly record struct WordNode(WordOperation Operation, int A, int B, int C, ulong Immediate)
{
    /// <summary>Whether it is read from where it lies, without work.</summary>
    public bool IsLeaf => Operation is WordOperation.Constant or WordOperation.State or WordOperation.Input;
}
