using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog.Binding.Expressions;
using HwSeed.Hdl.Verilog.Binding.Names;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Binding.Processes;

/// <summary>Branches, and jumps out of regions: after a jump that is taken under a condition, the rest is executed under its opposite.</summary>
internal sealed partial class Execution
{
    private static readonly object LiveKey = new();

    /// <summary>One bit: whether no jump was taken on the way to here.</summary>
    private Expression Live
    {
        get => State.Find(LiveKey)?.All[0].Value ?? Factory.True;
        set => State.Set(LiveKey, new(value));
    }

    private static bool IsFalse(Expression e) => e is Constant { Value.Unsigned.IsZero: true };

    private static bool IsTrue(Expression e) => e is Constant { Width: 1 } c && c.Value.Unsigned.IsOne;

    /// <summary>Does something on a state of its own.</summary>
    private State Branch(Expression condition, Action action)
    {
        var before = State;
        State = new(before, new(before.Path, _ => condition));
        try
        {
            action();
            return State;
        }
        finally
        {
            State = before;
        }
    }

    /// <summary>Joins branches: the first whose condition is high, else the last.</summary>
    private void Join(IReadOnlyList<(Expression Condition, State Taken)> branches, State? otherwise)
    {
        var keys = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (var (_, state) in branches)
        {
            keys.UnionWith(state.Changed);
        }

        keys.UnionWith(otherwise?.Changed ?? []);
        foreach (var key in keys)
        {
            var before = ValuesOf(key);
            State.Set(key, Pieces.Choose(
                Factory, [.. branches.Select(b => (b.Condition, b.Taken.Own(key) ?? before))], otherwise?.Own(key) ?? before));
        }
    }

    private Pieces ValuesOf(object key) => key switch
    {
        Region => State.Find(key) ?? new(Factory.False),
        NextValue or Cell => Values(key),
        _ => State.Find(key) ?? new(Factory.True),
    };

    /// <summary>Does something where no jump was taken.</summary>
    private void WhileLive(Action action)
    {
        var live = Live;
        if (IsFalse(live))
        {
            return;
        }

        if (IsTrue(live))
        {
            action();
            return;
        }

        var taken = Branch(live, () =>
        {
            Live = Factory.True;
            action();
        });
        var after = taken.Own(LiveKey)!.All[0].Value;
        Join([(live, taken)], null);
        Live = Factory.And(live, after);
    }

    /// <summary>Leaves a region under a condition.</summary>
    private void Leave(Region region, Expression condition)
    {
        region.IsLeft = true;
        var live = Live;
        var before = State.Find(region)?.All[0].Value ?? Factory.False;
        State.Set(region, new(Factory.Or(before, Factory.And(live, condition))));
        Live = Factory.And(live, Factory.Not(condition));
    }

    /// <summary>Does something as a region that jumps may leave.</summary>
    private void Within(Region region, Action action)
    {
        _regions.Add(region);
        try
        {
            action();
        }
        finally
        {
            _regions.RemoveAt(_regions.Count - 1);
        }

        if (region.IsLeft)
        {
            Live = Factory.Or(Live, State.Find(region)?.All[0].Value ?? Factory.False);
            State.Clear(region);
        }
    }

    private void Jump(RegionKind kind, string? name, SyntaxNode where)
    {
        for (var i = _regions.Count - 1; i >= 0; i--)
        {
            var region = _regions[i];
            if (name is null ? region.Kind == kind : region.Name == name && region.Kind is RegionKind.Block or RegionKind.Routine && region.Name == name)
            {
                Leave(region, Factory.True);
                return;
            }

            // Jumps out of a function by 'break' are not possible.
            if (region.Kind == RegionKind.Routine && name is null)
            {
                break;
            }
        }

        throw new BindingException(BindingDiagnostics.NothingToLeave(name ?? kind.ToString().ToLowerInvariant(), where.Origin.Span));
    }
}
