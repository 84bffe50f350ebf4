using System.Diagnostics;
using Antlr4.Runtime;
using Antlr4.Runtime.Tree;
using HwSeed.Hdl.Verilog.Grammar;
using HwSeed.Hdl.Verilog.Preprocessing;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Trees;

internal sealed partial class TreeBuilder
{
    private ExpressionSyntax Expression(VerilogGrammar.ExpressionContext context)
    {
        var first = (VerilogGrammar.BinaryContext)context.GetChild(0);
        if (context.ChildCount == 1 && first.ChildCount == 1)
        {
            if (!Enter(1, context))
            {
                return new NumberSyntax("0");
            }

            var only = Operand((VerilogGrammar.OperandContext)first.GetChild(0));
            Leave(1);
            return only;
        }

        var chain = new OperatorChain();
        var steps = (context.ChildCount / 4) + context.children.OfType<VerilogGrammar.BinaryContext>().Sum(b => b.ChildCount / 2) + 1;
        if (!Enter(steps, context))
        {
            Leave(steps);
            return new NumberSyntax("0");
        }

        Operands(first, chain);
        ExpressionSyntax? middle = null;
        for (var i = 1; i < context.ChildCount; i++)
        {
            switch (context.GetChild(i))
            {
                case VerilogGrammar.ExpressionContext whenTrue:
                    middle = Expression(whenTrue);
                    break;
                case VerilogGrammar.BinaryContext whenFalse:
                    chain.Choice(middle!);
                    Operands(whenFalse, chain);
                    break;
            }
        }

        Leave(steps);
        return chain.Result();
    }

    private void Operands(VerilogGrammar.BinaryContext context, OperatorChain chain)
    {
        for (var i = 0; i < context.ChildCount; i++)
        {
            switch (context.GetChild(i))
            {
                case VerilogGrammar.OperandContext operand:
                    chain.Operand(Operand(operand));
                    break;
                case VerilogGrammar.BinaryOperatorContext symbol:
                    chain.Operator(symbol.Start.Text == "^~" ? "~^" : symbol.Start.Text);
                    break;
                case ITerminalNode { Symbol.Type: VerilogGrammar.INSIDE }:
                    var items = new List<ExpressionSyntax>();
                    for (i++; context.GetChild(i) is not ITerminalNode { Symbol.Type: VerilogGrammar.CLOSE_BRACE }; i++)
                    {
                        if (context.GetChild(i) is VerilogGrammar.ValueRangeContext range)
                        {
                            items.Add(ValueRange(range));
                        }
                    }

                    chain.Inside([.. items], At(Token((ITerminalNode)context.GetChild(i)), Token((ITerminalNode)context.GetChild(i))));
                    break;
            }
        }
    }

    private ExpressionSyntax ValueRange(VerilogGrammar.ValueRangeContext context) => context.expression() is { } value
        ? Expression(value)
        : new ValueRangeSyntax(Bound(context.bound(0)), Bound(context.bound(1))) { Origin = At(context) };

    private ExpressionSyntax? Bound(VerilogGrammar.BoundContext context) =>
        context.expression() is { } value ? Expression(value) : null;

    private ExpressionSyntax Operand(VerilogGrammar.OperandContext context)
    {
        var at = 0;
        while (context.GetChild(at) is VerilogGrammar.UnaryOperatorContext or VerilogGrammar.AttributeContext)
        {
            at++;
        }

        var steps = context.ChildCount - 1;
        if (!Enter(steps, context))
        {
            Leave(steps);
            return new NumberSyntax("0");
        }

        var primary = (VerilogGrammar.PrimaryContext)context.GetChild(at);
        var result = Selected(Primary(primary), context, at + 1);
        var stop = result.Origin;
        for (var i = at - 1; i >= 0; i--)
        {
            if (context.GetChild(i) is not VerilogGrammar.UnaryOperatorContext unary)
            {
                continue;
            }

            var symbol = (VerilogToken)unary.Start;
            result = new UnarySyntax(symbol.Text == "^~" ? "~^" : symbol.Text, result) { Origin = Span(At(symbol, symbol), stop) };
        }

        Leave(steps);
        return result;
    }

