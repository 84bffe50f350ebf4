using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Hdl.Rtl;

/// <summary>All wording of the RTL rules. A place is module.object, as in <c>pe.sum</c>.</summary>
public static class RtlDiagnostics
{
    /// <summary>What each code means, in order.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> Descriptors { get; } =
    [
        new("HW1001", "undefined name", "An expression may read ports, wires, registers, memory read words and instance outputs of its own module. Declare the name or correct it."),
        new("HW1002", "reference of another width", "A reference repeats the width of what it names, so that a tree knows its widths alone. Use the declared width and slice or extend the value."),
        new("HW1003", "operand width mismatch", "Operands of sums, bitwise operators, comparisons and multiplexers have equal widths, so that no width rule of Verilog decides a value. Extend or slice one of them."),
        new("HW1004", "name used twice", "Ports, wires, registers, memories, read words, instances and instance outputs of a module share one space of names."),
        new("HW1005", "illegal identifier", "Names are Verilog identifiers: a letter or underscore, then letters, digits and underscores."),
        new("HW1006", "keyword as name", "Words of Verilog-2005 and SystemVerilog-2012 are refused, because tools read Verilog files as either."),
        new("HW1007", "reserved name", "Where the clock is implicit it is named clk; names of _t and a number are given to values that the Verilog writer hoists."),
        new("HW1008", "output not driven", "Every output port has one driver."),
        new("HW1009", "output driven twice", "Every output port has one driver."),
        new("HW1010", "driver of no output", "An output driver names an output port of its module."),
        new("HW1011", "output width mismatch", "The value that drives an output port has the port's width."),
        new("HW1012", "instance input missing", "Every input port of an instance is connected; connect a constant where it is not needed."),
        new("HW1013", "unknown instance port", "An instance connects ports that its module has, inputs as inputs and outputs as outputs."),
        new("HW1014", "instance width mismatch", "The value at an instance's input has the port's width."),
        new("HW1015", "instance port connected twice", "Every port of an instance is connected at most once."),
        new("HW1016", "multiplexer condition is not one bit", "The condition of a multiplexer has 1 bit; reduce or compare the value."),
        new("HW1017", "slice out of range", "A slice lies inside of its operand and has at least one bit."),
        new("HW1018", "extension to fewer bits", "Zero and sign extension never drop bits; use a slice for that."),
        new("HW1019", "control is not one bit", "Enables and resets have 1 bit."),
        new("HW1020", "reset value width mismatch", "A register's reset value has the register's width."),
        new("HW1021", "memory address width mismatch", "An address has the fewest bits that count the memory's words, at least one."),
        new("HW1022", "memory data width mismatch", "The word written has the memory's width."),
        new("HW1023", "memory too small", "A memory has at least 2 words of at least 1 bit."),
        new("HW1024", "two modules with one name", "A module's name is its identity in the Verilog text; give different modules different names."),
        new("HW1025", "combinational loop", "A value must not depend on itself without a register between. A signal counts as a whole, not bit by bit; loops through instances count."),
        new("HW1026", "unused signal", "Nothing reads this signal. Remove it, or ignore the warning."),
        new("HW1027", "width below one", "Every value and port has at least 1 bit, and a concatenation at least one part."),
        new("HW1028", "clock is not one bit", "Registers and memory writes name edges of signals of 1 bit."),
        new("HW1029", "no clock", "A module without the implicit clock names an edge for each register and memory write, has no synchronous memory reads, and uses only modules that have no implicit clock either."),
        new("HW1030", "contents do not fit", "The contents of a memory are at most as many words as it has, each of its width."),
    ];

    internal static Diagnostic Undefined(string place, string name) => Error("HW1001", place, $"nothing here is named '{name}'");

    internal static Diagnostic ReferenceWidth(string place, string name, int used, int declared) =>
        Error("HW1002", place, $"'{name}' is read as {Bits(used)} but declared with {declared}");

    internal static Diagnostic OperandWidths(string place, string symbol, int left, int right) =>
        Error("HW1003", place, $"'{symbol}' has operands of {left} and {right} bits; extend or slice one of them");

    internal static Diagnostic DuplicateName(string module, string name) => Error("HW1004", module, $"the name '{name}' is used twice");

    internal static Diagnostic IllegalIdentifier(string module, string name) =>
        Error("HW1005", module, $"'{name}' is not an identifier; use letters, digits and underscores, and no digit first");

