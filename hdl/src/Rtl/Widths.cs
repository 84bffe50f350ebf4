namespace HwSeed.Hdl.Rtl;

/// <summary>The width rules of the algebra, as exceptions for callers who build by hand.</summary>
internal static class Widths
{
    public static int RequireSame(string op, int left, int right) => left == right
        ? left
        : throw new ArgumentException($"'{op}' has operands of {left} and {right} bits; extend or slice one of them");

    public static void RequireOne(string what, int width)
    {
        if (width != 1)
        {
            throw new ArgumentException($"{what} has {width} bits; it must have 1");
        }
    }

    public static void RequireSlice(int operand, int low, int width)
    {
        if (low < 0 || width < 1 || low + width > operand)
        {
            throw new ArgumentException($"slice [{low + width - 1}:{low}] is outside of {operand} bits");
        }
    }

    public static void RequireExtend(int operand, int width)
    {
        if (width < operand)
        {
            throw new ArgumentException($"cannot extend {operand} bits to {width}; slice instead");
        }
    }
}
