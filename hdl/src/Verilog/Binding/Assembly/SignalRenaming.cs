using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog.Binding.Expressions;

namespace HwSeed.Hdl.Verilog.Binding.Assembly;

/// <summary>Puts other values in place of references everywhere in a module.</summary>
/// <param name="f">Makes the new values.</param>
/// <param name="renamed">The value by the reference, as an object; values may read renamed signals themselves.</param>
internal sealed class SignalRenaming(ExpressionFactory f, IReadOnlyDictionary<Expression, Expression> renamed)
{
    private const int MostPasses = 64;

    /// <summary>The module with every expression rewritten.</summary>
    public Module Rename(Module module)
    {
        if (renamed.Count == 0)
        {
            return module;
        }

        var resolved = new Dictionary<Expression, Expression>(renamed, ReferenceEqualityComparer.Instance);
        for (var pass = 0; pass < MostPasses; pass++)
        {
            var rewrite = ExpressionWalk.Rewriter(f, node => node is Reference ? resolved.GetValueOrDefault(node) : null);
            var isChanged = false;
            foreach (var key in resolved.Keys.ToList())
            {
                var value = rewrite(resolved[key]);
                isChanged |= !ReferenceEquals(value, resolved[key]);
                resolved[key] = value;
            }

            if (!isChanged)
            {
                break;
            }
        }

        return ModuleExpressions.Map(module, ExpressionWalk.Rewriter(f, node => node is Reference ? resolved.GetValueOrDefault(node) : null));
    }
}

/// <summary>The expressions of a module.</summary>
internal static class ModuleExpressions
{
    /// <summary>All of them.</summary>
    public static IEnumerable<Expression> All(Module m) =>
        m.Wires.Select(w => w.Value)
            .Concat(m.Registers.SelectMany(r => new[] { r.Next, r.Enable, r.Reset }).OfType<Expression>())
            .Concat(m.Latches.Select(l => l.Value))
            .Concat(m.Memories.SelectMany(x => x.Writes).SelectMany(w => new[] { w.Enable, w.Address, w.Data, w.Mask }).OfType<Expression>())
            .Concat(m.Instances.SelectMany(i => i.Inputs).Select(i => i.Value))
            .Concat(m.Outputs.Select(o => o.Value))
            .Concat(m.CoverPoints.Select(c => c.Condition));

    /// <summary>The module with each of them changed.</summary>
    public static Module Map(Module m, Func<Expression, Expression> change)
    {
        Expression? Maybe(Expression? e) => e is null ? null : change(e);
        return m with
        {
            Wires = m.Wires.Select(w => w with { Value = change(w.Value) }).ToEquatableArray(),
            Registers = m.Registers.Select(r => r with { Next = change(r.Next), Enable = Maybe(r.Enable), Reset = Maybe(r.Reset) }).ToEquatableArray(),
            Latches = m.Latches.Select(l => l with { Value = change(l.Value) }).ToEquatableArray(),
            Memories = m.Memories.Select(x => x with
            {
                Writes = x.Writes.Select(w => w with
                {
                    Enable = change(w.Enable),
                    Address = change(w.Address),
                    Data = change(w.Data),
                    Mask = Maybe(w.Mask),
                }).ToEquatableArray(),
            }).ToEquatableArray(),
            Instances = m.Instances.Select(i => i with
            {
                Inputs = i.Inputs.Select(c => c with { Value = change(c.Value) }).ToEquatableArray(),
            }).ToEquatableArray(),
            Outputs = m.Outputs.Select(o => o with { Value = change(o.Value) }).ToEquatableArray(),
            CoverPoints = m.CoverPoints.Select(c => c with { Condition = change(c.Condition) }).ToEquatableArray(),
        };
    }
}
