using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Toolchain;

/// <summary>All wording about external tools: one factory method a code.</summary>
public static class ToolDiagnostics
{
    /// <summary>HW3001: a program is not installed.</summary>
    public static Diagnostic ToolMissing(ExternalTool tool) => Diagnostic.Error("HW3001",
        $"'{tool.Program}' is not installed: {tool.Purpose} needs it; install the Debian package '{tool.Package}' " +
        $"({tool.HowToInstall})");

    /// <summary>HW3002: a tool ran longer than it may.</summary>
    public static Diagnostic TimedOut(string tool, TimeSpan limit) => Diagnostic.Error("HW3002",
        $"{tool} did not end within {limit.TotalSeconds:0.#} s and was stopped");

    /// <summary>HW3003: a tool ended with a failure that it did not explain in a form we read.</summary>
    public static Diagnostic ToolFailed(string tool, int exitCode, string lastLines) => Diagnostic.Error("HW3003",
        $"{tool} failed with exit code {exitCode}: {(lastLines.Length == 0 ? "it printed nothing" : lastLines)}");

    /// <summary>HW3004: a name that cannot be a Verilog top module, and so not a file name either.</summary>
    public static Diagnostic BadTopName(string name) => Diagnostic.Error("HW3004",
        $"'{name}' cannot be a top module: a plain Verilog identifier of letters, digits and '_' is needed");

    /// <summary>HW3101: Verilator refused the Verilog.</summary>
    public static Diagnostic VerilatorError(string message, SourceSpan? span) =>
        Diagnostic.Error("HW3101", $"Verilator: {message}", span);

    /// <summary>HW3102: Verilator accepted the Verilog with a warning.</summary>
    public static Diagnostic VerilatorWarning(string rule, string message, SourceSpan? span) =>
        new("HW3102", Severity.Warning, $"Verilator {rule}: {message}", span);

    /// <summary>HW3103: the C++ compiler refused the model or the bench.</summary>
    public static Diagnostic CompileError(string message, SourceSpan? span) =>
        Diagnostic.Error("HW3103", $"g++: {message}", span);

    /// <summary>HW3201: Yosys refused the Verilog.</summary>
    public static Diagnostic YosysError(string message, SourceSpan? span) =>
        Diagnostic.Error("HW3201", $"Yosys: {message}", span);

    /// <summary>HW3202: no such device.</summary>
    public static Diagnostic UnknownDevice(
        string name, string? nearest, IEnumerable<string> known, SourceSpan? span = null) => Diagnostic.Error("HW3202",
        $"unknown device '{name}'{(nearest is null ? "" : $", did you mean '{nearest}'")}; known devices: " +
        string.Join(", ", known), span);

    /// <summary>HW3203: the top module has more port bits than the package has pins.</summary>
    public static Diagnostic TooManyPins(FpgaDevice device, int needs) => Diagnostic.Error("HW3203",
        Invariant($"needs {needs:N0} pins, {device.Name} in {device.Package} has {device.Ios:N0}; ") +
        "use narrower host streams or fewer ports");

    /// <summary>HW3204: the design needs more of a resource than the device has.</summary>
    public static Diagnostic DoesNotFit(FpgaDevice device, int needs, int has, string resource) =>
        Diagnostic.Error("HW3204", Invariant($"needs {needs:N0} {resource}, {device.Name} has {has:N0}"));

    /// <summary>HW3205: place and route gave up for another reason.</summary>
    public static Diagnostic NextpnrError(string message) => Diagnostic.Error("HW3205", $"nextpnr-ice40: {message}");

    /// <summary>HW3206: nothing in the design is clocked.</summary>
    public static Diagnostic NoClock(string top) => Diagnostic.Error("HW3206",
        $"'{top}' has no path between two registers, so it has no maximum frequency; register its inputs and outputs");

    /// <summary>HW3207: a line of a pin file that is not understood.</summary>
    public static Diagnostic BadPinLine(string reason, SourceSpan span) => Diagnostic.Error("HW3207", $"not a pin file: {reason}", span);

    /// <summary>HW3208: what the pins of a bitstream carry is not what the design's ports need.</summary>
    public static Diagnostic PinsDiffer(string what) => Diagnostic.Error("HW3208", $"the bitstream is not this design's: {what}");

    /// <summary>HW3209: icebox does not write this kind of cell as Verilog.</summary>
    public static Diagnostic NotReadBack(string cell) => Diagnostic.Error("HW3209",
        $"the bitstream uses {cell}, which cannot be read back; logic, carries, flip-flops and block memories can");

    /// <summary>HW3210: the bitstream is for another die.</summary>
    public static Diagnostic OtherDie(FpgaDevice device, string die) => Diagnostic.Error("HW3210",
        $"the bitstream is for an iCE40 {die}, and {device.Name} is an iCE40 {device.Die}");

    /// <summary>HW3211: no such board.</summary>
    public static Diagnostic UnknownBoard(string name, IEnumerable<Board> known) => Diagnostic.Error("HW3211",
        $"unknown board '{name}'{(known.Select(b => b.Name).FirstOrDefault(b => EditDistance.WithSwaps(b, name.ToLowerInvariant()) <= 3) is { } near ? $", did you mean '{near}'" : "")}; " +
        $"known boards: {string.Join(", ", known.Select(b => b.Name))}");

