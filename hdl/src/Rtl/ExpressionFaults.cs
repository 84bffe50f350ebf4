namespace HwSeed.Hdl.Rtl;

/// <summary>All expressions that differ from a given one by a single fault; widths and names read stay.</summary>
internal static class ExpressionFaults
{
    public static IEnumerable<Fault<Expression>> Of(Expression expression)
    {
        foreach (var fault in AtRoot(expression))
        {
            yield return fault;
        }

        var children = ExpressionTree.Children(expression);
        for (var i = 0; i < children.Count; i++)
        {
            var index = i;
            foreach (var fault in Of(children[i]))
            {
                yield return fault.In(faulty => ExpressionTree.WithChild(expression, index, faulty));
            }
        }
    }

    /// <summary>The value without its top bit, where it has more than one.</summary>
    public static IEnumerable<Fault<Expression>> Narrowed(Expression value)
    {
        if (value.Width > 1 && value is not Constant)
        {
            yield return new(
                Expression.ZeroExtend(value[0, value.Width - 1], value.Width), FaultKind.Width, $"bit {value.Width - 1} was lost");
        }
    }

    private static IEnumerable<Fault<Expression>> AtRoot(Expression expression)
    {
        switch (expression)
        {
            case Constant c:
                yield return new(new Constant(c.Value + new BitVector(1, c.Width)), FaultKind.Constant, $"the constant {c.Value} is one too large");
                if (c.Width > 1)
                {
                    yield return new(new Constant(c.Value - new BitVector(1, c.Width)), FaultKind.Constant, $"the constant {c.Value} is one too small");
                }

                break;
            case Unary { Operator: UnaryOperator.Not } u:
                yield return new(u.Operand, FaultKind.Condition, "'~' was dropped");
                break;
            case Unary u when u.Operand.Width > 1:
                var reduction = u.Operator == UnaryOperator.ReduceOr ? UnaryOperator.ReduceAnd : UnaryOperator.ReduceOr;
                yield return new(u with { Operator = reduction }, FaultKind.Operator,
                    $"the reduction '{OperatorSymbols.Of(u.Operator)}' became '{OperatorSymbols.Of(reduction)}'");
                break;
            case Binary b when Other(b.Operator) is { } other:
                yield return OtherOperator(b, other);
                if (b.Operator == BinaryOperator.Subtract && b.Left != b.Right)
                {
                    yield return new(b with { Left = b.Right, Right = b.Left }, FaultKind.Operator, "the operands of '-' were swapped");
                }

                break;
            case Binary { Operator: BinaryOperator.Equal } b:
                yield return new(new Unary(UnaryOperator.Not, b), FaultKind.Condition, "'==' became '!='");
                break;
            case Mux m when m.WhenTrue != m.WhenFalse:
                yield return new(m with { WhenTrue = m.WhenFalse, WhenFalse = m.WhenTrue }, FaultKind.Arms, "the branches of '?:' were swapped");
                yield return new(m.WhenTrue, FaultKind.Condition, "the condition of '?:' is always true");
                yield return new(m.WhenFalse, FaultKind.Condition, "the condition of '?:' is never true");
                break;
            case Slice s when s.Low > 0:
                yield return new(s with { Low = s.Low - 1 }, FaultKind.Width, $"the slice from bit {s.Low} starts one bit too low");
                break;
            case Slice s when s.Low + s.Width < s.Operand.Width:
                yield return new(s with { Low = s.Low + 1 }, FaultKind.Width, $"the slice from bit {s.Low} starts one bit too high");
                break;
            case Extend e when e.Width > e.Operand.Width:
                yield return new(e with { Signed = !e.Signed }, FaultKind.Sign, e.Signed ? "a sign extension became zero extension" : "a zero extension became sign extension");
                break;
        }
    }

    private static BinaryOperator? Other(BinaryOperator op) => op switch
    {
        BinaryOperator.Add => BinaryOperator.Subtract,
        BinaryOperator.Subtract => BinaryOperator.Add,
        BinaryOperator.And => BinaryOperator.Or,
        BinaryOperator.Or => BinaryOperator.And,
        BinaryOperator.Xor => BinaryOperator.Or,
        BinaryOperator.LessThanUnsigned => BinaryOperator.LessThanSigned,
        BinaryOperator.LessThanSigned => BinaryOperator.LessThanUnsigned,
        BinaryOperator.MultiplySigned => BinaryOperator.MultiplyUnsigned,
        BinaryOperator.MultiplyUnsigned => BinaryOperator.MultiplySigned,
        BinaryOperator.DivideUnsigned => BinaryOperator.ModuloUnsigned,
        BinaryOperator.ModuloUnsigned => BinaryOperator.DivideUnsigned,
        BinaryOperator.ShiftLeft => BinaryOperator.ShiftRight,
        BinaryOperator.ShiftRight => BinaryOperator.ShiftLeft,
        BinaryOperator.ShiftRightSigned => BinaryOperator.ShiftRight,
        _ => null,
    };

    private static Fault<Expression> OtherOperator(Binary binary, BinaryOperator other)
    {
        var (before, after) = (OperatorSymbols.Of(binary.Operator), OperatorSymbols.Of(other));
        return before == after
            ? new(binary with { Operator = other }, FaultKind.Sign, $"'{before}' took the other signedness")
            : new(binary with { Operator = other }, FaultKind.Operator, $"'{before}' became '{after}'");
    }
}
