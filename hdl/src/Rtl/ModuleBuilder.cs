namespace HwSeed.Hdl.Rtl;

/// <summary>
/// Builds a <see cref="Module"/> step by step: declare, then drive. Registers and memory ports may be declared before
/// their next value is known. A name used twice, a register never driven or a port of the wrong direction is the
/// caller's bug and throws.
/// </summary>
/// <param name="name">Module name.</param>
public sealed class ModuleBuilder(string name)
{
    private readonly List<Port> _ports = [];
    private readonly List<Wire> _wires = [];
    private readonly Dictionary<string, (int Width, Register? Driver)> _registers = [];
    private readonly List<Memory> _memories = [];
    private readonly List<Instance> _instances = [];
    private readonly List<OutputDriver> _outputs = [];
    private readonly HashSet<string> _names = ["clk"];

    /// <summary>Declares an input port.</summary>
    public Expression Input(string port, int width = 1)
    {
        _ports.Add(new(Fresh(port), PortDirection.Input, width));
        return new Reference(port, width);
    }

    /// <summary>Declares an output port and drives it.</summary>
    public void Output(string port, Expression value)
    {
        _ports.Add(new(Fresh(port), PortDirection.Output, value.Width));
        _outputs.Add(new(port, value));
    }

    /// <summary>Names a combinational value, so that it may be used many times.</summary>
    public Expression Wire(string wire, Expression value)
    {
        _wires.Add(new(Fresh(wire), value));
        return new Reference(wire, value.Width);
    }

    /// <summary>Declares a register; <see cref="Drive"/> gives it its next value.</summary>
    public Reference Register(string register, int width)
    {
        _registers.Add(Fresh(register), (width, null));
        return new Reference(register, width);
    }

    /// <summary>Declares a register together with its next value.</summary>
    public Reference Register(string register, Expression next, Expression? enable = null, Expression? reset = null, long resetValue = 0)
    {
        var reference = Register(register, next.Width);
        Drive(reference, next, enable, reset, resetValue);
        return reference;
    }

    /// <summary>Gives a register its next value: <c>if (reset) q &lt;= resetValue; else if (enable) q &lt;= next;</c>.</summary>
    public void Drive(Reference register, Expression next, Expression? enable = null, Expression? reset = null, long resetValue = 0)
    {
        Widths.RequireSame("<=", register.Width, next.Width);
        Widths.RequireOne("enable", enable?.Width ?? 1);
        Widths.RequireOne("reset", reset?.Width ?? 1);
        if (!_registers.TryGetValue(register.Name, out var declared) || declared.Driver is not null)
        {
            throw new InvalidOperationException($"'{register.Name}' is not a register of '{name}' that waits for a driver");
        }

        var value = BitVector.FromInteger(resetValue, register.Width);
        _registers[register.Name] = (register.Width, new(register.Name, next, enable, reset, value));
    }

    /// <summary>Adds a memory and returns its read words, one for each read port.</summary>
    public IReadOnlyList<Expression> Memory(string memory, int width, int depth, MemoryWrite write, params MemoryRead[] reads)
    {
        Widths.RequireSame("memory write", width, write.Data.Width);
        _memories.Add(new(Fresh(memory), width, depth, [write], [.. reads]));
        return [.. reads.Select(r => new Reference(Fresh(r.Name), width))];
    }

    /// <summary>Adds an instance and returns its outputs by port name; signals are named <c>instance_port</c>.</summary>
    public IReadOnlyDictionary<string, Expression> Instance(string instance, Module module, params (string Port, Expression Value)[] inputs)
    {
        var given = inputs.ToDictionary(i => i.Port, i => i.Value);
        var connections = new List<InputConnection>();
        foreach (var port in module.InputPorts)
        {
            if (!given.Remove(port.Name, out var value))
            {
                throw new ArgumentException($"instance '{instance}' leaves input '{port.Name}' of '{module.Name}' open");
            }

            Widths.RequireSame(port.Name, port.Width, value.Width);
            connections.Add(new(port.Name, value));
        }

        if (given.Count > 0)
        {
            throw new ArgumentException($"'{module.Name}' has no input '{given.Keys.First()}'");
        }

        var outputs = module.OutputPorts.Select(p => (p, Signal: Fresh($"{instance}_{p.Name}"))).ToList();
        _instances.Add(new(Fresh(instance), module, [.. connections],
            outputs.Select(o => new OutputConnection(o.p.Name, o.Signal)).ToEquatableArray()));
        return outputs.ToDictionary(o => o.p.Name, o => (Expression)new Reference(o.Signal, o.p.Width));
    }

    /// <summary>The finished module; throws when a register was never driven.</summary>
    public Module Build()
    {
        foreach (var (register, (_, driver)) in _registers)
        {
            if (driver is null)
            {
                throw new InvalidOperationException($"register '{register}' of '{name}' is never driven");
            }
        }

        return new(name, [.. _ports], [.. _wires], _registers.Values.Select(r => r.Driver!).ToEquatableArray(),
            [.. _memories], [.. _instances], [.. _outputs]);
    }

    private string Fresh(string candidate) => _names.Add(candidate)
        ? candidate
        : throw new ArgumentException($"the name '{candidate}' is used twice in module '{name}'");
}
