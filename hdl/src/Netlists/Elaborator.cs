using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Netlists;

/// <summary>Makes a netlist: first every net of every instance, then what drives them, then the order.</summary>
/// <param name="design">The design.</param>
/// <param name="holding">Indices of combinational nets that hold their values like latches, because they are on loops.</param>
internal sealed class Elaborator(Design design, IReadOnlySet<int> holding)
{
    private readonly List<NetScope> _scopes = [];
    private readonly List<Net> _nets = [];
    private readonly List<NetRegister> _registers = [];
    private readonly List<NetMemory> _memories = [];
    private readonly List<(Net Target, Latch Latch, int Scope)> _latches = [];
    private readonly List<Diagnostic> _diagnostics = [];
    private readonly References _references = new();
    private IReadOnlyList<int> _wholeOf = [];
    private Net? _clock;

    // The driver of each net by index; null for inputs of the top, for state, and while not yet driven.
    private readonly List<ScopedExpression?> _drivers = [];

    /// <summary>The netlist. Loops that Verilog may have become nets that hold.</summary>
    public static Checked<Netlist> Run(Design design)
    {
        var holding = new HashSet<int>();
        while (true)
        {
            var elaborator = new Elaborator(design, holding);
            var netlist = elaborator.Run(out var more);
            if (more.Count == 0)
            {
                return netlist;
            }

            holding.UnionWith(more);
        }
    }

    private Checked<Netlist> Run(out IReadOnlyCollection<int> more)
    {
        more = [];
        if (!Connect())
        {
            return Checked.Fail<Netlist>(_diagnostics);
        }

        var named = _nets.Count;
        var whole = _drivers.ToList();
        var (levels, loops, cut) = Level();
        if (loops.FirstOrDefault(l => !IsOfVerilog(l)) is { } refused)
        {
            return Checked.Fail<Netlist>(NetlistDiagnostics.Loop([.. levels.PathOf(refused).Select(n => n.Path)]));
        }

        if (loops.Count > 0)
        {
            more = ToHold(loops.SelectMany(l => l).Select(i => i < named ? i : _wholeOf[i - named]).ToHashSet(), whole);
            return Checked.Fail<Netlist>(NetlistDiagnostics.Loop([.. levels.PathOf(loops[0]).Select(n => n.Path)]));
        }

        return Checked.Ok(new Netlist(
            design, _scopes, _nets[..named], _nets[named..], levels.Order(), _registers,
            [.. InOrder().Select(l => new NetLatch(l.Target, l.Latch, cut.Contains(l.Target)))], _memories, _clock));
    }

    // Latches, then nets that hold: instance by instance, the ports of each before its wires.
    private IEnumerable<(Net Target, Latch Latch)> InOrder()
    {
        var ports = _scopes.SelectMany(s => s.Module.OutputPorts.Select(p => s[p.Name])).ToHashSet();
        return _latches.OrderBy(l => holding.Contains(l.Target.Index) ? l.Scope : -1).ThenBy(l => ports.Contains(l.Target) ? 0 : 1)
            .Select(l => (l.Target, l.Latch));
    }

    // A loop through a module of the hardware language is a mistake there, also where it leads through Verilog.
    private bool IsOfVerilog(HashSet<int> loop) => loop.All(i => !_drivers[i]!.Scope.Module.HasImplicitClock);

    // Every gate of a loop holds, so that each takes one round; wires that only pass a value on take none.
    private static List<int> ToHold(HashSet<int> looping, List<ScopedExpression?> drivers)
    {
        var gates = looping.Where(i => drivers[i]!.Expression is not Reference).ToList();
        return gates.Count > 0 ? gates : [.. looping];
    }

    /// <summary>Every loop as the nets on it; empty also for a design that is not whole.</summary>
    public static IReadOnlyList<IReadOnlyList<Net>> FindLoops(Design design)
    {
        var elaborator = new Elaborator(design, new HashSet<int>());
        if (!elaborator.Connect())
        {
            return [];
        }

        var (levels, loops, _) = elaborator.Level();
        return [.. loops.Select(levels.PathOf)];
    }

