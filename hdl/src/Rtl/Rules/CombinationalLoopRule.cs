using HwSeed.Hdl.Diagnostics;
using QuikGraph;
using QuikGraph.Algorithms;

namespace HwSeed.Hdl.Rtl;

/// <summary>
/// HW1025: no value depends on itself without a register between. Each module is a graph of its signals and of the
/// input pins of its instances; an instance joins a pin only with the outputs that depend on it inside, so a path
/// through a child is seen and a register in the child breaks it.
/// </summary>
internal static class CombinationalLoopRule
{
    public static IEnumerable<Diagnostic> Check(Design design)
    {
        var reaches = new Dictionary<string, ILookup<string, string>>();
        foreach (var module in design.ModulesBottomUp())
        {
            var graph = Dependencies(module, reaches);
            foreach (var loop in Loops(graph))
            {
                yield return RtlDiagnostics.Loop(module.Name, loop);
            }

            reaches[module.Name] = PortPaths(module, graph);
        }
    }

    /// <summary>An edge from each signal to each that is computed from it in the same cycle.</summary>
    private static AdjacencyGraph<string, SEdge<string>> Dependencies(
        Module module, Dictionary<string, ILookup<string, string>> reaches)
    {
        var graph = new AdjacencyGraph<string, SEdge<string>>(allowParallelEdges: false);
        foreach (var wire in module.Wires)
        {
            Join(wire.Value, wire.Name);
        }

        foreach (var latch in module.Latches)
        {
            // Its own name is the value that it held before.
            Join(latch.Value, latch.Name, held: latch.Name);
        }

        foreach (var instance in module.Instances)
        {
            var signals = instance.Outputs.ToLookup(o => o.Port, o => o.Signal);
            foreach (var input in instance.Inputs)
            {
                var pin = $"{instance.Name}.{input.Port}";
                Join(input.Value, pin);
                foreach (var signal in reaches[instance.Module.Name][input.Port].SelectMany(output => signals[output]))
                {
                    graph.AddVerticesAndEdge(new(pin, signal));
                }
            }
        }

        var outputs = module.OutputPorts.Select(p => p.Name).ToHashSet();
        foreach (var output in module.Outputs.Where(o => outputs.Contains(o.Port)))
        {
            Join(output.Value, output.Port);
        }

        return graph;

        void Join(Expression value, string to, string? held = null)
        {
            foreach (var reference in ExpressionTree.References(value).Where(r => r.Name != held))
            {
                graph.AddVerticesAndEdge(new(reference.Name, to));
            }
        }
    }

    /// <summary>The output ports that each input port reaches.</summary>
    private static ILookup<string, string> PortPaths(Module module, AdjacencyGraph<string, SEdge<string>> graph)
    {
        var outputs = module.OutputPorts.Select(p => p.Name).ToHashSet();
        return module.InputPorts
            .SelectMany(i => Reached(graph, i.Name).Where(outputs.Contains).Select(o => (Input: i.Name, Output: o)))
            .ToLookup(p => p.Input, p => p.Output);
    }

    private static HashSet<string> Reached(AdjacencyGraph<string, SEdge<string>> graph, string start)
    {
        var reached = new HashSet<string>();
        var waiting = new Stack<string>([start]);
        while (waiting.TryPop(out var from))
        {
            if (!graph.TryGetOutEdges(from, out var edges))
            {
                continue;
            }

            foreach (var edge in edges.Where(e => reached.Add(e.Target)))
            {
                waiting.Push(edge.Target);
            }
        }

        return reached;
    }

    /// <summary>A shortest loop of each strongly connected component, from its first name and back.</summary>
    private static IEnumerable<IReadOnlyList<string>> Loops(AdjacencyGraph<string, SEdge<string>> graph)
    {
        var components = new Dictionary<string, int>();
        graph.StronglyConnectedComponents(components);
        return components.GroupBy(c => c.Value, c => c.Key)
            .Select(members => members.ToHashSet())
            .Where(members => members.Count > 1 || graph.ContainsEdge(members.First(), members.First()))
            .Select(members => Cycle(graph, members))
            .OrderBy(loop => loop[0], StringComparer.Ordinal);
    }

    private static List<string> Cycle(AdjacencyGraph<string, SEdge<string>> graph, HashSet<string> members)
    {
        var start = members.Min(StringComparer.Ordinal)!;
        var cameFrom = new Dictionary<string, string>();
        var waiting = new Queue<string>([start]);
        while (!cameFrom.ContainsKey(start))
        {
            var from = waiting.Dequeue();
            foreach (var edge in graph.OutEdges(from).Where(e => members.Contains(e.Target)))
            {
                if (cameFrom.TryAdd(edge.Target, from))
                {
                    waiting.Enqueue(edge.Target);
                }
            }
        }

        var path = new List<string> { start };
        do
        {
            path.Add(cameFrom[path[^1]]);
        }
        while (path[^1] != start);
        path.Reverse();
        return path;
    }
}
