using System.Diagnostics;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Printing;

internal sealed partial class SyntaxText
{
    public void Expression(ExpressionSyntax expression)
    {
        switch (expression)
        {
            case NumberSyntax number:
                Write(number.Text);
                break;
            case RealSyntax real:
                Write(real.Text);
                break;
            case FillSyntax fill:
                Write($"'{fill.Digit}");
                break;
            case StringSyntax text:
                Write($"\"{text.Text}\"");
                break;
            case NameSyntax name:
                Name(name.Name);
                break;
            case ScopedNameSyntax scoped:
                Scope(scoped.Package, scoped.Name);
                break;
            case MemberSyntax member:
                Expression(member.Operand);
                Write(".").Name(member.Name);
                break;
            case IndexSyntax index:
                Expression(index.Operand);
                Write("[").Expression(index.Index);
                Write("]");
                break;
            case PartSelectSyntax part:
                Expression(part.Operand);
                Write("[").Expression(part.Left);
                Write(part.Operator == ":" ? ":" : $" {part.Operator} ").Expression(part.Right);
                Write("]");
                break;
            case UnarySyntax unary:
                // '& &a' and '~ &a' are not '&&a' and '~&a'.
                Write(unary.Operator).Write(unary.Operand is UnarySyntax ? " " : "").Expression(unary.Operand);
                break;
            case BinarySyntax binary:
                Binary(binary);
                break;
            case ConditionalSyntax choice:
                Expression(choice.Condition);
                Write(" ? ").Expression(choice.WhenTrue);
                Write(" : ").Expression(choice.WhenFalse);
                break;
            case ParenthesisSyntax parenthesis:
                Write("(").Expression(parenthesis.Operand);
                Write(")");
                break;
            case ConcatenationSyntax concatenation:
                Write("{").Expressions(concatenation.Parts);
                Write("}");
                break;
            case ReplicationSyntax replication:
                Write("{").Expression(replication.Count);
                Write("{").Expressions(replication.Parts);
                Write("}}");
                break;
            case StreamSyntax stream:
                Write($"{{{stream.Operator} ");
                if (stream.Slice is not null)
                {
                    Expression(stream.Slice);
                    Write(" ");
                }

                Write("{").Expressions(stream.Parts);
                Write("}}");
                break;
            case InsideSyntax inside:
                Expression(inside.Operand);
                Write(" inside {").Expressions(inside.Items);
                Write("}");
                break;
            case ValueRangeSyntax range:
                Write("[").Bound(range.Low);
                Write(":").Bound(range.High);
                Write("]");
                break;
            default:
                CallOrType(expression);
                break;
        }
    }

    private void CallOrType(ExpressionSyntax expression)
    {
        switch (expression)
        {
            case CallSyntax call:
                Expression(call.Function);
                Write("(").Arguments(call.Arguments);
                Write(")");
                break;
            case SystemCallSyntax call:
                Write(call.Name);
                if (call.Arguments.Count > 0)
                {
                    Write("(").Expressions(call.Arguments);
                    Write(")");
                }

                break;
            case TypeExpressionSyntax type:
                Type(type.Type);
                break;
            case CastSyntax cast:
                Expression(cast.Target);
                Write("'(").Expression(cast.Operand);
                Write(")");
                break;
            case SignCastSyntax cast:
                Write(cast.Signed ? "signed'(" : "unsigned'(").Expression(cast.Operand);
                Write(")");
                break;
            case AssignmentPatternSyntax pattern:
                if (pattern.Type is not null)
                {
                    Expression(pattern.Type);
                }

                Write("'{").Separated(pattern.Items, i =>
                {
                    if (i.Key is not null)
                    {
                        Expression(i.Key);
                        Write(": ");
                    }

                    Expression(i.Value);
                });
                Write("}");
                break;
            case PatternReplicationSyntax pattern:
                Write("'{").Expression(pattern.Count);
                Write("{").Expressions(pattern.Items);
                Write("}}");
                break;
            case DefaultKeySyntax:
                Write("default");
                break;
            case MinTypMaxSyntax values:
                Expression(values.Minimum);
                Write(":").Expression(values.Typical);
                Write(":").Expression(values.Maximum);
                break;
            case DelayValuesSyntax values:
                Write("(").Expressions(values.Values);
                Write(")");
                break;
            default:
                throw new UnreachableException($"expression {expression.GetType().Name}");
        }
    }

    // A long chain of operators is deep to the left.
    private void Binary(BinarySyntax binary)
    {
        var chain = new Stack<BinarySyntax>();
        ExpressionSyntax first = binary;
        while (first is BinarySyntax inner)
        {
            chain.Push(inner);
            first = inner.Left;
        }

        Expression(first);
        foreach (var inner in chain)
        {
            Write($" {inner.Operator} ").Expression(inner.Right);
        }
    }

    private void Bound(ExpressionSyntax? bound)
    {
        if (bound is null)
        {
            Write("$");
        }
        else
        {
            Expression(bound);
        }
    }

    private void Expressions(EquatableArray<ExpressionSyntax> expressions) => Separated(expressions, Expression);

    private void Arguments(EquatableArray<ArgumentSyntax> arguments) => Separated(arguments, a =>
    {
        if (a.Name is not null)
        {
            Write(".").Name(a.Name);
            Write("(");
        }

        if (a.Value is not null)
        {
            Expression(a.Value);
        }

        Write(a.Name is null ? "" : ")");
    });

    private void Scope(string? package, string name)
    {
        if (package is not null)
        {
            if (package == "$unit")
            {
                Write(package);
            }
            else
            {
                Name(package);
            }

            Write("::");
        }

        Name(name);
    }

    private void Delay(ExpressionSyntax? delay)
    {
        if (delay is not null)
        {
            Write("#").Expression(delay);
            Write(" ");
        }
    }
}
