using System.Text;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Verilog;

/// <summary>Prints one module: header, all declarations, then values, state, memories, instances and outputs.</summary>
internal sealed class ModuleText
{
    private readonly Module _module;
    private readonly StringBuilder _text;
    private readonly HoistedWires _hoisted;
    private readonly ExpressionText _expressions;

    public ModuleText(Module module, StringBuilder text)
    {
        (_module, _text) = (module, text);
        _hoisted = new(module, text);
        _expressions = new(module, _hoisted);
    }

    /// <summary>The range of a declaration with the space after it; empty for one bit.</summary>
    public static string Range(int width) => width == 1 ? "" : $"[{width - 1}:0] ";

    public void Write()
    {
        Header();
        Declarations();
        foreach (var wire in _module.Wires)
        {
            Line($"assign {wire.Name} = {_expressions.Print(wire.Value)};");
        }

        var state = new StateText(_expressions, _hoisted, Line);
        foreach (var register in _module.Registers)
        {
            state.Write(register);
        }

        foreach (var latch in _module.Latches)
        {
            state.Write(latch);
        }

        foreach (var memory in _module.Memories)
        {
            state.Write(memory);
        }

        foreach (var instance in _module.Instances)
        {
            WriteInstance(instance);
        }

        foreach (var output in _module.Outputs)
        {
            Line($"assign {output.Port} = {_expressions.Print(output.Value)};");
        }

        _text.Append("endmodule\n");
    }

    private void Header()
    {
        var ports = _module.Ports.Select(p =>
            $"  {(p.Direction == PortDirection.Input ? "input" : "output")} wire {Range(p.Width)}{p.Name}");
        _text.Append($"module {_module.Name} (\n").AppendJoin(",\n", _module.HasImplicitClock ? ports.Prepend("  input wire clk") : ports).Append("\n);\n");
    }

    private void Declarations()
    {
        foreach (var wire in _module.Wires)
        {
            Line($"wire {Range(wire.Width)}{wire.Name};");
        }

        foreach (var register in _module.Registers)
        {
            Line($"reg {Range(register.Width)}{register.Name} = {register.PowerUp};");
        }

        foreach (var latch in _module.Latches)
        {
            Line($"reg {Range(latch.Width)}{latch.Name} = {latch.PowerUp};");
        }

        foreach (var memory in _module.Memories)
        {
            Line($"reg {Range(memory.Width)}{memory.Name} [0:{memory.Depth - 1}];");
            foreach (var read in memory.Reads)
            {
                // No power-up value: block RAM has none for the word read, and giving one costs a register a bit.
                Line($"reg {Range(memory.Width)}{read.Name};");
            }
        }

        foreach (var instance in _module.Instances)
        {
            foreach (var output in instance.Outputs)
            {
                Line($"wire {Range(instance.Module.PortNamed(output.Port).Width)}{output.Signal};");
            }
        }
    }

    private void WriteInstance(Instance instance)
    {
        var pins = new List<string>();
        if (instance.Module.HasImplicitClock)
        {
            pins.Add(".clk(clk)");
        }

        pins.AddRange(instance.Inputs.Select(i => $".{i.Port}({_expressions.Print(i.Value)})"));
        var signals = instance.Outputs.ToDictionary(o => o.Port, o => o.Signal);
        pins.AddRange(instance.Module.OutputPorts.Select(p => $".{p.Name}({signals.GetValueOrDefault(p.Name)})"));
        Line($"{instance.Module.Name} {instance.Name} (");
        _text.AppendJoin(",\n", pins.Select(p => $"    {p}")).Append('\n');
        Line(");");
    }

    private void Line(string line) => _text.Append("  ").Append(line).Append('\n');
}
