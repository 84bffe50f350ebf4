using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Hdl.Verilog.Binding;

/// <summary>All wording of the binder.</summary>
public static class BindingDiagnostics
{
    /// <summary>What each code means.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> Descriptors { get; } =
    [
        new("HW2201", "unknown name", "Nothing with this name is visible here. The message names the nearest known one."),
        new("HW2202", "unknown module", "An instance names a module that no file defines. Add its file, or correct the name."),
        new("HW2203", "unknown port or parameter", "A connection or an override names a port or parameter that the module does not have."),
        new("HW2204", "name declared twice", "A scope has each name once. Rename one of the two declarations."),
        new("HW2205", "not a constant", "Ranges, parameters, counts and indices of generate blocks are known before simulation: they are made of literals, parameters, genvars and functions of these."),
        new("HW2206", "top module not clear", "Several modules are used by no other one, or all are used. Say which is the top."),
        new("HW2207", "wrong kind of name", "The name stands for something that has no meaning here, such as a type where a value is needed."),
        new("HW2208", "constant depends on itself", "The value of a parameter, type or enumeration is needed to find itself."),
        new("HW2209", "loop or recursion without end", "Loops and calls are unrolled. A loop ends by a condition that becomes constant; one with a condition of the hardware ends after 4096 turns at most."),
        new("HW2210", "design too large", "Reading this would take more than the limits of the reader. The message names the limit."),
        new("HW2211", "connected twice", "A port or parameter is connected once, and there are not more connections than ports."),
        new("HW2212", "wrong arguments", "A call gives each argument of a function or task a value, unless it has a default."),
        new("HW2213", "file of memory contents", "The file of $readmemh or $readmemb is sought beside the source and in the base folder; it holds words, @addresses and comments."),
        new("HW2214", "elaboration error", "The source itself refuses these parameters, by $error or $fatal outside of procedural code."),
        new("HW2215", "elaboration message", "The source itself warns or informs, by $warning or $info outside of procedural code."),
        new("HW2216", "parameter without value", "A parameter without a default is given a value at each instance."),
        new("HW2217", "port without declaration", "A module whose header only lists names declares the direction of each in its body."),
        new("HW2218", "nothing to leave", "break and continue stand inside of a loop, return inside of a function or task, and disable names a block around it."),
        new("HW2219", "input left open", "An input that nothing drives reads as 0."),
        new("HW2220", "port needs an interface", "A port that is an interface is connected to an instance of this interface, to an array of them when the port is one, or to another such port, perhaps with a modport: .p(bus), .p(bus.slave). It cannot stay open."),
        new("HW2301", "select out of range", "The bits or elements that are selected by constants do not lie inside of what is selected from, or run against its direction."),
        new("HW2302", "width below one", "Every vector, cast and part has at least one bit."),
        new("HW2303", "driven twice", "A bit of a variable has one driver: one process, one assignment, or one instance; a net that is not tri-state as well."),
        new("HW2304", "assignment to an input", "An input is driven from outside."),
        new("HW2305", "assignment to a constant", "Parameters, genvars and names of enumerations do not change."),
        new("HW2306", "net assigned by a process", "A process assigns variables. Declare the name as reg or logic, or use assign."),
        new("HW2307", "literal out of form", "The digits do not fit the base, or the size is 0 or too large."),
        new("HW2308", "pattern does not fit", "An assignment pattern gives each member or element one value."),
        new("HW2309", "no such member", "The operand is no structure, or has no member of this name."),
        new("HW2310", "port of another width", "The value at a port has another width than the port: it is extended or cut as an assignment would do."),
        new("HW2311", "array as a value", "An unpacked array is assigned or connected as a whole, or its elements are used; it is no operand. Shapes must agree."),
        new("HW2312", "part of a concatenation without a width", "'0, '1 and 'x take their width from their context, which a concatenation does not have."),
        new("HW2313", "values of an enumeration", "Each name of an enumeration has a value of its own."),
        new("HW2314", "union of different widths", "The members of a packed union have one width."),
        new("HW2315", "no such name in the interface", "The interface, or the modport through which it is seen, has no such name. A modport lets through what it lists; parameters and types are always seen."),
        new("HW2316", "assignment against a modport", "What a modport lists as input is driven by somebody else."),
        new("HW2411", "statement not supported", "The statement is outside of the synthesizable subset; test benches wait and fork, hardware does not."),
        new("HW2412", "expression not supported", "The expression is outside of the subset."),
        new("HW2413", "declaration not supported", "The item or type is outside of the subset."),
        new("HW2414", "process not supported", "An always process begins with @ and either edges only or no edge at all, and has no other timing."),
        new("HW2415", "tri-state not supported", "z has a meaning for the drivers of top-level ports only, and for a net with one driver."),
        new("HW2416", "delay ignored", "The simulation counts clock edges and has no time: delays of assignments and gates have no effect."),
        new("HW2417", "interface as a port of the top module", "A port of the design is a signal: a top module whose ports are interfaces has nothing that makes them. Put it into a module that makes instances of the interfaces and connects them."),
        new("HW2601", "system task without effect", "The task prints, stops or dumps in a simulation; it is accepted and has no effect."),
        new("HW2602", "system task refused", "The task or function has a meaning in a test bench only, and its value or effect would be missing."),
        new("HW2603", "assertion without effect", "Immediate assertions are accepted and not checked."),
    ];

