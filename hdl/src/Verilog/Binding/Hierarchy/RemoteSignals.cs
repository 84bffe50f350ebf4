using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog.Binding.Names;
using HwSeed.Hdl.Verilog.Binding.Processes;
using HwSeed.Hdl.Verilog.Binding.Types;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Binding.Hierarchy;

/// <summary>
/// The signals of other modules that a module reads by hierarchical names: each is a net here, driven by an output port
/// that the instance has for it.
/// </summary>
internal sealed class RemoteSignals(ModuleBody body)
{
    private readonly Dictionary<(string Instance, string Path), Signal> _signals = [];
    private readonly Dictionary<string, (int Index, BoundModule Child)> _instances = [];

    /// <summary>The net for a signal, or a word of a memory, below an instance.</summary>
    public Signal Of(string instance, BoundModule child, string path, ExpressionSyntax syntax, DataType type, SyntaxNode declaration)
    {
        if (!_signals.TryGetValue((instance, path), out var net))
        {
            body.Context.Exports.Ask(child.Key, path, syntax);
            net = body.Add(new($"{instance}.{path}", type, SignalKind.Net, declaration) { IsRemote = true });
            _signals.Add((instance, path), net);
        }

        return net;
    }

    /// <summary>Remembers an instance by its path in the source.</summary>
    public void Made(string path, BoundModule child) => _instances[path] = (body.Instances.Count, child);

    /// <summary>Makes the output ports that the modules around this one ask for.</summary>
    public List<(string Path, Signal Signal)> Export((string Module, string Key) key)
    {
        var ports = new List<(string, Signal)>();
        foreach (var (path, syntax) in body.Context.Exports.Of(key))
        {
            if (body.Context.Expressions.Bind(syntax, body.Scope) is not Expressions.BoundSelect { Signal: { } signal } select)
            {
                continue;
            }

            var port = body.Add(new($"{path}.up", select.Type, SignalKind.Net, signal.Declaration) { Direction = "output" });
            for (var i = 0; i < port.Count; i++)
            {
                var value = select.Steps.Count == 0 ? signal.Cells[i].Reference! : select.Self(body.Combinational());
                body.Drivers.Add(new(port.Cells[i], [new Piece(0, value)], new(signal.Declaration)));
            }

            ports.Add((path, port));
        }

        return ports;
    }

    /// <summary>Connects what was read to the output ports of the instances.</summary>
    public void Connect()
    {
        foreach (var ((path, signalPath), net) in _signals)
        {
            // The first time the port is not there yet.
            if (!_instances.TryGetValue(path, out var made) || !made.Child.Exports.TryGetValue(signalPath, out var port))
            {
                continue;
            }

            var instance = body.Instances[made.Index];
            var added = new List<OutputConnection>();
            for (var i = 0; i < net.Count; i++)
            {
                var wire = body.Names.Fresh($"{instance.Name}_{port.Names[i]}");
                added.Add(new(port.Names[i], wire));
                body.Drivers.Add(new(net.Cells[i], [new Piece(0, body.Factory.Reference(wire, net.Element.Width))], new(net.Declaration)));
            }

            body.Instances[made.Index] = instance with { Outputs = [.. instance.Outputs, .. added] };
        }
    }
}