    /// <summary>HW3212: a cell of a netlist of which we do not know what it takes.</summary>
    public static Diagnostic UncountedCell(string cell, string family) => Diagnostic.Error("HW3212",
        $"synthesis for {family} made a {cell}, which is in no resource report: engines have look-up tables, carries, flip-flops, memories and multipliers");

    /// <summary>HW3213: a cell of a routed netlist that is not simulated.</summary>
    public static Diagnostic NotSimulated(string cell) => Diagnostic.Error("HW3213",
        $"the routed netlist uses {cell} in a way that has no simulation model here; logic cells, block memories and DSP blocks, plain pads and one PLL have one");

    /// <summary>Every code, for <c>hwseed explain</c>.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> Descriptors { get; } =
    [
        new("HW3001", "A tool is not installed",
            "A step needs a program that is not on the PATH. The message names the Debian package; 'hwseed doctor' " +
            "lists all of them. Steps whose tools are missing are skipped and reported, never assumed to have passed."),
        new("HW3002", "A tool exceeded its time limit",
            "Tools run with a wall-clock limit so that one design cannot stop a whole search. Its process group was " +
            "killed. The design is usually much too large for the target; otherwise raise the step's limit."),
        new("HW3003", "A tool failed",
            "A tool ended with an error that it did not explain in a form that HwSeed reads, often because it ran out " +
            "of the memory it was given. Its last lines are in the message and its files stay in the work directory."),
        new("HW3004", "The name cannot be a top module",
            "The name of the top module becomes a file name and an argument of several tools, so only letters, digits " +
            "and '_' are accepted, and it does not begin with a digit. Rename the module."),
        new("HW3101", "Verilator refused the Verilog",
            "Verilator's own message, with its position. In Verilog that HwSeed emitted this is a defect of HwSeed."),
        new("HW3102", "Verilator warns",
            "Verilator accepted the Verilog, yet one of its lint rules found something suspicious, such as a width " +
            "that is cut. The rule's name follows 'Verilator'; its manual explains each."),
        new("HW3103", "The C++ model or bench did not compile",
            "g++ refused the C++ that Verilator or a bench generator wrote. In generated code this is a defect of HwSeed."),
        new("HW3201", "Yosys refused the Verilog",
            "Yosys' own message, with its line. Yosys reads less of SystemVerilog than Verilator does."),
        new("HW3202", "Unknown device",
            "The target is none of the devices that HwSeed can synthesise for. The message lists them and the nearest."),
        new("HW3203", "Too many pins",
            "Each bit of the top module's ports takes a pin, whether or not logic uses it. Choose narrower host streams."),
        new("HW3204", "The design does not fit",
            "Synthesis or packing needs more logic cells, block memories or DSP blocks than the device has. Choose " +
            "fewer processing elements, narrower accumulators, smaller scratchpads or a larger device."),
        new("HW3205", "Place and route gave up",
            "nextpnr found no placement or no routing, though the resources suffice. Another seed, a lower target " +
            "clock or a slightly smaller design often helps."),
        new("HW3206", "The design has no clocked path",
            "A maximum frequency is defined by paths from register to register. A purely combinational top module has " +
            "none; put registers at its inputs and outputs."),
        new("HW3207", "A pin file cannot be read",
            "A .pcf holds one 'set_io SIGNAL PIN' a line, such as 'set_io in_data[3] A5', and comments after '#'. Each " +
            "signal and each pin stands once."),
        new("HW3208", "The pins of the bitstream are not those of the design",
            "Every bit of the design's ports needs one pin that the pin file names, driven by the chip where the port is " +
            "an output, and the chip may use no other pin. The bitstream, the pin file or the architecture was exchanged."),
        new("HW3209", "A cell cannot be read back",
            "IceStorm writes logic cells and block memories of a bitstream as Verilog, but not DSP blocks, PLLs or single-port " +
            "memories. For a board's folder the routed netlist runs instead; else choose a device without them, such as hx8k."),
        new("HW3210", "The bitstream is for another die",
            "The bitstream says which die it configures, and that is not the one of the device that the report names."),
        new("HW3211", "Unknown board",
            "The board is none of those that HwSeed knows pins and clocks of. The message lists them. For any other board " +
            "synthesise for its device with --device, and give the pins to nextpnr."),
        new("HW3212", "A cell is not counted",
            "A resource report says of every cell of the netlist what it takes of the device. Yosys made one that is not in the " +
            "family's table (hdl/docs/vendors.md), such as a PLL of Verilog from outside, or a cell of a newer Yosys. The report is refused rather than too small."),
        new("HW3213", "A cell is not simulated",
            "A bitstream with cells that cannot be read back is verified by the netlist that was routed, each of whose cells has to have a model. " +
            "This one has none (hdl/docs/readback.md), such as a pad with registers or a memory that is read on the falling edge. The bitstream stays unverified."),
    ];

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
