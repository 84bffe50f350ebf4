using System.Text;

namespace HwSeed.Sim.Cosimulation.Programs;

/// <summary>
/// A random module of Verilog source: wires, functions, combinational blocks with blocking assignments, loops and cases,
/// and clocked blocks with both kinds of assignment. Every output says something about one of its signals.
/// </summary>
public sealed class RandomProgram
{
    private readonly Random _random;
    private readonly bool _forIcarus;
    private readonly ProgramExpressions _expressions;
    private readonly StringBuilder _body = new();
    private readonly List<ProgramSignal> _inputs = [];
    private readonly List<ProgramSignal> _outputs = [];

    private RandomProgram(int seed, string name, bool forIcarus)
    {
        (_random, _forIcarus, Name) = (new(seed), forIcarus, name);
        _expressions = new(_random, forIcarus);
        Build();
    }

    /// <summary>Its module's name.</summary>
    public string Name { get; }

    /// <summary>Its source.</summary>
    public string Text { get; private set; } = "";

    /// <summary>The program of a seed.</summary>
    /// <param name="seed">Its seed.</param>
    /// <param name="name">Name of the module.</param>
    /// <param name="forIcarus">Whether Icarus 11 has to read it, which lacks casts to a sign.</param>
    public static RandomProgram Generate(int seed, string name, bool forIcarus) => new(seed, name, forIcarus);

    private void Build()
    {
        for (var i = 0; i < _random.Next(3, 6); i++)
        {
            _inputs.Add(Signal($"i{i}"));
        }

        _inputs.Add(new("n", 2, 0, false));
        _expressions.Signals.AddRange(_inputs);
        for (var i = 0; i < _random.Next(0, 3); i++)
        {
            AddFunction($"f{i}");
        }

        var registers = Enumerable.Range(0, _random.Next(1, 4)).Select(i => Signal($"r{i}")).ToList();
        foreach (var register in registers)
        {
            _body.Append($"    {register.Declaration("reg")} = {_expressions.Number(register.Width)};\n");
        }

        _expressions.Signals.AddRange(registers);
        for (var i = 0; i < _random.Next(2, 6); i++)
        {
            var wire = Signal($"w{i}");
            _body.Append($"    {wire.Declaration("wire")} = {_expressions.Any(_random.Next(2, 5))};\n");
            _expressions.Signals.Add(wire);
        }

        for (var i = 0; i < _random.Next(1, 3); i++)
        {
            AddCombinational($"c{i}");
        }

        AddClocked(registers);
        foreach (var signal in _expressions.Signals.Skip(_inputs.Count).ToList())
        {
            var output = new ProgramSignal($"o_{signal.Name}", signal.Width - 1, 0, false);
            _outputs.Add(output);
            _body.Append($"    assign {output.Name} = {signal.Name};\n");
        }

        var last = Signal("o_last");
        _outputs.Add(last);
        _body.Append($"    assign {last.Name} = {_expressions.Any(5)};\n");
        var ports = _inputs.Select(s => s.Declaration("input")).Concat(_outputs.Select(s => s.Declaration("output")));
        Text = $"module {Name} (\n    input clk,\n    {string.Join(",\n    ", ports)}\n);\n{_body}endmodule\n\n";
    }

    private ProgramSignal Signal(string name)
    {
        var width = _random.Next(10) switch
        {
            0 => 1,
            1 => _random.Next(30, 36),
            2 => _random.Next(60, 72),
            _ => _random.Next(2, 17),
        };
        var low = _random.Next(6) switch { 0 => _random.Next(1, 9), 1 => -_random.Next(1, 5), _ => 0 };
        var signed = _random.Next(2) == 0;
        return _random.Next(6) == 0 ? new(name, low, low + width - 1, signed) : new(name, low + width - 1, low, signed);
    }

    private void AddFunction(string name)
    {
        var arguments = Enumerable.Range(0, _random.Next(1, 4)).Select(i => Signal($"{name}_a{i}")).ToList();
        var inner = new ProgramExpressions(_random, _forIcarus);
        inner.Signals.AddRange(arguments);
        var result = Signal(name);
        var local = Signal($"{name}_t");
        var header = new ProgramSignal(name, result.Width - 1, 0, result.Signed).Declaration("function automatic");
        _body.Append($"    {header}({string.Join(", ", arguments.Select(a => a.Declaration("input")))});\n");
        _body.Append($"        {local.Declaration("reg")};\n        begin\n");
        _body.Append($"            {local.Name} = {inner.Any(3)};\n");
        inner.Signals.Add(local);
        _body.Append($"            if ({inner.Any(2)}) {local.Name} = {inner.Any(2)};\n");
        _body.Append($"            {name} = {inner.Any(3)};\n        end\n    endfunction\n");
        _expressions.Functions.Add(new(name, result.Width, arguments));
    }

