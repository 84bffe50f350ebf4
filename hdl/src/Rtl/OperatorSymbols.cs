using System.Diagnostics;

namespace HwSeed.Hdl.Rtl;

/// <summary>Operators as Verilog and messages write them.</summary>
internal static class OperatorSymbols
{
    public static string Of(UnaryOperator op) => op switch
    {
        UnaryOperator.Not => "~",
        UnaryOperator.ReduceOr => "|",
        UnaryOperator.ReduceAnd => "&",
        UnaryOperator.ReduceXor => "^",
        _ => throw new UnreachableException($"no symbol for {op}"),
    };

    public static string Of(BinaryOperator op) => op switch
    {
        BinaryOperator.Add => "+",
        BinaryOperator.Subtract => "-",
        BinaryOperator.And => "&",
        BinaryOperator.Or => "|",
        BinaryOperator.Xor => "^",
        BinaryOperator.Equal => "==",
        BinaryOperator.LessThanUnsigned or BinaryOperator.LessThanSigned => "<",
        BinaryOperator.MultiplySigned or BinaryOperator.MultiplyUnsigned => "*",
        BinaryOperator.DivideUnsigned => "/",
        BinaryOperator.ModuloUnsigned => "%",
        BinaryOperator.ShiftLeft => "<<",
        BinaryOperator.ShiftRight => ">>",
        BinaryOperator.ShiftRightSigned => ">>>",
        _ => throw new UnreachableException($"no symbol for {op}"),
    };
}