    // What stands behind a primary: selects, members, calls, casts.
    private ExpressionSyntax Selected(ExpressionSyntax head, ParserRuleContext context, int from)
    {
        var result = head;
        for (var i = from; i < context.ChildCount; i++)
        {
            var suffix = (VerilogGrammar.SuffixContext)context.GetChild(i);
            result = Suffix(result, suffix) with { Origin = Span(head.Origin, At(suffix)) };
        }

        if (result is SignKeyword)
        {
            Report(VerilogDiagnostics.Expected(Start(context), "an expression", Start(context).Shown));
        }

        return result;
    }

    private ExpressionSyntax Suffix(ExpressionSyntax operand, VerilogGrammar.SuffixContext suffix)
    {
        switch (Start(suffix).Type)
        {
            case VerilogGrammar.OPEN_BRACKET when operand is TypeExpressionSyntax { Type: VectorTypeSyntax vector } type && vector.Keyword.Length > 0:
                if (suffix.expression(1) is null || Text((ITerminalNode)suffix.GetChild(2)) != ":")
                {
                    return type with { Type = vector with { Packed = [.. vector.Packed, new(Expression(suffix.expression(0)), null) { Origin = At(suffix) }] } };
                }

                return type with
                {
                    Type = vector with
                    {
                        Packed = [.. vector.Packed, new(Expression(suffix.expression(0)), Expression(suffix.expression(1))) { Origin = At(suffix) }],
                    },
                };
            case VerilogGrammar.OPEN_BRACKET:
                var left = Expression(suffix.expression(0));
                return suffix.expression(1) is { } right
                    ? new PartSelectSyntax(operand, Text((ITerminalNode)suffix.GetChild(2)), left, Expression(right))
                    : new IndexSyntax(operand, left);
            case VerilogGrammar.DOT:
                return new MemberSyntax(operand, Text(suffix.IDENTIFIER()));
            case VerilogGrammar.OPEN_PARENTHESIS when operand is SystemCallSyntax { Arguments.Count: 0 } call:
                return call with { Arguments = Values(suffix.arguments()) };
            case VerilogGrammar.OPEN_PARENTHESIS:
                if (operand is not (NameSyntax or ScopedNameSyntax or MemberSyntax))
                {
                    Report(VerilogDiagnostics.Syntax(Start(suffix), "only a name can be called"));
                }

                return new CallSyntax(operand, Arguments(suffix.arguments()));
            case VerilogGrammar.APOSTROPHE:
                var value = Expression(suffix.expression(0));
                return operand is SignKeyword sign ? new SignCastSyntax(sign.Signed, value) : new CastSyntax(operand, value);
            case VerilogGrammar.OPEN_PATTERN:
                var pattern = Pattern(suffix.pattern());
                if (pattern is AssignmentPatternSyntax items)
                {
                    return items with { Type = operand };
                }

                Report(VerilogDiagnostics.Unsupported(Start(suffix), "a replicated pattern with a type; assign the pattern alone"));
                return pattern;
            default:
                throw new UnreachableException($"suffix {Start(suffix).Text}");
        }
    }