    internal static bool EndsAll(Diagnostic diagnostic) => diagnostic.Code == "HW2210";

    internal static Diagnostic UnknownName(string what, string name, string? nearest, SourceSpan? span) =>
        Error("HW2201", $"there is no {what} '{name}'{(nearest is null || nearest == name ? "" : $"; did you mean '{nearest}'?")}", span);

    internal static Diagnostic UnknownModule(string name, string? nearest, SourceSpan? span) =>
        Error("HW2202", $"there is no module '{name}'{(nearest is null ? "" : $"; did you mean '{nearest}'?")}", span);

    internal static Diagnostic UnknownInterface(string name, string? nearest, SourceSpan? span) =>
        Error("HW2202", $"there is no interface '{name}'{(nearest is null ? "" : $"; did you mean '{nearest}'?")}", span);

    internal static Diagnostic UnknownPort(string what, string module, string name, string? nearest, SourceSpan? span) =>
        Error("HW2203", $"module '{module}' has no {what} '{name}'{(nearest is null ? "" : $"; did you mean '{nearest}'?")}", span);

    internal static Diagnostic Duplicate(string name, SourceSpan? span) => Error("HW2204", $"'{name}' is declared twice", span);

    internal static Diagnostic NotConstant(SourceSpan? span) => Error("HW2205", "a constant is needed here", span);

    internal static Diagnostic NotConstantSignal(string name, SourceSpan? span) =>
        Error("HW2205", $"a constant is needed here, and '{name}' is a signal", span);

    internal static Diagnostic NoTop(IReadOnlyList<string> candidates) => Error("HW2206", candidates.Count == 0
        ? "there is no module that no other module uses; name the top module"
        : $"several modules are used by no other one: {string.Join(", ", candidates)}; name the top module");

    internal static Diagnostic TopIsInterface(string name, SourceSpan? span) => Error("HW2206", $"the top module '{name}' is an interface", span);

    internal static Diagnostic UnknownTop(string name, IReadOnlyList<string> known) => Error("HW2206", known.Count == 0
        ? $"the top module '{name}' is not defined: there is no module"
        : $"the top module '{name}' is not defined; there are {string.Join(", ", known)}");

    internal static Diagnostic WrongKind(string name, string noun, string wanted, SourceSpan? span) =>
        Error("HW2207", $"{(name == "this" ? "this" : $"'{name}'")} is {("aeiou".Contains(noun[0]) ? "an" : "a")} {noun}, and {wanted} is needed here", span);

    internal static Diagnostic DependsOnItself(string noun, string name, SourceSpan? span) =>
        Error("HW2208", $"the {noun} '{name}' depends on itself", span);

    internal static Diagnostic LoopLimit(int turns, bool isGuarded, SourceSpan? span) => Error("HW2209", isGuarded
        ? $"the loop does not end after {turns} turns; its condition is not constant"
        : $"the loop does not end after {turns} turns", span);

    internal static Diagnostic RecursionLimit(string name, int depth, SourceSpan? span) =>
        Error("HW2209", $"'{name}' calls itself more than {depth} times", span);

    internal static Diagnostic InstanceRecursion(string name, int depth, SourceSpan? span) =>
        Error("HW2209", $"module '{name}' contains itself more than {depth} levels deep", span);

    internal static Diagnostic TooLarge(string what, long most, SourceSpan? span) => Error("HW2210", most > 0
        ? $"the design is too large: more than {most} {what}"
        : $"the source is too large: too many {what}", span);

    internal static Diagnostic ConnectedTwice(string name, SourceSpan? span) => Error("HW2211", $"'{name}' is connected twice", span);