    private void AddCombinational(string name)
    {
        var variables = Enumerable.Range(0, _random.Next(1, 3)).Select(i => Signal($"{name}_{i}")).ToList();
        foreach (var variable in variables)
        {
            _body.Append($"    {variable.Declaration("reg")};\n");
        }

        var counter = $"{name}_k";
        _body.Append($"    integer {counter};\n");
        _body.Append("    always @* begin\n");
        foreach (var variable in variables)
        {
            _body.Append($"        {variable.Name} = {_expressions.Any(3)};\n");
            _expressions.Signals.Add(variable);
        }

        _body.Append($"        {counter} = n;\n");
        for (var i = 0; i < _random.Next(1, 4); i++)
        {
            AddStatement(variables, "=", 2, counter, "        ");
        }

        _body.Append("    end\n");
    }

    private void AddClocked(List<ProgramSignal> registers)
    {
        foreach (var register in registers)
        {
            _body.Append($"    always @({(_random.Next(4) == 0 ? "negedge" : "posedge")} clk) begin\n");
            _body.Append($"        {register.Name} <= {_expressions.Any(3)};\n");
            for (var i = 0; i < _random.Next(0, 3); i++)
            {
                AddStatement([register], "<=", 2, null, "        ");
            }

            _body.Append("    end\n");
        }
    }

    private void AddStatement(List<ProgramSignal> targets, string assignment, int depth, string? counter, string indent)
    {
        var inner = indent + "    ";
        switch (depth == 0 ? 9 : _random.Next(counter is null ? 6 : 7))
        {
            case 0 or 1:
                _body.Append($"{indent}if ({_expressions.Any(2)}) begin\n");
                AddStatement(targets, assignment, depth - 1, counter, inner);
                _body.Append($"{indent}end else begin\n");
                AddStatement(targets, assignment, depth - 1, counter, inner);
                _body.Append($"{indent}end\n");
                break;
            case 2:
                AddCase(targets, assignment, depth, counter, indent);
                break;
            case 6:
                // A loop with a variable that the body reads.
                _body.Append($"{indent}for ({counter} = 0; {counter} < {_random.Next(1, 5)}; {counter} = {counter} + 1) begin\n");
                _expressions.Signals.Add(new(counter!, 31, 0, true));
                AddStatement(targets, assignment, depth - 1, null, inner);
                _expressions.Signals.RemoveAt(_expressions.Signals.Count - 1);
                _body.Append($"{indent}end\n");
                break;
            default:
                _body.Append($"{indent}{Target(targets[_random.Next(targets.Count)])} {assignment} {_expressions.Any(3)};\n");
                break;
        }
    }

    // Selector and labels are unsigned: Verilator 5.006 extends each by its own sign where the standard has one for all.
    private void AddCase(List<ProgramSignal> targets, string assignment, int depth, string? counter, string indent)
    {
        var keyword = _random.Next(3) switch { 0 => "casez", _ => "case" };
        _body.Append($"{indent}{keyword} ({{{_expressions.Any(2, unsized: false)}}})\n");
        for (var i = 0; i < _random.Next(1, 4); i++)
        {
            var label = keyword == "casez" ? Wildcards() : _random.Next(3) > 0 ? _expressions.Number(_random.Next(1, 12), mayBeSigned: false) : $"{{{_expressions.Name()}}}";
            _body.Append($"{indent}    {label}: begin\n");
            AddStatement(targets, assignment, depth - 1, counter, indent + "        ");
            _body.Append($"{indent}    end\n");
        }

        if (_random.Next(2) == 0)
        {
            _body.Append($"{indent}    default: begin\n");
            AddStatement(targets, assignment, 0, counter, indent + "        ");
            _body.Append($"{indent}    end\n");
        }

        _body.Append($"{indent}endcase\n");
    }

    private string Wildcards()
    {
        var width = _random.Next(1, 9);
        return $"{width}'b{string.Concat(Enumerable.Range(0, width).Select(_ => "01??z"[_random.Next(5)]))}";
    }

    private string Target(ProgramSignal signal)
    {
        if (signal.Width == 1 || _random.Next(2) == 0)
        {
            return signal.Name;
        }

        var size = _random.Next(1, signal.Width);
        var low = Math.Min(signal.Left, signal.Right);
        var start = low + _random.Next(0, signal.Width - size + 1);
        return _random.Next(3) switch
        {
            0 => $"{signal.Name}[{_expressions.IndexOf(signal, 1)}]",
            1 => $"{signal.Name}[{_expressions.IndexOf(signal, size)} +: {size}]",
            _ => $"{signal.Name}[{(signal.Left > signal.Right ? $"{start + size - 1}:{start}" : $"{start}:{start + size - 1}")}]",
        };
    }
}