    internal static Diagnostic Keyword(string module, string name) =>
        Error("HW1006", module, $"'{name}' is a keyword of Verilog or SystemVerilog; choose another name");

    internal static Diagnostic ReservedName(string module, string name) =>
        Error("HW1007", module, $"'{name}' is reserved; clk is the implicit clock and _t with a number a hoisted value");

    internal static Diagnostic OutputNotDriven(string place) => Error("HW1008", place, "the output port is not driven");

    internal static Diagnostic OutputDrivenTwice(string place) => Error("HW1009", place, "the output port is driven twice");

    internal static Diagnostic NoSuchOutput(string place) => Error("HW1010", place, "a driver is given, but the module has no such output port");

    internal static Diagnostic OutputWidth(string place, int port, int value) =>
        Error("HW1011", place, $"the output port has {Bits(port)} but its value has {value}");

    internal static Diagnostic InputMissing(string place, string module) =>
        Error("HW1012", place, $"this input of '{module}' is not connected");

    internal static Diagnostic NoSuchPort(string place, string module, string direction) =>
        Error("HW1013", place, $"'{module}' has no such {direction}");

    internal static Diagnostic InputWidth(string place, int port, int value) =>
        Error("HW1014", place, $"the input port has {Bits(port)} but its value has {value}");

    internal static Diagnostic ConnectedTwice(string place) => Error("HW1015", place, "the port is connected twice");

    internal static Diagnostic MuxCondition(string place, int width) =>
        Error("HW1016", place, $"a multiplexer condition has {Bits(width)}; it must have 1");

    internal static Diagnostic SliceRange(string place, int low, int width, int operand) => Error("HW1017", place, width < 1
        ? $"a slice of {Bits(width)} is empty"
        : $"slice [{low + width - 1}:{low}] is outside of {Bits(operand)}");

    internal static Diagnostic Narrowing(string place, int operand, int width) =>
        Error("HW1018", place, $"cannot extend {Bits(operand)} to {width}; slice instead");

    internal static Diagnostic ControlWidth(string place, string control, int width) =>
        Error("HW1019", place, $"the {control} has {Bits(width)}; it must have 1");

    internal static Diagnostic ResetValueWidth(string place, int register, int value) =>
        Error("HW1020", place, $"the register has {Bits(register)} but its reset value has {value}");

    internal static Diagnostic InitialValueWidth(string place, int state, int value) =>
        Error("HW1020", place, $"it has {Bits(state)} but its initial value has {value}");

    internal static Diagnostic AddressWidth(string place, string port, int words, int needed, int width) =>
        Error("HW1021", place, $"the {port} address has {Bits(width)}; {words} words take {needed}");

    internal static Diagnostic DataWidth(string place, int memory, int data) =>
        Error("HW1022", place, $"the memory has words of {Bits(memory)} but the data written has {data}");

    internal static Diagnostic MemoryShape(string place, int depth, int width) =>
        Error("HW1023", place, $"a memory of {depth} words of {Bits(width)} is too small; it takes 2 words and 1 bit");

    internal static Diagnostic ModuleNameTwice(string name) =>
        Error("HW1024", name, "two different modules have this name");

    internal static Diagnostic Loop(string module, IEnumerable<string> path) =>
        Error("HW1025", module, $"combinational loop {string.Join(" -> ", path)}; put a register into it");

    internal static Diagnostic Unused(string place) =>
        new("HW1026", Severity.Warning, $"{place}: nothing reads this signal");

    internal static Diagnostic WidthBelowOne(string place, string what, int width) =>
        Error("HW1027", place, $"{what} has {Bits(width)}; it must have at least 1");

    internal static Diagnostic ClockWidth(string place, string clock, int width) =>
        Error("HW1028", place, $"the clock '{clock}' has {Bits(width)}; it must have 1");

    internal static Diagnostic NoClock(string place, string what) =>
        Error("HW1029", place, $"{what} needs the implicit clock, which this module does not have");

    internal static Diagnostic Contents(string place, int depth, int width, string what) =>
        Error("HW1030", place, $"the memory has {depth} words of {Bits(width)} but its contents have {what}");

    private static Diagnostic Error(string code, string place, string message) => Diagnostic.Error(code, $"{place}: {message}");

    private static string Bits(int width) => width == 1 ? "1 bit" : $"{width} bits";
}