    internal static Diagnostic TooManyConnections(string module, string what, int most, SourceSpan? span) =>
        Error("HW2211", $"module '{module}' has {most} {what}, and more are given", span);

    internal static Diagnostic WrongArguments(string name, int wanted, int given, SourceSpan? span) =>
        Error("HW2212", $"'{name}' takes {wanted} argument{(wanted == 1 ? "" : "s")}, and {given} {(given == 1 ? "is" : "are")} given", span);

    internal static Diagnostic NoMemoryFile(string path, string why, SourceSpan? span) =>
        Error("HW2213", $"the file '{path}' cannot be used: {why}", span);

    internal static Diagnostic BadMemoryFile(string path, int line, string token, SourceSpan? span) =>
        Error("HW2213", $"line {line} of '{path}' holds '{(token.Length > 40 ? token[..40] : token)}', which is no word", span);

    internal static Diagnostic MemoryFileTooLong(string path, SourceSpan? span) =>
        Warning("HW2213", $"the file '{path}' has more words than the array; the rest is ignored", span);

    internal static Diagnostic ElaborationError(string text, SourceSpan? span) => Error("HW2214", text, span);

    internal static Diagnostic ElaborationMessage(string text, bool isWarning, SourceSpan? span) =>
        new("HW2215", isWarning ? Severity.Warning : Severity.Info, text, span);

    internal static Diagnostic ParameterWithoutValue(string name, SourceSpan? span) =>
        Error("HW2216", $"the parameter '{name}' has no value", span);

    internal static Diagnostic PortNotDeclared(string name, SourceSpan? span) =>
        Error("HW2217", $"the port '{name}' has no direction", span);

    internal static Diagnostic NothingToLeave(string what, SourceSpan? span) => Error("HW2218", what switch
    {
        "loop" => "'break' stands in no loop",
        "turn" => "'continue' stands in no loop",
        "return" or "routine" => "'return' stands in no function or task",
        _ => $"'disable {what}' stands in no block of this name",
    }, span);

    internal static Diagnostic InputOpen(string instance, string port, SourceSpan? span) =>
        Warning("HW2219", $"the input '{port}' of '{instance}' is open and reads as 0", span);

    internal static Diagnostic NoInterface(string port, string? nearest, SourceSpan? span) =>
        Error("HW2220", $"the port '{port}' needs an interface{(nearest is null ? "" : $"; did you mean '{nearest}'?")}", span);

    internal static Diagnostic InterfaceOpen(string port, SourceSpan? span) => Error("HW2220", $"the port '{port}' needs an interface, and is open", span);

    internal static Diagnostic OtherInterface(string port, string wanted, string given, SourceSpan? span) =>
        Error("HW2220", $"the port '{port}' needs {wanted}, and this is {given}", span);

    internal static Diagnostic SelectOutside(SourceSpan? span) => Error("HW2301", "the select lies outside of the range", span);

    internal static Diagnostic SelectIgnored(SourceSpan? span) =>
        Warning("HW2301", "the select lies outside of the range: it reads as 0 and writes nothing", span);

    internal static Diagnostic SelectPartlyOutside(SourceSpan? span) =>
        Warning("HW2301", "a part of the select lies outside of the range: it reads as 0 and is not written", span);

    internal static Diagnostic SelectReversed(SourceSpan? span) =>
        Error("HW2301", "the bounds of the select run against the direction of the range", span);

    internal static Diagnostic BadWidth(int width, SourceSpan? span) => Error("HW2302", $"a width of {width} is not possible", span);

    internal static Diagnostic BadReplication(int count, SourceSpan? span) => Error("HW2302", $"a replication by {count} is not possible", span);

    internal static Diagnostic EnumTooSmall(string name, int width, SourceSpan? span) =>
        Error("HW2302", $"the value of '{name}' does not fit in {width} bit{(width == 1 ? "" : "s")}", span);

    internal static Diagnostic EnumValueTwice(string name, string other, SourceSpan? span) =>
        Error("HW2313", $"'{name}' has the value of '{other}'", span);

    internal static Diagnostic UnionWidths(string name, int width, int first, SourceSpan? span) =>
        Error("HW2314", $"the member '{name}' has {Bits(width)}, and those before it {first}", span);

    internal static Diagnostic DefaultTwice(SourceSpan? span) => Error("HW2204", "the case statement has two defaults", span);

    internal static Diagnostic DrivenTwice(string name, SourceSpan? span) => Error("HW2303", $"'{name}' is driven twice", span);