    private ExpressionSyntax Primary(VerilogGrammar.PrimaryContext context)
    {
        var token = Start(context);
        var origin = At(context);
        switch (token.Type)
        {
            case VerilogGrammar.IDENTIFIER or VerilogGrammar.UNIT:
                return ScopedName(context.scopedName());
            case VerilogGrammar.NUMBER or VerilogGrammar.BASED_NUMBER:
                return Number(context, token) with { Origin = origin };
            case VerilogGrammar.REAL_NUMBER:
                return new RealSyntax(token.Text) { Origin = origin };
            case VerilogGrammar.FILL:
                return new FillSyntax(token.Text[1] == '?' ? 'z' : char.ToLowerInvariant(token.Text[1])) { Origin = origin };
            case VerilogGrammar.STRING_LITERAL:
                return new StringSyntax(token.Text[1..^1]) { Origin = origin };
            case VerilogGrammar.SYSTEM:
                return new SystemCallSyntax(token.Text, []) { Origin = origin };
            case VerilogGrammar.OPEN_PARENTHESIS:
                return Parenthesis(context.parenthesis());
            case VerilogGrammar.OPEN_BRACE:
                return Concatenation(context.concatenation());
            case VerilogGrammar.OPEN_PATTERN:
                return Pattern(context.pattern()) with { Origin = origin };
            case VerilogGrammar.TYPE:
                return new TypeExpressionSyntax(TypeOf(context.typeOf())) { Origin = origin };
            default:
                return TypeKeyword(context) with { Origin = origin };
        }
    }

    private static ExpressionSyntax TypeKeyword(VerilogGrammar.PrimaryContext context)
    {
        bool? signed = context.signing() is { } signing ? signing.Start.Type == VerilogGrammar.SIGNED : null;
        return context.vectorKeyword() is { } vector ? new TypeExpressionSyntax(new VectorTypeSyntax(vector.Start.Text, signed, []) { Origin = At(context) })
            : context.atomKeyword() is { } atom ? new TypeExpressionSyntax(new KeywordTypeSyntax(atom.Start.Text, signed) { Origin = At(context) })
            : new SignKeyword(signed!.Value);
    }

    // 'signed' or 'unsigned' before it is known whether a cast follows; never leaves the builder.
    private sealed record SignKeyword(bool Signed) : ExpressionSyntax;

    private NumberSyntax Number(VerilogGrammar.PrimaryContext context, VerilogToken token)
    {
        if (context.BASED_NUMBER() is { } based)
        {
            CheckNumber(token.Type == VerilogGrammar.NUMBER ? token : null, Token(based));
        }

        return new(token.Type == VerilogGrammar.NUMBER && context.BASED_NUMBER() is { } digits ? token.Text + Text(digits) : token.Text);
    }

    private void CheckNumber(VerilogToken? size, VerilogToken based)
    {
        var head = based.Text[1] is 's' or 'S' ? 3 : 2;
        var digits = based.Text.AsSpan(head);
        var letter = char.ToLowerInvariant(based.Text[head - 1]);
        if (digits.Trim('_').Length == 0)
        {
            Report(VerilogDiagnostics.MalformedNumber(based, $"{based.Shown} has no digits"));
            return;
        }

        var allowed = letter switch { 'b' => "01_xXzZ?", 'o' => "01234567_xXzZ?", 'd' => "0123456789_xXzZ?", _ => null };
        if (allowed is not null && digits.IndexOfAnyExcept(allowed) is var wrong and >= 0)
        {
            Report(VerilogDiagnostics.MalformedNumber(based, $"'{digits[wrong]}' is no digit of base '{letter}"));
        }
        else if (letter == 'd' && digits.Length > 1 && digits.IndexOfAny("xXzZ?") >= 0)
        {
            Report(VerilogDiagnostics.MalformedNumber(based, "a decimal number is either x, z, or digits"));
        }

        if (size is not null && size.Text.All(c => c is '0' or '_'))
        {
            Report(VerilogDiagnostics.MalformedNumber(size, "a number of no bits"));
        }
    }

    private ExpressionSyntax ScopedName(VerilogGrammar.ScopedNameContext context)
    {
        var first = Start(context);
        if (context.ChildCount == 1)
        {
            if (first.Type == VerilogGrammar.UNIT)
            {
                Report(VerilogDiagnostics.Expected(first, "'::' and a name behind $unit", "nothing"));
            }

            return new NameSyntax(first.Text) { Origin = At(context) };
        }

        return new ScopedNameSyntax(first.Text, context.Stop.Text) { Origin = At(context) };
    }

