namespace HwSeed.Hdl.Rtl;

/// <summary>All expressions that differ from a given one by a single fault; widths and names read stay.</summary>
internal static class ExpressionFaults
{
    public static IEnumerable<(Expression Faulty, string Description)> Of(Expression expression)
    {
        foreach (var fault in AtRoot(expression))
        {
            yield return fault;
        }

        var children = ExpressionTree.Children(expression);
        for (var i = 0; i < children.Count; i++)
        {
            foreach (var (faulty, description) in Of(children[i]))
            {
                yield return (ExpressionTree.WithChild(expression, i, faulty), description);
            }
        }
    }

    private static IEnumerable<(Expression, string)> AtRoot(Expression expression)
    {
        switch (expression)
        {
            case Constant c:
                yield return (new Constant(c.Value + new BitVector(1, c.Width)), $"the constant {c.Value} is one too large");
                break;
            case Unary { Operator: UnaryOperator.Not } u:
                yield return (u.Operand, "'~' was dropped");
                break;
            case Unary u when u.Operand.Width > 1:
                var reduction = u.Operator == UnaryOperator.ReduceOr ? UnaryOperator.ReduceAnd : UnaryOperator.ReduceOr;
                yield return (u with { Operator = reduction },
                    $"the reduction '{OperatorSymbols.Of(u.Operator)}' became '{OperatorSymbols.Of(reduction)}'");
                break;
            case Binary b when Other(b.Operator) is { } other:
                yield return (b with { Operator = other }, Became(b.Operator, other));
                break;
            case Binary { Operator: BinaryOperator.Equal } b:
                yield return (new Unary(UnaryOperator.Not, b), "'==' became '!='");
                break;
            case Mux m when m.WhenTrue != m.WhenFalse:
                yield return (m with { WhenTrue = m.WhenFalse, WhenFalse = m.WhenTrue }, "the branches of '?:' were swapped");
                break;
            case Slice s when s.Low > 0:
                yield return (s with { Low = s.Low - 1 }, $"the slice from bit {s.Low} starts one bit too low");
                break;
            case Slice s when s.Low + s.Width < s.Operand.Width:
                yield return (s with { Low = s.Low + 1 }, $"the slice from bit {s.Low} starts one bit too high");
                break;
            case Extend e when e.Width > e.Operand.Width:
                yield return (e with { Signed = !e.Signed }, e.Signed ? "a sign extension became zero extension" : "a zero extension became sign extension");
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

    private static string Became(BinaryOperator op, BinaryOperator other) =>
        OperatorSymbols.Of(op) == OperatorSymbols.Of(other)
            ? $"'{OperatorSymbols.Of(op)}' took the other signedness"
            : $"'{OperatorSymbols.Of(op)}' became '{OperatorSymbols.Of(other)}'";
}
