using System.Runtime.CompilerServices;
using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog.Binding.Expressions;
using HwSeed.Hdl.Verilog.Binding.Names;
using QuikGraph;
using QuikGraph.Algorithms;

namespace HwSeed.Hdl.Verilog.Binding.Assembly;

/// <summary>
/// Cuts the wires of loops into bits. A carry chain in a vector looks like a loop as long as the vector counts as a
/// whole: bit by bit it is none. What is a loop of bits stays one, for others to report.
/// </summary>
internal static class LoopCutter
{
    private const int MostBits = 4_096;
    private static readonly ConditionalWeakTable<Module, Dictionary<string, HashSet<string>>> Paths = [];

    public static Module Cut(Module module, Namer names, ExpressionFactory f)
    {
        var graph = Graph(module);
        var components = new Dictionary<string, int>();
        graph.StronglyConnectedComponents(components);
        var looping = components.GroupBy(c => c.Value, c => c.Key)
            .Where(g => g.Skip(1).Any() || graph.ContainsEdge(g.First(), g.First()))
            .SelectMany(g => g).ToHashSet();
        if (looping.Count == 0)
        {
            return module;
        }

        var values = module.Wires.Select(w => (w.Name, w.Value)).Concat(module.Outputs.Select(o => (Name: o.Port, o.Value)))
            .Where(v => looping.Contains(v.Name) && v.Value.Width > 1).ToList();
        if (values.Count == 0 || values.Sum(v => v.Value.Width) > MostBits)
        {
            return module;
        }

        var bits = values.ToDictionary(
            v => v.Name,
            v => (IReadOnlyList<Expression>)[.. Enumerable.Range(0, v.Value.Width).Select(i => f.Reference(names.Fresh($"{v.Name}__{i}"), 1))]);
        Expression? Replace(Expression node) =>
            node is Reference r && bits.TryGetValue(r.Name, out var own) ? f.Concat([.. own.Reverse()]) : null;
        var rewrite = ExpressionWalk.Rewriter(f, Replace);
        var cutter = new BitCutter(f, bits, rewrite);
        var added = values.SelectMany(v => bits[v.Name].Select((b, i) => new Wire(((Reference)b).Name, cutter.Bit(v.Value, i)))).ToList();
        var changed = ModuleExpressions.Map(module, rewrite);
        var held = added.Where(w => ExpressionWalk.References([w.Value]).Any(r => r.Name == w.Name)).ToHashSet(ReferenceEqualityComparer.Instance);
        return changed with
        {
            Latches = [.. changed.Latches, .. added.Where(held.Contains).Select(w => new Latch(w.Name, w.Value))],
            Wires =
            [
                .. changed.Wires.Select(w => bits.TryGetValue(w.Name, out var own) ? w with { Value = f.Concat([.. own.Reverse()]) } : w),
                .. added.Where(w => !held.Contains(w)),
            ],
            Outputs = changed.Outputs.Select(o => bits.TryGetValue(o.Port, out var own) ? o with { Value = f.Concat([.. own.Reverse()]) } : o)
                .ToEquatableArray(),
        };
    }

    private static AdjacencyGraph<string, SEdge<string>> Graph(Module module)
    {
        // The graph itself would look for parallel edges one by one.
        var graph = new AdjacencyGraph<string, SEdge<string>>(allowParallelEdges: true);
        var edges = new HashSet<(string, string)>();
        void Join(Expression value, string to)
        {
            foreach (var reference in ExpressionWalk.References([value]))
            {
                if (edges.Add((reference.Name, to)))
                {
                    graph.AddVerticesAndEdge(new(reference.Name, to));
                }
            }
        }

        foreach (var wire in module.Wires)
        {
            Join(wire.Value, wire.Name);
        }

        foreach (var output in module.Outputs)
        {
            Join(output.Value, output.Port);
        }

        foreach (var instance in module.Instances)
        {
            var paths = Paths.GetValue(instance.Module, PortPaths);
            foreach (var output in instance.Outputs.Where(o => paths.ContainsKey(o.Port)))
            {
                foreach (var input in instance.Inputs.Where(i => paths[output.Port].Contains(i.Port)))
                {
                    Join(input.Value, output.Signal);
                }
            }
        }

        return graph;
    }

    /// <summary>The inputs from which a path without a register leads to each output.</summary>
    private static Dictionary<string, HashSet<string>> PortPaths(Module module)
    {
        var graph = Graph(module);
        var inputs = module.InputPorts.Select(p => p.Name).ToHashSet();
        var back = new Dictionary<string, List<string>>();
        foreach (var edge in graph.Edges)
        {
            (back.TryGetValue(edge.Target, out var list) ? list : back[edge.Target] = []).Add(edge.Source);
        }

        return module.OutputPorts.ToDictionary(o => o.Name, o =>
        {
            var reached = new HashSet<string> { o.Name };
            var open = new Stack<string>([o.Name]);
            while (open.TryPop(out var name))
            {
                foreach (var source in back.GetValueOrDefault(name) ?? [])
                {
                    if (reached.Add(source))
                    {
                        open.Push(source);
                    }
                }
            }

            reached.IntersectWith(inputs);
            return reached;
        });
    }
}

/// <summary>Single bits of values, through operators that work bit by bit.</summary>
internal sealed class BitCutter(ExpressionFactory f, IReadOnlyDictionary<string, IReadOnlyList<Expression>> bits, Func<Expression, Expression> rewrite)
{
    private readonly Dictionary<(Expression, int), Expression> _known = new(Comparer.Instance);

    public Expression Bit(Expression value, int bit)
    {
        if (!_known.TryGetValue((value, bit), out var known))
        {
            RuntimeHelpers.EnsureSufficientExecutionStack();
            _known[(value, bit)] = known = Make(value, bit);
        }

        return known;
    }

    private Expression Make(Expression value, int bit)
    {
        switch (value)
        {
            case Reference r when bits.TryGetValue(r.Name, out var own):
                return own[bit];
            case Unary { Operator: UnaryOperator.Not } u:
                return f.Not(Bit(u.Operand, bit));
            case Binary { Operator: BinaryOperator.And } b:
                return f.And(Bit(b.Left, bit), Bit(b.Right, bit));
            case Binary { Operator: BinaryOperator.Or } b:
                return f.Or(Bit(b.Left, bit), Bit(b.Right, bit));
            case Binary { Operator: BinaryOperator.Xor } b:
                return f.Xor(Bit(b.Left, bit), Bit(b.Right, bit));
            case Mux m:
                return f.Mux(rewrite(m.Condition), Bit(m.WhenTrue, bit), Bit(m.WhenFalse, bit));
            case Slice s:
                return Bit(s.Operand, s.Low + bit);
            case Extend e:
                return bit < e.Operand.Width ? Bit(e.Operand, bit) : e.Signed ? Bit(e.Operand, e.Operand.Width - 1) : f.False;
            case Concat c:
                var top = c.Width;
                foreach (var part in c.Parts)
                {
                    top -= part.Width;
                    if (bit >= top)
                    {
                        return Bit(part, bit - top);
                    }
                }

                break;
        }

        return f.Slice(rewrite(value), bit, 1);
    }

    private sealed class Comparer : IEqualityComparer<(Expression, int)>
    {
        public static readonly Comparer Instance = new();

        public bool Equals((Expression, int) x, (Expression, int) y) => ReferenceEquals(x.Item1, y.Item1) && x.Item2 == y.Item2;

        public int GetHashCode((Expression, int) obj) => HashCode.Combine(RuntimeHelpers.GetHashCode(obj.Item1), obj.Item2);
    }
}