    private bool Connect()
    {
        Declare(design.Top, "", isTop: true);
        if (_diagnostics.Count == 0)
        {
            CheckNames();
        }

        if (_diagnostics.Count == 0)
        {
            ResolveEdges();
        }

        return _diagnostics.Count == 0;
    }

    private (Levels Levels, IReadOnlyList<HashSet<int>> Loops, HashSet<Net> Cut) Level()
    {
        var cut = new HashSet<Net>();
        var levels = new Levels(_nets, _drivers, _references, cut);
        var loops = levels.Loops();
        if (loops.Count > 0)
        {
            cut.UnionWith(loops.SelectMany(l => l).Select(i => _nets[i]).Where(n => n.Kind == NetKind.Latch));
            loops = new Levels(_nets, _drivers, _references, cut).Loops();
            var split = new FalseLoops(_nets, _drivers, loops.SelectMany(l => l));
            split.Split();
            _wholeOf = split.WholeOf;
            levels = new(_nets, _drivers, _references, cut);
            loops = levels.Loops();
        }

        return (levels, loops, cut);
    }

    private NetScope Declare(Module module, string path, bool isTop)
    {
        var scope = new NetScope(path, module);
        _scopes.Add(scope);
        foreach (var port in module.InputPorts)
        {
            AddNet(scope, port.Name, port.Width, isTop ? NetKind.Input : NetKind.Combinational);
        }

        if (isTop && design.ModulesBottomUp().Any(m => m.HasImplicitClock && ReadsClock(m)))
        {
            _clock = AddNet(scope, Module.ImplicitClock.Name, 1, NetKind.Input);
        }
        else if (module.HasImplicitClock && _clock is not null)
        {
            scope.Add(Module.ImplicitClock.Name, _clock);
        }

        foreach (var wire in module.Wires)
        {
            Drive(AddNet(scope, wire.Name, wire.Width, NetKind.Combinational), wire.Value, scope);
        }

        foreach (var register in module.Registers)
        {
            var net = AddNet(scope, register.Name, register.Width, NetKind.Register);
            _registers.Add(new(net, register, scope));
        }

        foreach (var latch in module.Latches)
        {
            var net = AddNet(scope, latch.Name, latch.Width, NetKind.Latch);
            Drive(net, latch.Value, scope.Holding(net));
            _latches.Add((net, latch, _scopes.Count));
        }

        foreach (var memory in module.Memories)
        {
            var reads = memory.Reads.Select(r => AddNet(scope, r.Name, memory.Width, NetKind.ReadPort)).ToEquatableArray();
            _memories.Add(new(scope.PathOf(memory.Name), memory, reads, scope));
        }

        foreach (var output in module.OutputPorts)
        {
            var net = AddNet(scope, output.Name, output.Width, NetKind.Combinational);
            if (module.Outputs.FirstOrDefault(o => o.Port == output.Name) is { } driver)
            {
                Drive(net, driver.Value, scope);
            }
        }

        foreach (var instance in module.Instances)
        {
            Connect(instance, Declare(instance.Module, scope.PathOf(instance.Name), isTop: false), scope);
        }

        return scope;
    }

    private void Connect(Instance instance, NetScope child, NetScope parent)
    {
        foreach (var input in instance.Inputs)
        {
            if (child.TryFind(input.Port, out var net))
            {
                Drive(net, input.Value, parent);
            }
            else
            {
                _diagnostics.Add(NetlistDiagnostics.Undriven(child.PathOf(input.Port), child.Module.Name));
            }
        }

        // The parent's name for an output is another name of the same net.
        foreach (var output in instance.Outputs)
        {
            if (!child.TryFind(output.Port, out var net))
            {
                _diagnostics.Add(NetlistDiagnostics.Undriven(child.PathOf(output.Port), child.Module.Name));
            }
            else if (!parent.Add(output.Signal, net))
            {
                _diagnostics.Add(NetlistDiagnostics.DrivenTwice(parent.PathOf(output.Signal), parent.Module.Name));
            }
        }
    }