    internal static Diagnostic AssignsInput(string name, SourceSpan? span) => Error("HW2304", $"'{name}' is an input and cannot be assigned", span);

    internal static Diagnostic UnknownInterfaceName(string within, string what, string? nearest, SourceSpan? span) =>
        Error("HW2315", $"{within} has no {what}{(nearest is null ? "" : $"; did you mean '{nearest}'?")}", span);

    internal static Diagnostic AssignsModportInput(string name, string modport, SourceSpan? span) =>
        Error("HW2316", $"'{name}' is an input of modport '{modport}' and cannot be assigned", span);

    internal static Diagnostic InterfaceAtTop(string port, string module, SourceSpan? span) =>
        Error("HW2417", $"the port '{port}' of the top module '{module}' is an interface", span);

    internal static Diagnostic AssignsConstant(SourceSpan? span) => Error("HW2305", "a constant cannot be assigned", span);

    internal static Diagnostic AssignsNet(string name, SourceSpan? span) =>
        Error("HW2306", $"'{name}' is a net, and a process cannot assign it", span);

    internal static Diagnostic BadLiteral(string text, SourceSpan? span) =>
        Error("HW2307", $"'{(text.Length > 40 ? text[..40] + "..." : text)}' is no number", span);

    internal static Diagnostic PatternMismatch(string why, SourceSpan? span) => Error("HW2308", why, span);

    internal static Diagnostic NoMembers(string name, SourceSpan? span) =>
        Error("HW2309", $"this has no members, and '{name}' is asked for", span);

    internal static Diagnostic UnknownMember(string name, string? nearest, SourceSpan? span) =>
        Error("HW2309", $"there is no member '{name}'{(nearest is null ? "" : $"; did you mean '{nearest}'?")}", span);

    internal static Diagnostic NoBits(SourceSpan? span) => Error("HW2309", "this has no bits to select", span);

    internal static Diagnostic PortWidth(string port, int portWidth, int valueWidth, SourceSpan? span) =>
        Warning("HW2310", $"the port '{port}' has {Bits(portWidth)}, and its connection has {valueWidth}", span);

    internal static Diagnostic ArrayAsValue(SourceSpan? span) => Error("HW2311", "an unpacked array is no operand", span);

    internal static Diagnostic ShapesDiffer(SourceSpan? span) => Error("HW2311", "the two sides are not arrays of the same shape", span);

    internal static Diagnostic NotAnArray(SourceSpan? span) => Error("HW2311", "an array is needed here", span);

    internal static Diagnostic UnsizedPart(SourceSpan? span) =>
        Error("HW2312", "this takes its width from its context, and a concatenation gives none", span);

    internal static Diagnostic UnsupportedStatement(string what, SourceSpan? span) => Error("HW2411", $"{what} is not supported", span);

    internal static Diagnostic UnsupportedExpression(string what, SourceSpan? span) => Error("HW2412", $"{what} is not supported", span);

    internal static Diagnostic UnsupportedItem(string what, SourceSpan? span) => Error("HW2413", $"{what} is not supported", span);

    internal static Diagnostic ForeignDefparam(SourceSpan? span) => UnsupportedItem("'defparam' of what is not an instance beside it", span);

    internal static Diagnostic UnsupportedProcess(string why, SourceSpan? span) => Error("HW2414", why, span);

    internal static Diagnostic Tristate(string why, SourceSpan? span) => Error("HW2415", why, span);

    internal static Diagnostic DelayIgnored(SourceSpan? span) => Warning("HW2416", "the delay has no effect", span);

    internal static Diagnostic SimulationOnly(string name, SourceSpan? span) => Warning("HW2601", $"'{name}' has no effect here", span);

    internal static Diagnostic RefusedSystemTask(string name, SourceSpan? span) => Error("HW2602", $"'{name}' is not supported", span);

    internal static Diagnostic AssertionIgnored(string keyword, SourceSpan? span) => Warning("HW2603", $"'{keyword}' has no effect here", span);

    internal static Diagnostic NoValue(string name, SourceSpan? span) => Error("HW2207", $"'{name}' has no value", span);

    private static Diagnostic Error(string code, string message, SourceSpan? span = null) => Diagnostic.Error(code, message, span);

    private static Diagnostic Warning(string code, string message, SourceSpan? span) => new(code, Severity.Warning, message, span);

    private static string Bits(int width) => width == 1 ? "1 bit" : $"{width} bits";
}
