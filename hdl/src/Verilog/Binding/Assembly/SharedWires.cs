using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog.Binding.Expressions;
using HwSeed.Hdl.Verilog.Binding.Names;

namespace HwSeed.Hdl.Verilog.Binding.Assembly;

/// <summary>
/// Names the values that a module uses more than once, so that its expressions are trees, and cuts trees that are very
/// deep. A value that is a wire of the source anyway goes by that name.
/// </summary>
internal static class SharedWires
{
    private const int MostDepth = 100;

    public static Module Name(Module module, Namer names, ExpressionFactory f)
    {
        var roots = ModuleExpressions.All(module).ToList();
        var nodes = ExpressionWalk.Nodes(roots);
        var uses = new Dictionary<Expression, int>(ReferenceEqualityComparer.Instance);
        foreach (var used in nodes.SelectMany(ExpressionTree.Children).Concat(roots))
        {
            uses[used] = uses.GetValueOrDefault(used) + 1;
        }

        var named = new Dictionary<Expression, Expression>(ReferenceEqualityComparer.Instance);
        foreach (var wire in module.Wires)
        {
            named.TryAdd(wire.Value, f.Reference(wire.Name, wire.Width));
        }

        foreach (var output in module.Outputs)
        {
            named.TryAdd(output.Value, f.Reference(output.Port, output.Value.Width));
        }

        // What stands for a node where it is an operand, and the node itself with its operands replaced.
        var operand = new Dictionary<Expression, Expression>(ReferenceEqualityComparer.Instance);
        var itself = new Dictionary<Expression, Expression>(ReferenceEqualityComparer.Instance);
        var depth = new Dictionary<Expression, int>(ReferenceEqualityComparer.Instance);
        var wires = new List<Wire>();
        foreach (var node in nodes)
        {
            var children = ExpressionTree.Children(node);
            var made = children.Count == 0 ? node : With(node, children, operand);
            var level = children.Count == 0 ? 0 : children.Max(c => depth[c]) + 1;
            itself[node] = made;
            depth[node] = level;
            if (children.Count == 0)
            {
                operand[node] = node;
            }
            else if (named.TryGetValue(node, out var name))
            {
                (operand[node], depth[node]) = (name, 0);
            }
            else if ((uses[node] > 1 && !IsTrivial(node)) || level >= MostDepth)
            {
                var wire = new Wire(names.Fresh("_w"), made);
                wires.Add(wire);
                (operand[node], depth[node]) = (f.Reference(wire.Name, wire.Width), 0);
            }
            else
            {
                operand[node] = made;
            }
        }

        var first = new HashSet<Expression>(ReferenceEqualityComparer.Instance);
        Expression Named(Expression value, string ownName) =>
            named.TryGetValue(value, out var name) && name is Reference r && r.Name == ownName && value is not (Reference or Constant) && first.Add(value)
                ? itself[value]
                : operand[value];
        var wiresNow = module.Wires.Select(w => w with { Value = Named(w.Value, w.Name) }).ToList();
        var outputs = module.Outputs.Select(o => o with { Value = Named(o.Value, o.Port) }).ToEquatableArray();
        var rest = ModuleExpressions.Map(module with { Wires = [], Outputs = [] }, e => operand[e]);
        return rest with { Wires = [.. wiresNow, .. wires], Outputs = outputs };
    }

    /// <summary>Costs nothing, or no more than the name would.</summary>
    private static bool IsTrivial(Expression node) => node switch
    {
        Slice { Operand: Reference } => true,
        Extend { Operand: Reference or Slice { Operand: Reference } } => true,
        Unary { Operator: UnaryOperator.Not, Operand: Reference } => true,
        _ => false,
    };

    private static Expression With(Expression node, IReadOnlyList<Expression> children, Dictionary<Expression, Expression> operand)
    {
        var isSame = true;
        for (var i = 0; i < children.Count; i++)
        {
            isSame &= ReferenceEquals(operand[children[i]], children[i]);
        }

        Expression Of(int index) => operand[children[index]];

        // No folding here: names must stay where they were put.
        return isSame ? node : node switch
        {
            Unary u => u with { Operand = Of(0) },
            Binary b => b with { Left = Of(0), Right = Of(1) },
            Mux => new Mux(Of(0), Of(1), Of(2)),
            Slice s => s with { Operand = Of(0) },
            Concat => new Concat(children.Select(c => operand[c]).ToEquatableArray()),
            Extend e => e with { Operand = Of(0) },
            MemoryWord m => m with { Address = Of(0) },
            _ => node,
        };
    }
}
