using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Trees;

/// <summary>Operands and operators from left to right, bound by the precedences of IEEE 1800-2017 table 11-2.</summary>
internal sealed class OperatorChain
{
    private const int ChoiceLevel = 2;
    private const int RelationLevel = 9;

    private readonly Stack<ExpressionSyntax> _operands = new();
    private readonly Stack<(string Symbol, int Level, ExpressionSyntax? Middle)> _operators = new();

    public static int Level(string symbol) => symbol switch
    {
        "**" => 13,
        "*" or "/" or "%" => 12,
        "+" or "-" => 11,
        "<<" or ">>" or "<<<" or ">>>" => 10,
        "<" or "<=" or ">" or ">=" => RelationLevel,
        "==" or "!=" or "===" or "!==" or "==?" or "!=?" => 8,
        "&" => 7,
        "^" or "~^" => 6,
        "|" => 5,
        "&&" => 4,
        "||" => 3,
        _ => 1,
    };

    public void Operand(ExpressionSyntax operand) => _operands.Push(operand);

    public void Operator(string symbol)
    {
        var level = Level(symbol);
        Reduce(level == 1 ? level + 1 : level);
        _operators.Push((symbol, level, null));
    }

    /// <summary>The last operand so far is compared with a list.</summary>
    public void Inside(EquatableArray<ExpressionSyntax> items, Origin end)
    {
        Reduce(RelationLevel);
        var operand = _operands.Pop();
        _operands.Push(new InsideSyntax(operand, items) { Origin = Joined(operand.Origin, end) });
    }

    /// <summary>What came before is a condition, with the value for when it holds.</summary>
    public void Choice(ExpressionSyntax whenTrue)
    {
        Reduce(ChoiceLevel + 1);
        _operators.Push(("?", ChoiceLevel, whenTrue));
    }

    public ExpressionSyntax Result()
    {
        Reduce(0);
        return _operands.Pop();
    }

    private void Reduce(int level)
    {
        while (_operators.TryPeek(out var top) && top.Level >= level)
        {
            _operators.Pop();
            var right = _operands.Pop();
            var left = _operands.Pop();
            var origin = Joined(left.Origin, right.Origin);
            _operands.Push(top.Middle is null
                ? new BinarySyntax(top.Symbol, left, right) { Origin = origin }
                : new ConditionalSyntax(left, top.Middle, right) { Origin = origin });
        }
    }

    private static Origin Joined(Origin start, Origin end) =>
        start.Text == end.Text && (end.EndLine, end.EndColumn).CompareTo((start.EndLine, start.EndColumn)) > 0
            ? start with { EndLine = end.EndLine, EndColumn = end.EndColumn }
            : start;
}
