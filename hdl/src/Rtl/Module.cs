namespace HwSeed.Hdl.Rtl;

/// <summary>Direction of a port, seen from inside the module.</summary>
public enum PortDirection
{
    /// <summary>Driven from outside.</summary>
    Input,

    /// <summary>Driven by the module.</summary>
    Output,
}

/// <summary>A port. The clock is implicit: every module has one input named <c>clk</c> that is not listed.</summary>
public sealed record Port(string Name, PortDirection Direction, int Width);

/// <summary>A named combinational value.</summary>
public sealed record Wire(string Name, Expression Value)
{
    /// <summary>Bits.</summary>
    public int Width => Value.Width;
}

/// <summary>
/// A register on the rising edge of the clock: <c>if (Reset) q &lt;= ResetValue; else if (Enable) q &lt;= Next;</c>.
/// A null Reset or Enable leaves the test out. Power-up value is ResetValue (or zero).
/// </summary>
/// <param name="Name">Its name.</param>
/// <param name="Next">Value taken at the edge; its width is the register's.</param>
/// <param name="Enable">1 bit, or null for always.</param>
/// <param name="Reset">1 bit, synchronous, or null for never.</param>
/// <param name="ResetValue">Value taken on reset and at power-up; same width.</param>
public sealed record Register(string Name, Expression Next, Expression? Enable, Expression? Reset, BitVector ResetValue)
{
    /// <summary>Bits.</summary>
    public int Width => Next.Width;
}

/// <summary>
/// A memory with synchronous reads, as block RAM has: one write port and any number of read ports. A read of the
/// address that is written on the same edge gives the old word. Power-up contents are zero.
/// </summary>
/// <param name="Name">Its name.</param>
/// <param name="Width">Bits a word.</param>
/// <param name="Depth">Words, at least 2.</param>
/// <param name="Write">The write port.</param>
/// <param name="Reads">The read ports.</param>
public sealed record Memory(string Name, int Width, int Depth, MemoryWrite Write, EquatableArray<MemoryRead> Reads)
{
    /// <summary>Bits of an address.</summary>
    public int AddressWidth => Math.Max(1, (int)Math.Ceiling(Math.Log2(Depth)));
}

/// <summary>A memory's write port, at the rising edge where Enable is high.</summary>
public sealed record MemoryWrite(Expression Enable, Expression Address, Expression Data);

/// <summary>A memory's read port: the signal <paramref name="Name"/> holds the word read at the last enabled edge.</summary>
/// <param name="Name">Name of the signal with the word.</param>
/// <param name="Address">Address.</param>
/// <param name="Enable">1 bit, or null for always.</param>
public sealed record MemoryRead(string Name, Expression Address, Expression? Enable);

/// <summary>A use of another module.</summary>
/// <param name="Name">Instance name.</param>
/// <param name="Module">What it is an instance of.</param>
/// <param name="Inputs">One for each input port, in port order.</param>
/// <param name="Outputs">Signals of this module that carry the output ports; a port left out is unconnected.</param>
public sealed record Instance(
    string Name, Module Module, EquatableArray<InputConnection> Inputs, EquatableArray<OutputConnection> Outputs);

/// <summary>An instance's input port and the value that drives it.</summary>
public sealed record InputConnection(string Port, Expression Value);

/// <summary>An instance's output port and the signal that it drives in the parent.</summary>
public sealed record OutputConnection(string Port, string Signal);

/// <summary>An output port and the value that drives it.</summary>
public sealed record OutputDriver(string Port, Expression Value);

/// <summary>A hardware module: ports, named values, state and instances. Names are its identity inside the module.</summary>
public sealed record Module(
    string Name,
    EquatableArray<Port> Ports,
    EquatableArray<Wire> Wires,
    EquatableArray<Register> Registers,
    EquatableArray<Memory> Memories,
    EquatableArray<Instance> Instances,
    EquatableArray<OutputDriver> Outputs)
{
    /// <summary>The port of a name; throws <see cref="KeyNotFoundException"/> when there is none.</summary>
    public Port PortNamed(string name) => Ports.FirstOrDefault(p => p.Name == name)
        ?? throw new KeyNotFoundException($"module '{Name}' has no port '{name}'");

    /// <summary>Input ports in order.</summary>
    public IEnumerable<Port> InputPorts => Ports.Where(p => p.Direction == PortDirection.Input);

    /// <summary>Output ports in order.</summary>
    public IEnumerable<Port> OutputPorts => Ports.Where(p => p.Direction == PortDirection.Output);
}

/// <summary>A top module with everything below it.</summary>
/// <param name="Top">The root of the hierarchy.</param>
public sealed record Design(Module Top)
{
    /// <summary>Every module once, instantiated ones before those that use them, the top last.</summary>
    public IReadOnlyList<Module> ModulesBottomUp()
    {
        var done = new Dictionary<string, Module>();
        var order = new List<Module>();
        Visit(Top);
        return order;

        void Visit(Module module)
        {
            if (!done.TryAdd(module.Name, module))
            {
                return;
            }

            foreach (var instance in module.Instances)
            {
                Visit(instance.Module);
            }

            order.Add(module);
        }
    }
}
