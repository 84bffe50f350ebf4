namespace HwSeed.Hdl.Lint;

/// <summary>The rules of the linter, by code.</summary>
public static class LintRules
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<LintRule> All { get; } =
    [
        new("HW2501", "undriven", LintLevel.Warning, ["UNDRIVEN"], "A signal that nothing drives",
            "Something reads the signal, or it is an output, but no assignment, instance or initial value gives it a value; it reads as zero here and as X elsewhere. Drive it or remove it."),
        new("HW2502", "multiply-driven", LintLevel.Error, ["MULTIDRIVEN", "ASSIGNIN"], "A signal with several drivers",
            "Two assignments, processes or instances drive the same bits, or the module drives its own input. Hardware shorts them; simulators differ. Leave one driver; bits that do not overlap and branches of one generate are fine."),
        new("HW2503", "width-truncation", LintLevel.Warning, ["WIDTH", "WIDTHTRUNC"], "A value is cut",
            "The value has more bits than its target, so the upper ones are lost. Select the bits that are meant or widen the target. A sum counts as wide as its operands, and a plain number as wide as its value."),
        new("HW2504", "width-extension", LintLevel.Off, ["WIDTH", "WIDTHEXPAND"], "A value is extended",
            "The value has fewer bits than its target, so the upper ones are zeros or copies of the sign. Legal and common, hence off by default."),
        new("HW2505", "inferred-latch", LintLevel.Warning, ["LATCH", "NOLATCH"], "Combinational code that remembers",
            "On some path the process does not assign the signal, which then keeps its value: a latch. Assign it at the top of the process or on every path; a latch that is meant is written with always_latch."),
        new("HW2506", "unused-signal", LintLevel.Warning, ["UNUSED", "UNUSEDSIGNAL"], "A signal that nothing reads",
            "The signal is declared, perhaps driven, and never read. Remove it, or give it a name with 'unused' in it."),
        new("HW2507", "unused-parameter", LintLevel.Warning, ["UNUSED", "UNUSEDPARAM"], "A parameter that nothing reads",
            "No expression of the module reads the parameter. A misspelt name elsewhere is a common cause."),
        new("HW2508", "unused-input", LintLevel.Warning, ["UNUSED", "UNUSEDSIGNAL"], "An input port that nothing reads",
            "The module does not use this input. Remove it, or give it a name with 'unused' in it."),
        new("HW2509", "combinational-loop", LintLevel.Warning, ["UNOPTFLAT", "ALWCOMBORDER"], "A combinational loop",
            "A signal depends on itself without a register in between: the circuit may latch or oscillate. The message prints the whole path with the place of each signal. Put a register into it."),
        new("HW2510", "incomplete-sensitivity", LintLevel.Warning, [], "A sensitivity list leaves signals out",
            "The process reads the signal, but a change of it does not run the process in simulation, while hardware reacts to it. Write @* or always_comb."),
        new("HW2511", "blocking-in-clocked", LintLevel.Warning, ["BLKSEQ"], "Blocking assignment in clocked code",
            "Other code reads the signal, and whether it sees the old or the new value at an edge depends on the order of processes. Write <=. Variables that only the process itself reads are left alone."),
        new("HW2512", "nonblocking-in-combinational", LintLevel.Warning, ["COMBDLY"], "Non-blocking assignment in combinational code",
            "The value arrives after the process has run, so statements below read the old one. Write =."),
        new("HW2513", "mixed-assignments", LintLevel.Warning, ["BLKANDNBLK"], "Blocking and non-blocking assignments to one signal",
            "A signal is assigned both with = and with <=. Choose one: <= for registers, = for combinational values."),
        new("HW2514", "clock-as-data", LintLevel.Warning, ["CLKDATA"], "A clock is used as data",
            "A signal whose edges clock registers is also read as a value. At the edge itself its value is a race. Derive what is needed from a register."),
        new("HW2515", "derived-clock", LintLevel.Info, [], "A clock is made by logic",
            "A register or gate of this module makes a clock. Glitches and skew come with it; prefer an enable on the main clock, or a clock gate of the technology."),
        new("HW2516", "case-without-default", LintLevel.Info, ["CASEINCOMPLETE"], "A combinational case that does not list all values",
            "There is no default and not every value of the selector has a branch. Add a default, or say unique or priority."),
        new("HW2517", "case-overlap", LintLevel.Warning, ["CASEOVERLAP"], "A case branch that is never chosen",
            "An earlier branch takes all values that the label matches."),
        new("HW2518", "not-reset", LintLevel.Warning, [], "A register that its asynchronous reset leaves out",
            "The process has an asynchronous reset that does not assign this register. It is held during reset, so the reset becomes an enable of it. Reset it, or assign it in a process of its own."),
        new("HW2519", "reset-both-ways", LintLevel.Warning, ["SYNCASYNCNET"], "A reset that is asynchronous here and synchronous there",
            "One process is sensitive to an edge of the reset and another only tests its level at the clock. They leave reset at different times. Use one form."),
        new("HW2520", "constant-comparison", LintLevel.Warning, ["CMPCONST", "UNSIGNED"], "A comparison with one answer",
            "The constant lies outside of what the other side can be, as in x < 0 for an unsigned x. Often a sign or a width is missing."),
        new("HW2521", "implicit-net", LintLevel.Warning, ["IMPLICIT"], "An undeclared name becomes a wire",
            "Verilog makes a one-bit wire of a name that is not declared, so that a misspelling goes unnoticed. Declare it; `default_nettype none refuses such names."),
        new("HW2522", "input-left-open", LintLevel.Warning, ["PINMISSING", "PINCONNECTEMPTY", "PINNOCONNECT"], "An input port of an instance is not connected",
            "It reads as zero here and floats elsewhere. Connect it."),
        new("HW2523", "output-left-out", LintLevel.Info, ["PINMISSING"], "An output port of an instance is not mentioned",
            "Write .name() to say that it is left open on purpose."),
        new("HW2524", "port-width", LintLevel.Warning, ["WIDTH", "WIDTHTRUNC", "WIDTHEXPAND"], "A connection as wide as its port is not",
            "Upper bits are cut or filled with zeros. Select or extend what is meant."),
        new("HW2525", "comparison-with-x", LintLevel.Warning, [], "A comparison with x or z",
            "== and != with an undefined bit give an undefined result, which counts as false. Hardware has no such values."),
        new("HW2526", "case-with-x", LintLevel.Warning, ["CASEX", "CASEWITHX"], "x in a case statement",
            "casex takes an undefined selector for a match, and an x or z in a label of case matches no value of hardware. Use casez with ?."),
        new("HW2527", "unknown-pragma", LintLevel.Warning, [], "A lint comment names no rule",
            "A 'hwseed lint_off' or 'lint_on' names a code or a name that does not exist, so that it has no effect."),
        new("HW2528", "not-elaborated", LintLevel.Info, [], "More top modules than are elaborated",
            "Of modules that no other instantiates the first 200 are elaborated, for loops and for what the reader refuses. Name one with --top."),
    ];

    /// <summary>The rule of a code or a name, in any letter case; null when there is none.</summary>
    public static LintRule? Find(string codeOrName) => All.FirstOrDefault(r =>
        r.Code.Equals(codeOrName, StringComparison.OrdinalIgnoreCase) || r.Name.Equals(codeOrName, StringComparison.OrdinalIgnoreCase));
}
