namespace HwSeed.Hdl.Rtl;

/// <summary>Direction of a port, seen from inside the module.</summary>
public enum PortDirection
{
    /// <summary>Driven from outside.</summary>
    Input,

    /// <summary>Driven by the module.</summary>
    Output,
}

/// <summary>A port. The implicit clock <c>clk</c> of a module that has one is not listed.</summary>
public sealed record Port(string Name, PortDirection Direction, int Width);

/// <summary>A named combinational value.</summary>
public sealed record Wire(string Name, Expression Value)
{
    /// <summary>Bits.</summary>
    public int Width => Value.Width;
}

/// <summary>An edge of a one-bit signal of the same module, at which state changes.</summary>
/// <param name="Signal">Name of the signal: a port, wire, register or instance output.</param>
/// <param name="Rising">From 0 to 1, else from 1 to 0.</param>
public sealed record ClockEdge(string Signal, bool Rising);

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

    /// <summary>
    /// The edges at any of which it takes its next value; empty for the rising edge of the implicit clock. An
    /// asynchronous reset is a second edge together with a multiplexer on the reset's level at the root of Next.
    /// </summary>
    public EquatableArray<ClockEdge> Edges { get; init; }

    /// <summary>Value at power-up; null for ResetValue.</summary>
    public BitVector? InitialValue { get; init; }

    /// <summary>Value at power-up.</summary>
    public BitVector PowerUp => InitialValue ?? ResetValue;
}

/// <summary>
/// A value that is held without a clock: it follows Value at all times, and a reference to its own name inside of
/// Value means the value that it had before. Powers up as zero.
/// </summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">What it follows, such as <c>enable ? data : itself</c>.</param>
public sealed record Latch(string Name, Expression Value)
{
    /// <summary>Bits.</summary>
    public int Width => Value.Width;

    /// <summary>Value at power-up; null for zero.</summary>
    public BitVector? InitialValue { get; init; }

    /// <summary>Value at power-up.</summary>
    public BitVector PowerUp => InitialValue ?? BitVector.Zero(Width);
}

/// <summary>
/// A memory. Reads are synchronous, as block RAM has them (<paramref name="Reads"/>), or combinational
/// (<see cref="MemoryWord"/>). A synchronous read of the address that is written on the same edge gives the old word.
/// </summary>
/// <param name="Name">Its name.</param>
/// <param name="Width">Bits a word.</param>
/// <param name="Depth">Words, at least 2 (1 in designs that were read).</param>
/// <param name="Writes">The write ports; where several write one bit at one edge, the last of them wins.</param>
/// <param name="Reads">The synchronous read ports, on the implicit clock.</param>
public sealed record Memory(
    string Name, int Width, int Depth, EquatableArray<MemoryWrite> Writes, EquatableArray<MemoryRead> Reads)
{
    /// <summary>Bits of an address.</summary>
    public int AddressWidth => Math.Max(1, (int)Math.Ceiling(Math.Log2(Depth)));

    /// <summary>Words at power-up from address 0 on; those left out are zero.</summary>
    public EquatableArray<BitVector> Contents { get; init; }
}

/// <summary>A memory's write port, at an edge where Enable is high. An address at or above the depth writes nothing.</summary>
/// <param name="Enable">1 bit.</param>
/// <param name="Address">Address; any width in designs that were read.</param>
/// <param name="Data">A word.</param>
public sealed record MemoryWrite(Expression Enable, Expression Address, Expression Data)
{
    /// <summary>Bits of the word that are written, a word; null for all.</summary>
    public Expression? Mask { get; init; }

    /// <summary>
    /// How many words from Address on are given the data, as a loop that clears an array does; those at or above the
    /// depth are left out. At least 1.
    /// </summary>
    public int Words
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "a memory write has at least one word");
    } = 1;

    /// <summary>The edges at any of which it writes; empty for the rising edge of the implicit clock.</summary>
    public EquatableArray<ClockEdge> Edges { get; init; }
}

/// <summary>A memory's read port: the signal <paramref name="Name"/> holds the word read at the last enabled edge.</summary>
/// <param name="Name">Name of the signal with the word.</param>
/// <param name="Address">Address.</param>
/// <param name="Enable">1 bit, or null for always.</param>
public sealed record MemoryRead(string Name, Expression Address, Expression? Enable);

/// <summary>A statement of the source from which a module was read: where it stands and when it is executed.</summary>
/// <param name="File">Path as the user gave it.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
/// <param name="Condition">1 bit: the statement's turn comes when this is high.</param>
public sealed record CoverPoint(string File, int Line, int Column, Expression Condition)
{
    /// <summary>The edges at which the condition counts; empty for a statement that is executed whenever a value changes.</summary>
    public EquatableArray<ClockEdge> Edges { get; init; }
}

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
    /// <summary>Values that are held without a clock.</summary>
    public EquatableArray<Latch> Latches { get; init; }

    /// <summary>
    /// Whether the module has the implicit clock <c>clk</c>; modules that were read name their clocks, which are ordinary
    /// ports, at each register.
    /// </summary>
    public bool HasImplicitClock { get; init; } = true;

    /// <summary>Statements of the source from which the module was read, and when each is executed.</summary>
    public EquatableArray<CoverPoint> CoverPoints { get; init; }

    /// <summary>The implicit clock as a value of one bit: the reference by which a module that has it reads it.</summary>
    public static Reference ImplicitClock { get; } = new("clk", 1);

    /// <summary>Whether a name means the implicit clock in this module.</summary>
    public bool IsImplicitClock(string name) => HasImplicitClock && name == ImplicitClock.Name;

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
