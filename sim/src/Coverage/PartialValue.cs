using HwSeed.Hdl.Rtl;

namespace HwSeed.Sim.Coverage;

/// <summary>The value of an expression of which only some parts are known.</summary>
internal static class PartialValue
{
    /// <summary>The value of a node from the known ones among its operands; null when it depends on others.</summary>
    /// <param name="node">The node.</param>
    /// <param name="operands">What it reads: of a named value the one behind the name.</param>
    /// <param name="known">Known values.</param>
    public static BitVector? Of(Expression node, IReadOnlyList<Expression> operands, Dictionary<Expression, BitVector> known)
    {
        switch (node)
        {
            case Constant constant:
                return constant.Value;
            case Binary { Operator: BinaryOperator.And or BinaryOperator.Or } binary when Decided(binary, known) is { } value:
                return value;
            case Mux mux:
                return known.TryGetValue(mux.Condition, out var condition)
                    ? Value(condition.Unsigned.IsZero ? mux.WhenFalse : mux.WhenTrue, known)
                    : Value(mux.WhenTrue, known) is { } yes && Value(mux.WhenFalse, known) is { } no && yes == no ? yes : null;
        }

        var values = new BitVector[operands.Count];
        for (var at = 0; at < values.Length; at++)
        {
            if (!known.TryGetValue(operands[at], out values[at]))
            {
                return null;
            }
        }

        return node switch
        {
            Reference => values is [var target] ? target : null,
            Unary unary => Of(unary, values[0]),
            Binary binary => Of(binary, values[0], values[1]),
            Slice slice => BitVector.Slice(values[0], slice.Low, slice.Width),
            Concat => BitVector.Concat(values),
            Extend extend => extend.Signed ? BitVector.SignExtend(values[0], extend.Width) : BitVector.ZeroExtend(values[0], extend.Width),
            _ => null,
        };
    }

    private static BitVector? Value(Expression node, Dictionary<Expression, BitVector> known) =>
        known.TryGetValue(node, out var value) ? value : null;

    // Zero decides a conjunction and ones decide a disjunction, whatever the other side is.
    private static BitVector? Decided(Binary binary, Dictionary<Expression, BitVector> known)
    {
        foreach (var side in (Expression[])[binary.Left, binary.Right])
        {
            if (known.TryGetValue(side, out var value)
                && (binary.Operator == BinaryOperator.And ? value : ~value).Unsigned.IsZero)
            {
                return value;
            }
        }

        return null;
    }

    private static BitVector? Of(Unary unary, BitVector operand) => unary.Operator switch
    {
        UnaryOperator.Not => ~operand,
        UnaryOperator.ReduceOr => BitVector.ReduceOr(operand),
        UnaryOperator.ReduceAnd => BitVector.ReduceAnd(operand),
        UnaryOperator.ReduceXor => BitVector.ReduceXor(operand),
        _ => null,
    };

    private static BitVector? Of(Binary binary, BitVector left, BitVector right) => binary.Operator switch
    {
        BinaryOperator.And => left & right,
        BinaryOperator.Or => left | right,
        BinaryOperator.Xor => left ^ right,
        BinaryOperator.Equal => BitVector.Equal(left, right),
        BinaryOperator.LessThanUnsigned => BitVector.LessThanUnsigned(left, right),
        BinaryOperator.LessThanSigned => BitVector.LessThanSigned(left, right),
        BinaryOperator.Subtract => left - right,
        BinaryOperator.Add => left + right,
        BinaryOperator.ShiftLeft => BitVector.ShiftLeft(left, right),
        BinaryOperator.ShiftRight => BitVector.ShiftRight(left, right),
        // Others do not stand in the decisions of a state machine.
        _ => null,
    };
}
