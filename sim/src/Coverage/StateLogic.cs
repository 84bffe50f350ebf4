using System.Numerics;
using HwSeed.Hdl.Netlists;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Sim.Coverage;

/// <summary>The logic before a register, read through the wires of its module, in an order in which operands come first.</summary>
internal sealed class StateLogic
{
    private readonly Dictionary<string, Expression> _named;
    private readonly Register _register;
    private readonly List<Expression> _order = [];
    private readonly Expression _root;
    private Expression? _inner;

    private StateLogic(Module module, Register register)
    {
        _register = register;
        _named = module.Wires.ToDictionary(w => w.Name, w => w.Value);
        foreach (var output in module.Outputs)
        {
            _named.TryAdd(output.Port, output.Value);
        }

        _root = register.Next;
    }

    /// <summary>The logic of a register; null when it is larger than a limit of nodes.</summary>
    public static StateLogic? Of(Module module, Register register, int limit)
    {
        var logic = new StateLogic(module, register);
        return logic.Sort(limit) ? logic : null;
    }

    /// <summary>The constants at the ends of the multiplexers; null when something else is there.</summary>
    public IReadOnlySet<BigInteger>? Leaves()
    {
        var values = Values(state: null);
        return Ends(_root, values);
    }

    /// <summary>Whether some multiplexer on the way is decided by the register's own value.</summary>
    public bool DecidesByItself()
    {
        var reads = Readers();
        return Choices(_root).Any(m => reads.Contains(m.Condition));
    }

    /// <summary>The values that can follow a state. Of outermost tests that do not read the state, a reset, only the way on counts.</summary>
    public IReadOnlySet<BigInteger> NextOf(BigInteger state)
    {
        var values = Values(new BitVector(state, _register.Width));
        return Ends(_inner ??= WithoutReset(), values) ?? new HashSet<BigInteger>();
    }

    // All nodes that depend on the register.
    private HashSet<Expression> Readers()
    {
        var reads = new HashSet<Expression>(ReferenceEqualityComparer.Instance);
        foreach (var node in _order.Where(n => IsItself(n) || Operands(n).Any(reads.Contains)))
        {
            reads.Add(node);
        }

        return reads;
    }

    private Expression WithoutReset()
    {
        var reads = Readers();
        var root = Follow(_root);
        while (root is Mux mux && !reads.Contains(mux.Condition))
        {
            var (yes, no) = (Follow(mux.WhenTrue), Follow(mux.WhenFalse));
            if (yes is Constant && no is Mux)
            {
                root = no;
            }
            else if (no is Constant && yes is Mux)
            {
                root = yes;
            }
            else
            {
                break;
            }
        }

        return root;
    }

    // Known values of all nodes when the register has a value, or always when it is null; unknown nodes are left out.
    private Dictionary<Expression, BitVector> Values(BitVector? state)
    {
        var known = new Dictionary<Expression, BitVector>(ReferenceEqualityComparer.Instance);
        foreach (var node in _order)
        {
            var value = IsItself(node) ? state : PartialValue.Of(node, Target(node) is { } target ? [target] : Operands(node), known);
            if (value is { } found)
            {
                known[node] = found;
            }
        }

        return known;
    }

    private HashSet<BigInteger>? Ends(Expression root, Dictionary<Expression, BitVector> values)
    {
        var (ends, seen) = (new HashSet<BigInteger>(), new HashSet<Expression>(ReferenceEqualityComparer.Instance));
        var open = new Stack<Expression>([root]);
        while (open.TryPop(out var node))
        {
            if (!seen.Add(node))
            {
                continue;
            }

            if (values.TryGetValue(node, out var value))
            {
                ends.Add(value.Unsigned);
            }
            else if (node is Mux mux)
            {
                if (values.TryGetValue(mux.Condition, out var condition))
                {
                    open.Push(condition.Unsigned.IsZero ? mux.WhenFalse : mux.WhenTrue);
                }
                else
                {
                    open.Push(mux.WhenTrue);
                    open.Push(mux.WhenFalse);
                }
            }
            else if (Target(node) is { } target)
            {
                open.Push(target);
            }
            else if (!IsItself(node))
            {
                return null;
            }
        }

        return ends;
    }

    private IEnumerable<Mux> Choices(Expression root)
    {
        var seen = new HashSet<Expression>(ReferenceEqualityComparer.Instance);
        var open = new Stack<Expression>([root]);
        while (open.TryPop(out var node))
        {
            if (seen.Add(node) && node is Mux mux)
            {
                yield return mux;
                open.Push(mux.WhenTrue);
                open.Push(mux.WhenFalse);
            }
            else if (Target(node) is { } target)
            {
                open.Push(target);
            }
        }
    }

    private bool Sort(int limit)
    {
        var done = new HashSet<Expression>(ReferenceEqualityComparer.Instance);
        var open = new Stack<Expression>([_root]);
        var entered = new HashSet<Expression>(ReferenceEqualityComparer.Instance);
        while (open.TryPeek(out var node))
        {
            if (done.Contains(node))
            {
                open.Pop();
                continue;
            }

            // A node that comes up a second time has its operands behind it; a loop of wires ends here as well.
            if (!entered.Add(node))
            {
                done.Add(open.Pop());
                _order.Add(node);
                continue;
            }

            if (entered.Count > limit)
            {
                return false;
            }

            foreach (var operand in Operands(node).Where(o => !entered.Contains(o)))
            {
                open.Push(operand);
            }
        }

        return true;
    }

    private bool IsItself(Expression node) => node is Reference reference && reference.Name == _register.Name;

    private Expression Follow(Expression node)
    {
        while (Target(node) is { } target)
        {
            node = target;
        }

        return node;
    }

    private Expression? Target(Expression node) =>
        node is Reference reference && !IsItself(node) ? _named.GetValueOrDefault(reference.Name) : null;

    private IReadOnlyList<Expression> Operands(Expression node) =>
        Target(node) is { } target ? [target] : ExpressionOperands.Of(node);
}
