using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog.Binding.Expressions;
using HwSeed.Hdl.Verilog.Binding.Names;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Binding.Hierarchy;

/// <summary>Gates: each is an assignment.</summary>
internal sealed class BodyGates(ModuleBody body)
{
    /// <summary>The gates of one item.</summary>
    public void Gates(GateInstantiationSyntax syntax, Scope scope)
    {
        if (syntax.Delay is not null)
        {
            body.Context.Report(BindingDiagnostics.DelayIgnored(syntax.Delay.Origin.Span));
        }

        foreach (var gate in syntax.Gates)
        {
            body.Try(() => Gate(syntax.Gate, gate, scope));
        }
    }

    private void Gate(string kind, GateSyntax gate, Scope scope)
    {
        if (gate.Dimensions.Count > 0)
        {
            Array(kind, gate, scope);
            return;
        }

        var (outputs, inputs) = Split(kind, gate);
        var x = body.Combinational();
        var f = body.Factory;
        var values = inputs.Select(t => f.Slice(body.Context.Expressions.Bind(t, scope).Self(x), 0, 1)).ToList();
        var (value, drives) = Function(kind, gate, values);
        foreach (var output in outputs)
        {
            var target = body.Context.Expressions.BindTarget(output, scope);
            body.Drive(target, f.Resize(value, target.Width, signed: false), drives is null ? null : f.Resize(drives, target.Width, signed: true), new(gate));
        }
    }

    /// <summary>Gates on the bits of vectors: a terminal of one bit goes to all of them.</summary>
    private void Array(string kind, GateSyntax gate, Scope scope)
    {
        var range = body.Context.Types.Range(gate.Dimensions[0], scope, isUnpacked: true);
        for (var i = 0; i < range.Count; i++)
        {
            var bit = i;
            Gate(kind, gate with
            {
                Dimensions = [],
                Terminals = gate.Terminals.Select(t => body.Context.Expressions.Bind(t, scope) is { Width: > 1 } b
                    ? new IndexSyntax(t, new NumberSyntax($"{LowIndex(b) + bit}")) { Origin = t.Origin }
                    : t).ToEquatableArray(),
            }, scope);
        }
    }

    private static int LowIndex(Bound bound) => bound.Type is Types.VectorType { Range: { } range } ? range.Low : 0;

    private static (IReadOnlyList<ExpressionSyntax> Outputs, IReadOnlyList<ExpressionSyntax> Inputs) Split(string kind, GateSyntax gate)
    {
        var terminals = gate.Terminals;
        var outputs = kind switch
        {
            "not" or "buf" => terminals.Count - 1,
            "pullup" or "pulldown" => terminals.Count,
            _ => 1,
        };
        var least = kind switch { "bufif0" or "bufif1" or "notif0" or "notif1" => 3, "pullup" or "pulldown" => 1, _ => 2 };
        return terminals.Count < least
            ? throw new BindingException(BindingDiagnostics.WrongArguments(kind, least, terminals.Count, gate.Origin.Span))
            : ([.. terminals.Take(outputs)], [.. terminals.Skip(outputs)]);
    }

    private (Expression Value, Expression? Drives) Function(string kind, GateSyntax gate, List<Expression> values)
    {
        var f = body.Factory;
        Expression Fold(Func<Expression, Expression, Expression> op) => values.Aggregate(op);
        return kind switch
        {
            "and" => (Fold(f.And), null),
            "nand" => (f.Not(Fold(f.And)), null),
            "or" => (Fold(f.Or), null),
            "nor" => (f.Not(Fold(f.Or)), null),
            "xor" => (Fold(f.Xor), null),
            "xnor" => (f.Not(Fold(f.Xor)), null),
            "buf" => (values[0], null),
            "not" => (f.Not(values[0]), null),
            "bufif1" => (values[0], values[1]),
            "bufif0" => (values[0], f.Not(values[1])),
            "notif1" => (f.Not(values[0]), values[1]),
            "notif0" => (f.Not(values[0]), f.Not(values[1])),
            _ => throw new BindingException(BindingDiagnostics.UnsupportedItem($"the gate '{kind}'", gate.Origin.Span)),
        };
    }
}
