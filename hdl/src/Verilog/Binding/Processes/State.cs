using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog.Binding.Expressions;

namespace HwSeed.Hdl.Verilog.Binding.Processes;

/// <summary>
/// What has been assigned on the way to a statement. A branch works on a state of its own above that of the statement
/// before the branch, and keeps only what it changes. Keys are cells, their next values, and the exits of regions.
/// </summary>
internal sealed class State(State? below, PathCondition path)
{
    private readonly Dictionary<object, Pieces> _changes = new(ReferenceEqualityComparer.Instance);

    /// <summary>When this branch is taken.</summary>
    public PathCondition Path { get; } = path;

    public IEnumerable<object> Changed => _changes.Keys;

    public Pieces? Find(object key)
    {
        for (var state = this; state is not null; state = state.Below)
        {
            if (state._changes.TryGetValue(key, out var pieces))
            {
                return pieces;
            }
        }

        return null;
    }

    /// <summary>What this branch itself gave to a key.</summary>
    public Pieces? Own(object key) => _changes.GetValueOrDefault(key);

    public void Set(object key, Pieces pieces) => _changes[key] = pieces;

    /// <summary>Forgets what this branch gave to a key.</summary>
    public void Clear(object key) => _changes.Remove(key);

    private State? Below { get; } = below;
}

/// <summary>The condition of a branch, made only when something asks for it.</summary>
internal sealed class PathCondition(PathCondition? outer, Func<ExpressionFactory, Expression>? condition)
{
    private Expression? _value;

    /// <summary>One bit: whether the branch is taken.</summary>
    public Expression Value(ExpressionFactory f) => _value ??=
        condition is null ? f.True
        : outer is null ? condition(f)
        : f.And(outer.Value(f), condition(f));
}
