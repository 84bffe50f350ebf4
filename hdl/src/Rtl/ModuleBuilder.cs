namespace HwSeed.Hdl.Rtl;

/// <summary>
/// Builds a <see cref="Module"/> step by step: declare, then drive. Registers and memory ports may be declared before
/// their next value is known. A name used twice, a register never driven or a port of the wrong direction is the
/// caller's bug and throws.
/// </summary>
/// <param name="name">Module name.</param>
/// <param name="hasImplicitClock">Whether it has the clock <c>clk</c>; else every register names its edges.</param>
public sealed class ModuleBuilder(string name, bool hasImplicitClock = true)
{
    private readonly List<Port> _ports = [];
    private readonly List<Wire> _wires = [];
    private readonly Dictionary<string, (int Width, Register? Driver)> _registers = [];
    private readonly List<Latch> _latches = [];
    private readonly List<Memory> _memories = [];
    private readonly List<Instance> _instances = [];
    private readonly List<OutputDriver> _outputs = [];
    private readonly HashSet<string> _names = hasImplicitClock ? ["clk"] : [];

    /// <summary>
    /// The implicit clock as a value, for the clock port of a module that was read: <c>("clk_i", m.Clock)</c>. Throws for a
    /// module without one, whose clocks are input ports.
    /// </summary>
    public Expression Clock => hasImplicitClock
        ? Module.ImplicitClock
        : throw new InvalidOperationException($"module '{name}' has no implicit clock; its clocks are input ports");

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

    /// <summary>Declares a register; a call of Drive gives it its next value.</summary>
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
        Drive(new Register(register.Name, next, enable, reset, BitVector.FromInteger(resetValue, register.Width)));
    }

    /// <summary>Gives a declared register its driver, with edges and power-up value of its own.</summary>
    public void Drive(Register driver)
    {
        Widths.RequireOne("enable", driver.Enable?.Width ?? 1);
        Widths.RequireOne("reset", driver.Reset?.Width ?? 1);
        if (!_registers.TryGetValue(driver.Name, out var declared) || declared.Driver is not null)
        {
            throw new InvalidOperationException($"'{driver.Name}' is not a register of '{name}' that waits for a driver");
        }

        Widths.RequireSame("<=", declared.Width, driver.Width);
        _registers[driver.Name] = (driver.Width, driver);
    }

    /// <summary>Adds a latch: <c>if (enable) q = data;</c> at all times.</summary>
    public Reference Latch(string latch, Expression enable, Expression data) =>
        Latch(latch, data.Width, held => Expression.Mux(enable, data, held));

    /// <summary>Adds a latch that follows a value, which may read what the latch held before.</summary>
    public Reference Latch(string latch, int width, Func<Reference, Expression> value, BitVector? initial = null)
    {
        var reference = new Reference(Fresh(latch), width);
        var follows = value(reference);
        Widths.RequireSame("latch", width, follows.Width);
        _latches.Add(new(latch, follows) { InitialValue = initial });
        return reference;
    }

    /// <summary>Adds a memory and returns its read words, one for each read port.</summary>
    public IReadOnlyList<Expression> Memory(Memory memory)
    {
        _memories.Add(memory with { Name = Fresh(memory.Name) });
        return [.. memory.Reads.Select(r => new Reference(Fresh(r.Name), memory.Width))];
    }

    /// <summary>Adds a memory of one write port and returns its read words, one for each read port.</summary>
    public IReadOnlyList<Expression> Memory(string memory, int width, int depth, MemoryWrite write, params MemoryRead[] reads)
    {
        Widths.RequireSame("memory write", width, write.Data.Width);
        return Memory(new(memory, width, depth, [write], [.. reads]));
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
            [.. _memories], [.. _instances], [.. _outputs])
        {
            Latches = [.. _latches],
            HasImplicitClock = hasImplicitClock,
        };
    }

    private string Fresh(string candidate) => _names.Add(candidate)
        ? candidate
        : throw new ArgumentException($"the name '{candidate}' is used twice in module '{name}'");
}
