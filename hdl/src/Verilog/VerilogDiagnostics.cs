using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Verilog.Preprocessing;

namespace HwSeed.Hdl.Verilog;

/// <summary>All wording of the reader of Verilog text: files, preprocessor, syntax and refused constructs.</summary>
public static class VerilogDiagnostics
{
    /// <summary>What each code means, in order.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> Descriptors { get; } =
    [
        new("HW2001", "file cannot be read", "The file is missing, is a folder, or may not be read."),
        new("HW2002", "file too large", "A Verilog file has at most 16 MB. Large tables belong in a file for $readmemh."),
        new("HW2003", "not a text file", "Verilog is text in UTF-8; a NUL byte shows that this is something else, perhaps UTF-16 or a binary."),
        new("HW2004", "bytes that are not UTF-8", "Text in another encoding is read all the same, with a mark for each byte that is not UTF-8. Save the file as UTF-8."),
        new("HW2005", "character that is not Verilog", "Outside of comments and strings Verilog has only the characters of ASCII that its tokens use. Quotation marks and dashes of a word processor are typical."),
        new("HW2006", "comment without end", "A comment that begins with /* ends with */; such comments do not nest."),
        new("HW2007", "string without end", "A string ends on its line, unless the line ends in a backslash."),
        new("HW2008", "macro not defined", "A backtick stands before the name of a directive or of a macro that `define or the command line defines."),
        new("HW2009", "malformed directive", "The directive lacks something, or has something that it cannot have."),
        new("HW2010", "conditions that do not match", "Each `ifdef and `ifndef has one `endif in the same file, and `else and `elsif stand between."),
        new("HW2011", "include file not found", "A file is looked for in the folder of the file that includes it, then in the include directories in order."),
        new("HW2012", "includes or macros too deep", "Files that include each other and macros that use each other end after at most 64 levels. A guard (`ifndef X, `define X, `endif) ends a circle of files."),
        new("HW2013", "wrong arguments of a macro", "A macro with parameters is used with as many arguments in parentheses; one that has a default may be left out."),
        new("HW2014", "macro uses itself", "A macro's text may not lead to the same macro again."),
        new("HW2015", "text too large after preprocessing", "The tokens of a design and of its macros are counted, so that a few lines cannot take all memory."),
        new("HW2016", "nested too deep", "Expressions, statements and blocks nest up to 500 levels, and one expression has at most as many operands as can be handled."),
        new("HW2101", "syntax error", "Something else must stand here. The message says what was expected and what was found."),
        new("HW2102", "semicolon missing", "Declarations and statements end in a semicolon; the mark stands where it is missing."),
        new("HW2103", "block without end", "The word that opens a block is closed by its counterpart: begin by end, module by endmodule, case by endcase."),
        new("HW2104", "closing word without beginning", "Nothing is open here that this word could close."),
        new("HW2105", "unbalanced parentheses", "Each bracket is closed by its counterpart in the same statement."),
        new("HW2106", "assignment outside of a process", "Among the items of a module a value is given by 'assign'; '=' and '<=' alone belong into always and initial."),
        new("HW2107", "misspelt keyword", "The word is almost a keyword that could stand here."),
        new("HW2108", "item in the wrong place", "The item is known but cannot stand here: for example a process outside of a module, or a declaration behind a statement."),
        new("HW2109", "names do not match", "The name behind an end is the name of what ends."),
        new("HW2110", "malformed number", "A number has digits of its base, as in 8'hff, 4'b10x1 and 12'd100."),
        new("HW2111", "malformed declaration", "The parts of the declaration do not fit together."),
        new("HW2112", "comma behind the last port", "A list of ports ends without a comma. Verilator and Yosys let it pass, and so does this reader, with a warning; Icarus does not."),
        new("HW2401", "unsupported construct", "The construct is part of SystemVerilog but not of the part that describes hardware here. It is refused, not skipped: remove it or keep it from this reader with `ifdef."),
        new("HW2402", "assertion over time ignored", "Properties, sequences, clockings and concurrent assertions such as assert property (...) speak of several cycles and are not checked. They are left out, as synthesis tools do, and said so. Immediate assertions, assert (condition), are read."),
        new("HW2403", "specify block ignored", "A specify block holds delays of paths and timing checks, which have no meaning where time is counted in clock edges. It is left out, as synthesis tools do, and said so."),
    ];

    internal static Diagnostic Unreadable(string path, string reason) => new("HW2001", Severity.Error, $"cannot read the file: {reason}", SourceSpan.OfFile(path));

    internal static Diagnostic TooLarge(string path, long bytes, int limit) =>
        new("HW2002", Severity.Error, $"the file has {bytes:N0} bytes; at most {limit:N0} are read", SourceSpan.OfFile(path));

    internal static Diagnostic Binary(SourceSpan span, string what) => Error("HW2003", span, what);

    internal static Diagnostic NotUtf8(SourceSpan span) => new("HW2004", Severity.Warning, "bytes that are not UTF-8 are read as unknown characters", span);

