using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Netlists;

/// <summary>Makes a netlist: first every net of every instance, then what drives them, then the order.</summary>
internal sealed class Elaborator(Design design)
{
    private readonly List<NetScope> _scopes = [];
    private readonly List<Net> _nets = [];
    private readonly List<NetRegister> _registers = [];
    private readonly List<NetMemory> _memories = [];
    private readonly List<(Net Target, Latch Latch)> _latches = [];
    private readonly List<Diagnostic> _diagnostics = [];
    private readonly References _references = new();

    // The driver of each net by index; null for inputs of the top, for state, and while not yet driven.
    private readonly List<ScopedExpression?> _drivers = [];

    public Checked<Netlist> Run()
    {
        if (!Connect())
        {
            return Checked.Fail<Netlist>(_diagnostics);
        }

        var named = _nets.Count;
        var (levels, loops, cut) = Level();
        return loops.Count > 0
            ? Checked.Fail<Netlist>(NetlistDiagnostics.Loop([.. levels.PathOf(loops[0]).Select(n => n.Path)]))
            : Checked.Ok(new Netlist(
                design, _scopes, _nets[..named], _nets[named..], levels.Order(), _registers,
                [.. _latches.Select(l => new NetLatch(l.Target, l.Latch, cut.Contains(l.Target)))], _memories));
    }

    /// <summary>Every loop as the nets on it; empty also for a design that is not whole.</summary>
    public IReadOnlyList<IReadOnlyList<Net>> FindLoops()
    {
        if (!Connect())
        {
            return [];
        }

        var (levels, loops, _) = Level();
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
            new FalseLoops(_nets, _drivers, loops.SelectMany(l => l)).Split();
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
            _latches.Add((net, latch));
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
        var net = new Net(_nets.Count, scope.PathOf(name), width, kind);
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

    private EquatableArray<NetEdge> Resolve(EquatableArray<ClockEdge> edges, NetScope scope)
    {
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
