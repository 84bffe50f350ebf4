using HwSeed.Hdl;
using HwSeed.Hdl.Netlists;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Sim.Cosimulation;

/// <summary>The signals that a differing port depends on, with the values that they have at the step of the difference.</summary>
internal static class Cone
{
    private const int Most = 24;

    public static EquatableArray<ConeSignal> Of(Simulator simulator, CosimTop top, int seed, CosimDifference difference)
    {
        var (stimulus, ours) = (new RandomStimulus(top, seed), new SteppedSimulator(simulator, top));
        var shown = new ulong[top.ComparedWords];
        for (var step = 0L; step <= difference.Step; step++)
        {
            ours.Step(stimulus.Next(), shown);
        }

        var name = difference.Port.Split('[')[0];
        var ports = top.Compared.First(p => p.Name == name).Names.Where(n => simulator.Netlist.TryFind(n, out _));
        return Walk(simulator.Netlist, ports)
            .Select(s => new ConeSignal(s.Net.Path, s.Depth, $"{simulator.Peek(s.Net.Path).Unsigned:x}", null, null)).ToEquatableArray();
    }

    private static List<(Net Net, int Depth)> Walk(Netlist netlist, IEnumerable<string> ports)
    {
        var values = netlist.Assignments.GroupBy(a => a.Target).ToDictionary(g => g.Key, g => g.Select(a => a.Value).ToList());
        var registers = netlist.Registers.ToDictionary(r => r.Target);
        var (seen, found, open) = (new HashSet<Net>(), new List<(Net, int)>(), new Queue<(Net Net, int Depth)>());
        foreach (var port in ports)
        {
            open.Enqueue((netlist.Top[port], 0));
        }

        while (open.TryDequeue(out var next) && found.Count < Most)
        {
            if (!seen.Add(next.Net))
            {
                continue;
            }

            found.Add(next);
            if (values.TryGetValue(next.Net, out var drivers))
            {
                drivers.ForEach(d => Enqueue(d.Scope, d.Expression, next.Depth + 1));
            }
            else if (registers.TryGetValue(next.Net, out var register))
            {
                Enqueue(register.Scope, register.Register.Next, next.Depth + 1);
            }
        }

        return found;

        void Enqueue(NetScope scope, Expression expression, int depth)
        {
            var visited = new HashSet<Expression>(ReferenceEqualityComparer.Instance);
            var stack = new Stack<Expression>([expression]);
            while (stack.TryPop(out var part))
            {
                if (visited.Add(part))
                {
                    if (part is Reference reference && scope.Names.Contains(reference.Name))
                    {
                        open.Enqueue((scope[reference.Name], depth));
                    }

                    foreach (var operand in ExpressionOperands.Of(part))
                    {
                        stack.Push(operand);
                    }
                }
            }
        }
    }
}
