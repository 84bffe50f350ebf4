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
}
