using System.Diagnostics;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Verilog;

/// <summary>
/// Prints expressions. Operands have equal widths already, hence an operator's context width is its own width; where
/// that does not hold (products, operands of slices and sign extensions) the value is hoisted to a wire of its own.
/// </summary>
internal sealed class ExpressionText(Module module, HoistedWires hoisted)
{
    private const int WidestCount = 31;

    /// <summary>The text of a value on its own: right of an equals sign, in parentheses or in braces.</summary>
    public string Print(Expression expression) => expression switch
    {
        Constant c => c.Value.ToString(),
        Reference r => r.Name,
        Unary u => OperatorSymbols.Of(u.Operator) + Operand(u.Operand),
        Binary { Operator: BinaryOperator.MultiplySigned or BinaryOperator.MultiplyUnsigned } b => Product(b),
        Binary b when IsHoisted(b) => Hoisted(b),
        MemoryWord w => Word(w),
        Binary { Operator: BinaryOperator.LessThanSigned } b => $"$signed({Print(b.Left)}) < $signed({Print(b.Right)})",
        Binary b => $"{Operand(b.Left)} {OperatorSymbols.Of(b.Operator)} {Operand(b.Right)}",
        Mux m => $"{Operand(m.Condition)} ? {Operand(m.WhenTrue)} : {Operand(m.WhenFalse)}",
        Slice s => Bits(s),
        Concat c => $"{{{string.Join(", ", c.Parts.Select(Print))}}}",
        Extend e when e.Width == e.Operand.Width => Print(e.Operand),
        Extend { Signed: true } e => SignExtension(e),
        Extend e => $"{{{{{e.Width - e.Operand.Width}{{1'b0}}}}, {Print(e.Operand)}}}",
        _ => throw new UnreachableException($"no Verilog for {expression.GetType().Name}"),
    };

    private string Operand(Expression expression) => expression switch
    {
        Unary or Mux => $"({Print(expression)})",
        Binary b when b.Operator is not (BinaryOperator.MultiplySigned or BinaryOperator.MultiplyUnsigned) && !IsHoisted(b) =>
            $"({Print(expression)})",
        Extend e when e.Width == e.Operand.Width => Operand(e.Operand),
        _ => Print(expression),
    };

    /// <summary>The name of a value; makes a wire unless it has one.</summary>
    private string Name(Expression expression) => expression switch
    {
        Reference r => r.Name,
        Binary { Operator: BinaryOperator.MultiplySigned or BinaryOperator.MultiplyUnsigned } b => Product(b),
        Binary b when IsHoisted(b) => Hoisted(b),
        MemoryWord w => Word(w),
        _ => hoisted.Declare(expression.Width, Print(expression)),
    };

    // A division needs its divisor twice, an arithmetic shift must not become unsigned by what stands beside it, and
    // tools take only counts of up to 32 bits.
    private static bool IsHoisted(Binary binary) => binary.Operator switch
    {
        BinaryOperator.DivideUnsigned or BinaryOperator.ModuloUnsigned or BinaryOperator.ShiftRightSigned => true,
        BinaryOperator.ShiftLeft or BinaryOperator.ShiftRight => binary.Right.Width > WidestCount,
        _ => false,
    };

    private string Hoisted(Binary binary)
    {
        var symbol = OperatorSymbols.Of(binary.Operator);
        var zero = BitVector.Zero(binary.Width);
        if (binary.Operator is BinaryOperator.DivideUnsigned or BinaryOperator.ModuloUnsigned)
        {
            var divisor = Name(binary.Right);
            return hoisted.Declare(
                binary.Width, $"{divisor} == {zero} ? {zero} : {Operand(binary.Left)} {symbol} {divisor}");
        }

        var left = binary.Operator == BinaryOperator.ShiftRightSigned ? $"$signed({Name(binary.Left)})" : Operand(binary.Left);
        if (binary.Right.Width <= WidestCount)
        {
            return hoisted.Declare(binary.Width, $"{left} {symbol} {Operand(binary.Right)}");
        }

        // All shifts by more than the narrow count can say give the same.
        var count = Name(binary.Right);
        var near = hoisted.Declare(binary.Width, $"{left} {symbol} {count}[{WidestCount - 1}:0]");
        var far = binary.Operator == BinaryOperator.ShiftRightSigned
            ? $"{{{binary.Width}{{{SignOf(binary.Left)}}}}}"
            : zero.ToString();
        return hoisted.Declare(binary.Width, $"|{count}[{binary.Right.Width - 1}:{WidestCount}] ? {far} : {near}");
    }

    private string SignOf(Expression value) => value.Width == 1 ? Name(value) : $"{Name(value)}[{value.Width - 1}]";

    /// <summary>The word of a memory; zero where the address is not below the depth.</summary>
    private string Word(MemoryWord word)
    {
        var memory = module.Memories.First(m => m.Name == word.Memory);
        var address = Name(word.Address);
        var index = IndexOf(address, word.Address.Width, memory);
        return hoisted.Declare(word.Width, Reaches(word.Address.Width, memory)
            ? $"{InRange(address, word.Address.Width, memory)} ? {memory.Name}[{index}] : {BitVector.Zero(word.Width)}"
            : $"{memory.Name}[{index}]");
    }

    /// <summary>The address of a write as an index, and the condition that it is below the depth; empty where it always is.</summary>
    public (string Index, string InRange) Address(Expression address, Memory memory)
    {
        if (module.HasImplicitClock)
        {
            return (Print(address), "");
        }

        var name = Name(address);
        return (IndexOf(name, address.Width, memory), Reaches(address.Width, memory) ? InRange(name, address.Width, memory) : "");
    }

    // Whether an address can be at or above the depth.
    private static bool Reaches(int width, Memory memory) => System.Numerics.BigInteger.One << width > memory.Depth;

    private static string InRange(string address, int width, Memory memory) => $"({address} < {new BitVector(memory.Depth, width)})";

    private static string IndexOf(string address, int width, Memory memory) => width == memory.AddressWidth ? address
        : width < memory.AddressWidth ? $"{{{{{memory.AddressWidth - width}{{1'b0}}}}, {address}}}"
        : memory.AddressWidth == 1 ? $"{address}[0]" : $"{address}[{memory.AddressWidth - 1}:0]";

    private string Product(Binary product)
    {
        var left = product.Left is Constant l ? l.Value.ToString() : Name(product.Left);
        var right = product.Right is Constant r ? r.Value.ToString() : Name(product.Right);
        return hoisted.Declare(product.Width, product.Operator == BinaryOperator.MultiplySigned
            ? $"$signed({left}) * $signed({right})"
            : $"{left} * {right}");
    }

    private string Bits(Slice slice)
    {
        var name = Name(slice.Operand);
        return slice switch
        {
            // A one-bit net is a scalar in Verilog and has no bits to select.
            { Operand.Width: 1 } => name,
            { Width: 1 } => $"{name}[{slice.Low}]",
            _ => $"{name}[{slice.Low + slice.Width - 1}:{slice.Low}]",
        };
    }

    private string SignExtension(Extend extend)
    {
        var name = Name(extend.Operand);
        var sign = extend.Operand.Width == 1 ? name : $"{name}[{extend.Operand.Width - 1}]";
        return $"{{{{{extend.Width - extend.Operand.Width}{{{sign}}}}}, {name}}}";
    }
}