    internal static Diagnostic StrayCharacter(SourceSpan span, char c) => Error("HW2005", span, c switch
    {
        '\ufffd' => "bytes that are not UTF-8, outside of a comment",
        '\u2018' or '\u2019' => $"typographic quote {c}; write '",
        '\u201c' or '\u201d' => $"typographic quote {c}; write \"",
        '\u2013' or '\u2014' or '\u2212' => $"typographic dash {c}; write -",
        '`' => "a backtick without a name",
        '\\' => "a backslash without a name; an escaped name ends at a blank",
        < ' ' or '\x7f' => $"control character U+{(int)c:X4}",
        > '\x7f' => $"'{c}' (U+{(int)c:X4}) is no character of Verilog",
        _ => $"'{c}' is no token of Verilog",
    });

    internal static Diagnostic UnterminatedComment(SourceSpan span) => Error("HW2006", span, "this comment has no */");

    internal static Diagnostic UnterminatedString(SourceSpan span) => Error("HW2007", span, "this string has no closing quote on its line");

    internal static Diagnostic UnknownMacro(VerilogToken use, string? nearest) =>
        At("HW2008", use, $"'`{use.Text}' is neither a directive nor a defined macro{Suggestion(nearest, "`")}");

    internal static Diagnostic MalformedDirective(VerilogToken at, string message) => At("HW2009", at, message);

    internal static Diagnostic Condition(VerilogToken at, string message) => At("HW2010", at, message);

    internal static Diagnostic IncludeMissing(VerilogToken at, string file) => At("HW2011", at, $"cannot find the include file '{file}'");

    internal static Diagnostic TooDeep(VerilogToken at, string message) => At("HW2012", at, message);

    internal static Diagnostic MacroArguments(VerilogToken use, string message) => At("HW2013", use, $"macro '`{use.Text}' {message}");

    internal static Diagnostic Recursion(VerilogToken use) => At("HW2014", use, $"macro '`{use.Text}' leads to itself");

    internal static Diagnostic TooManyTokens(VerilogToken at, string message) => At("HW2015", at, message);

    internal static Diagnostic TooNested(VerilogToken at, int limit) => At("HW2016", at, $"nested deeper than {limit} levels");

    internal static Diagnostic ChainTooLong(VerilogToken at, int limit) =>
        At("HW2016", at, $"more than {limit} operators and brackets lie on one path of this expression; use parentheses or several statements");

    internal static Diagnostic Expected(VerilogToken at, string expected, string found) => At("HW2101", at, $"expected {expected}, found {found}");

    internal static Diagnostic Syntax(VerilogToken at, string message) => At("HW2101", at, message);

    internal static Diagnostic MissingSemicolon(SourceSpan after, string previous) => Error("HW2102", after, $"expected ';' after {previous}");

    internal static Diagnostic Unclosed(VerilogToken opening, string closer, VerilogToken found) =>
        At("HW2103", opening, found.Type < 0
            ? $"this {opening.Shown} has no '{closer}' before the end of the file"
            : $"this {opening.Shown} has no '{closer}' before {found.Shown} in line {found.Line}");

    internal static Diagnostic Unopened(VerilogToken closing) => At("HW2104", closing, $"unexpected {closing.Shown}: nothing is open here that it closes");

    internal static Diagnostic UnclosedBracket(VerilogToken opening, string closer, VerilogToken found) =>
        At("HW2105", opening, $"this {opening.Shown} has no '{closer}' before {found.Shown}{(found.Line == opening.Line || found.Type < 0 ? "" : $" in line {found.Line}")}");

    internal static Diagnostic LooseAssignment(VerilogToken at) =>
        At("HW2106", at, $"{at.Shown} assigns outside of a process; write 'assign' before the name, or put it into always or initial");

    internal static Diagnostic Misspelt(VerilogToken at, string keyword) => At("HW2107", at, $"unknown word {at.Shown}; did you mean '{keyword}'?");

    internal static Diagnostic WrongPlace(VerilogToken at, string message) => At("HW2108", at, message);

    internal static Diagnostic EndName(VerilogToken at, string name) => At("HW2109", at, $"{at.Shown} ends what is named '{name}'");

    internal static Diagnostic MalformedNumber(VerilogToken at, string message) => At("HW2110", at, message);

    internal static Diagnostic CommaAtEnd(SourceSpan span) => new("HW2112", Severity.Warning, "the comma behind the last port is ignored", span);

    internal static Diagnostic MalformedDeclaration(VerilogToken at, string message) => At("HW2111", at, message);

    internal static Diagnostic Unsupported(VerilogToken at, string what) => At("HW2401", at, $"unsupported: {what}");

    internal static Diagnostic TimedAssertionIgnored(VerilogToken at, string what) =>
        new("HW2402", Severity.Warning, $"'{what}' is ignored: assertions over time have no effect", at.Span);

    internal static Diagnostic SpecifyIgnored(VerilogToken at) =>
        new("HW2403", Severity.Warning, "the specify block is ignored: its delays and timing checks have no effect", at.Span);

    private static string Suggestion(string? nearest, string prefix) => nearest is null ? "" : $"; did you mean '{prefix}{nearest}'?";

    private static Diagnostic At(string code, VerilogToken token, string message) =>
        Error(code, token.Span, token.Macro is null || code == "HW2008" ? message : $"{message}, in expansion of '`{token.Macro}'");

    private static Diagnostic Error(string code, SourceSpan span, string message) => Diagnostic.Error(code, message, span);
}