    private ExpressionSyntax Parenthesis(VerilogGrammar.ParenthesisContext context)
    {
        var inner = Expression(context.expression(0));
        return new ParenthesisSyntax(context.expression(1) is null ? inner : new MinTypMaxSyntax(
            inner, Expression(context.expression(1)), Expression(context.expression(2)))
        { Origin = At(context) })
        {
            Origin = At(context),
        };
    }

    private ExpressionSyntax Concatenation(VerilogGrammar.ConcatenationContext context)
    {
        var origin = At(context);
        if (context.stream() is { } stream)
        {
            ExpressionSyntax? slice = stream.NUMBER() is { } number ? new NumberSyntax(Text(number)) { Origin = At(Token(number), Token(number)) }
                : stream.scopedName() is { } name ? ScopedName(name)
                : stream.vectorKeyword() is { } vector ? new TypeExpressionSyntax(new VectorTypeSyntax(vector.Start.Text, null, []) { Origin = At(vector) }) { Origin = At(vector) }
                : stream.atomKeyword() is { } atom ? new TypeExpressionSyntax(new KeywordTypeSyntax(atom.Start.Text, null) { Origin = At(atom) }) { Origin = At(atom) }
                : null;
            return new StreamSyntax(stream.Start.Text, slice, Inner(stream.innerList())) { Origin = origin };
        }

        return context.innerList() is { } inner
            ? new ReplicationSyntax(Expression(context.expression(0)), Inner(inner)) { Origin = origin }
            : new ConcatenationSyntax([.. context.expression().Select(Expression)]) { Origin = origin };
    }

    private EquatableArray<ExpressionSyntax> Inner(VerilogGrammar.InnerListContext context) => [.. context.expression().Select(Expression)];

    private ExpressionSyntax Pattern(VerilogGrammar.PatternContext context)
    {
        if (context.innerList() is not { } inner)
        {
            return new AssignmentPatternSyntax(null, [.. context.patternItem().Select(PatternItem)]) { Origin = At(context) };
        }

        var count = PatternItem(context.patternItem(0));
        if (count.Key is not null)
        {
            Report(VerilogDiagnostics.Syntax(Start(inner), "a replicated pattern has no key before its count"));
        }

        return new PatternReplicationSyntax(count.Value, Inner(inner)) { Origin = At(context) };
    }

    private PatternItemSyntax PatternItem(VerilogGrammar.PatternItemContext context) => new(
        context.DEFAULT() is { } word ? new DefaultKeySyntax { Origin = At(Token(word), Token(word)) }
            : context.expression(1) is not null ? Expression(context.expression(0)) : null,
        Expression(context.expression()[^1]))
    {
        Origin = At(context),
    };

    private EquatableArray<ArgumentSyntax> Arguments(VerilogGrammar.ArgumentsContext context)
    {
        var arguments = context.argument();
        return arguments is [{ ChildCount: 0 }] ? [] : [.. arguments.Select(a => new ArgumentSyntax(
            a.IDENTIFIER() is { } name ? Text(name) : null, a.expression() is { } value ? Expression(value) : null) { Origin = At(a) })];
    }

    private EquatableArray<ExpressionSyntax> Values(VerilogGrammar.ArgumentsContext context)
    {
        var values = new List<ExpressionSyntax>();
        foreach (var argument in Arguments(context))
        {
            if (argument is { Name: null, Value: { } value })
            {
                values.Add(value);
            }
            else
            {
                Report(VerilogDiagnostics.Syntax(Start(context), "a system function takes its arguments by position, none left out"));
            }
        }

        return [.. values];
    }

    private ExpressionSyntax Target(VerilogGrammar.TargetContext context)
    {
        var result = Selected(ScopedName(context.scopedName()), context, 1);
        if (result is CastSyntax or AssignmentPatternSyntax)
        {
            Report(VerilogDiagnostics.Syntax(Start(context), "a cast or a typed pattern cannot be assigned to"));
        }

        return result;
    }

    private ExpressionSyntax AnyTarget(VerilogGrammar.AnyTargetContext context) =>
        context.target() is { } target ? Target(target) : Concatenation(context.concatenation());
}
