using HwSeed.Hdl.Netlists;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Sim.Cosimulation;

/// <summary>What a net takes its value from.</summary>
/// <param name="netlist">The design.</param>
internal sealed class FanIn(Netlist netlist)
{
    private readonly Dictionary<Net, List<ScopedExpression>> _values =
        netlist.Assignments.GroupBy(a => a.Target).ToDictionary(g => g.Key, g => g.Select(a => a.Value).ToList());

    private readonly Dictionary<Net, NetRegister> _registers = netlist.Registers.ToDictionary(r => r.Target);

    private readonly Dictionary<Net, NetMemory> _readers =
        netlist.Memories.SelectMany(m => m.Reads, (m, r) => (m, r)).ToDictionary(p => p.r, p => p.m);

    private readonly ILookup<NetScope, NetMemory> _memories = netlist.Memories.ToLookup(m => m.Scope);

    private readonly References _references = new();

    /// <summary>The nets that a net follows at the same time.</summary>
    public IEnumerable<Net> Now(Net net) => _values.TryGetValue(net, out var values) ? values.SelectMany(v => Nets(v.Expression, v.Scope)).Distinct() : [];

    /// <summary>The nets whose earlier values made what a net holds, or what it reads from a memory.</summary>
    public IEnumerable<Net> Before(Net net)
    {
        if (_registers.TryGetValue(net, out var register))
        {
            var parts = new[] { register.Register.Next, register.Register.Enable, register.Register.Reset };
            return parts.OfType<Expression>().SelectMany(e => Nets(e, register.Scope).Concat(Written(e, register.Scope))).Distinct();
        }

        if (_readers.TryGetValue(net, out var memory))
        {
            return memory.Memory.Reads.SelectMany(r => r.Enable is null ? [r.Address] : new[] { r.Address, r.Enable })
                .SelectMany(e => Nets(e, memory.Scope)).Concat(Writes(memory)).Distinct();
        }

        return _values.TryGetValue(net, out var values) ? values.SelectMany(v => Written(v.Expression, v.Scope)).Distinct() : [];
    }

    private IEnumerable<Net> Nets(Expression expression, NetScope scope) =>
        _references.Of(expression).Select(n => scope.TryFind(n, out var net) ? net : null).OfType<Net>();

    private IEnumerable<Net> Written(Expression expression, NetScope scope) => _references.MemoriesOf(expression)
        .SelectMany(name => _memories.SelectMany(g => g).Where(m => m.Memory.Name == name && m.Scope.Path == scope.Path)).SelectMany(Writes);

    private IEnumerable<Net> Writes(NetMemory memory) => memory.Memory.Writes
        .SelectMany(w => w.Mask is null ? [w.Enable, w.Address, w.Data] : new[] { w.Enable, w.Address, w.Data, w.Mask })
        .SelectMany(e => Nets(e, memory.Scope));
}
