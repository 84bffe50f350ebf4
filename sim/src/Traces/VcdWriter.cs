using System.Globalization;
using HwSeed.Hdl.Netlists;

namespace HwSeed.Sim.Traces;

/// <summary>
/// Writes chosen signals of a simulator as a Value Change Dump (IEEE 1364-2005, clause 18). Signals stand in the scopes
/// of their instances. Cycle i lasts from 10i to 10i+10 ns; its rising edge is at the end, so values change just after
/// an edge, as in any waveform of a synchronous circuit.
/// </summary>
public sealed class VcdWriter : IDisposable
{
    private const int Period = 10;

    private readonly TextWriter _writer;
    private readonly SignalProbe _probe;
    private readonly ulong[][] _last;
    private long _cycle;

    /// <summary>Writes the header.</summary>
    /// <param name="writer">Where to; disposed with this.</param>
    /// <param name="simulator">What is watched.</param>
    /// <param name="paths">Signals by path; null for all.</param>
    public VcdWriter(TextWriter writer, Simulator simulator, IReadOnlyList<string>? paths = null)
    {
        _writer = writer;
        _probe = simulator.Probe(paths ?? [.. simulator.Netlist.Nets.Select(n => n.Path)]);
        _last = [.. Enumerable.Range(0, _probe.Paths.Count).Select(i => new ulong[(_probe.WidthOf(i) + 63) / 64])];
        _writer.Write("$version HwSeed $end\n$timescale 1ns $end\n");
        WriteScopes(simulator.Netlist);
        _writer.Write("$enddefinitions $end\n");
    }

    /// <summary>Writes what has changed; call it before each edge.</summary>
    public void Sample()
    {
        _probe.Sample();
        Write($"#{_cycle * Period}\n");
        if (_cycle == 0)
        {
            _writer.Write("$dumpvars\n");
        }

        Write($"{(_cycle == 0 ? 0 : 1)}{Code(0)}\n");
        for (var signal = 0; signal < _last.Length; signal++)
        {
            var now = _probe.Limbs(signal);
            if (_cycle == 0 || !now.SequenceEqual(_last[signal]))
            {
                now.CopyTo(_last[signal]);
                WriteValue(signal);
            }
        }

        if (_cycle == 0)
        {
            _writer.Write("$end\n");
        }
        else
        {
            Write($"#{(_cycle * Period) + (Period / 2)}\n0{Code(0)}\n");
        }

        _cycle++;
    }

    /// <summary>Ends the last cycle and closes the file.</summary>
    public void Dispose()
    {
        Write($"#{_cycle * Period}\n");
        _writer.Dispose();
    }

    private void WriteScopes(Netlist netlist)
    {
        var root = new Scope(netlist.Design.Top.Name);
        root.Signals.Add($"$var wire 1 {Code(0)} clk $end");
        for (var signal = 0; signal < _probe.Paths.Count; signal++)
        {
            var parts = _probe.Paths[signal].Split('.');
            var scope = parts[..^1].Aggregate(root, (parent, name) => parent.Child(name));
            netlist.TryFind(_probe.Paths[signal], out var net);
            var kind = net!.Kind is NetKind.Register or NetKind.ReadPort ? "reg" : "wire";
            var range = net.Width == 1 ? "" : $" [{net.Width - 1}:0]";
            scope.Signals.Add($"$var {kind} {net.Width} {Code(signal + 1)} {parts[^1]}{range} $end");
        }

        root.Write(_writer);
    }

    private void WriteValue(int signal)
    {
        var limbs = _last[signal];
        if (_probe.WidthOf(signal) == 1)
        {
            Write($"{limbs[0]}{Code(signal + 1)}\n");
            return;
        }

        // Leading zeros are left out, as the standard allows; the value zero keeps one digit.
        var top = limbs.Length - 1;
        while (top > 0 && limbs[top] == 0)
        {
            top--;
        }

        _writer.Write('b');
        _writer.Write(limbs[top].ToString("b", CultureInfo.InvariantCulture));
        for (top--; top >= 0; top--)
        {
            _writer.Write(limbs[top].ToString("b64", CultureInfo.InvariantCulture));
        }

        Write($" {Code(signal + 1)}\n");
    }

    private void Write(FormattableString text) => _writer.Write(text.ToString(CultureInfo.InvariantCulture));

    // Identifier codes are numbers in base 94, digits '!' to '~'.
    private static string Code(int number)
    {
        var code = "";
        do
        {
            code += (char)('!' + (number % 94));
            number /= 94;
        }
        while (number > 0);
        return code;
    }

    private sealed class Scope(string name)
    {
        private readonly List<Scope> _children = [];

        public List<string> Signals { get; } = [];

        private string Name => name;

        public Scope Child(string child)
        {
            var found = _children.Find(c => c.Name == child);
            if (found is null)
            {
                _children.Add(found = new(child));
            }

            return found;
        }

        public void Write(TextWriter writer)
        {
            writer.Write($"$scope module {name} $end\n");
            Signals.ForEach(s => writer.Write(s + "\n"));
            _children.ForEach(c => c.Write(writer));
            writer.Write("$upscope $end\n");
        }
    }
}