    private Net AddNet(NetScope scope, string name, int width, NetKind kind)
    {
        var holds = holding.Contains(_nets.Count);
        var net = new Net(_nets.Count, scope.PathOf(name), width, holds ? NetKind.Latch : kind);
        _nets.Add(net);
        _drivers.Add(null);
        if (!scope.Add(name, net))
        {
            _diagnostics.Add(NetlistDiagnostics.DrivenTwice(net.Path, scope.Module.Name));
        }

        return net;
    }

    private void Drive(Net net, Expression value, NetScope scope)
    {
        if (_drivers[net.Index] is not null)
        {
            _diagnostics.Add(NetlistDiagnostics.DrivenTwice(net.Path, scope.Module.Name));
        }

        _drivers[net.Index] = new(value, scope);
        if (holding.Contains(net.Index))
        {
            _latches.Add((net, new(net.Path, value), _scopes.IndexOf(scope)));
        }
    }

    private void CheckNames()
    {
        foreach (var net in _nets.Where(n => n.Kind == NetKind.Combinational && _drivers[n.Index] is null))
        {
            _diagnostics.Add(NetlistDiagnostics.Undriven(net.Path, design.Top.Name));
        }

        var reads = _drivers.OfType<ScopedExpression>()
            .Concat(_registers.SelectMany(r => InputsOf(r.Register).Select(e => new ScopedExpression(e, r.Scope))))
            .Concat(_memories.SelectMany(m => InputsOf(m.Memory).Select(e => new ScopedExpression(e, m.Scope))));
        foreach (var (expression, scope) in reads)
        {
            foreach (var name in _references.Of(expression).Where(n => !scope.TryFind(n, out _))
                .Concat(_references.MemoriesOf(expression).Where(n => !scope.Module.Memories.Any(m => m.Name == n))))
            {
                _diagnostics.Add(NetlistDiagnostics.Undriven(scope.PathOf(name), scope.Module.Name));
            }
        }
    }

    private void ResolveEdges()
    {
        for (var i = 0; i < _registers.Count; i++)
        {
            var (_, register, scope) = _registers[i];
            _registers[i] = _registers[i] with { Edges = Resolve(register.Edges, scope) };
        }

        for (var i = 0; i < _memories.Count; i++)
        {
            var (_, memory, _, scope) = _memories[i];
            _memories[i] = _memories[i] with
            {
                WriteEdges = memory.Writes.Select(w => Resolve(w.Edges, scope)).ToEquatableArray(),
            };
        }
    }

    private bool ReadsClock(Module module) =>
        module.Registers.SelectMany(r => r.Edges).Concat(module.Memories.SelectMany(m => m.Writes).SelectMany(w => w.Edges))
            .Any(e => module.IsImplicitClock(e.Signal))
        || new ModuleScope(module).Values.Any(v => _references.Of(v.Value).Any(module.IsImplicitClock));

    private EquatableArray<NetEdge> Resolve(EquatableArray<ClockEdge> edges, NetScope scope)
    {
        if (edges.Count == 0 && _clock is not null)
        {
            return [new(_clock, Rising: true)];
        }

        var resolved = new List<NetEdge>();
        foreach (var edge in edges)
        {
            if (scope.TryFind(edge.Signal, out var clock))
            {
                resolved.Add(new(Source(clock), edge.Rising));
            }
            else
            {
                _diagnostics.Add(NetlistDiagnostics.Undriven(scope.PathOf(edge.Signal), scope.Module.Name));
            }
        }

        return [.. resolved];
    }

    // Through ports and wires that only pass a signal on: one clock is one net in the whole design.
    private Net Source(Net net)
    {
        var passed = new HashSet<int>();
        while (net.Kind == NetKind.Combinational && passed.Add(net.Index)
            && _drivers[net.Index] is { Expression: Reference alias } driver)
        {
            net = driver.Scope[alias.Name];
        }

        return net;
    }

    private static IEnumerable<Expression> InputsOf(Register register) =>
        new[] { register.Next, register.Enable, register.Reset }.OfType<Expression>();

    private static IEnumerable<Expression> InputsOf(Memory memory) =>
        memory.Reads.SelectMany(r => new[] { r.Address, r.Enable })
            .Concat(memory.Writes.SelectMany(w => new[] { w.Enable, w.Address, w.Data, w.Mask })).OfType<Expression>();
}
