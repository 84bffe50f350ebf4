using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Cli;

/// <summary>What the command tells its caller.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int CheckFailed = 1;
    public const int BadInput = 2;
    public const int ToolMissing = 3;
    public const int Interrupted = 130;

    /// <summary>
    /// The code for diagnostics that ended a command: the input was bad, unless they speak of a missing tool or of a
    /// design or run that was read well and then failed.
    /// </summary>
    public static int Of(IEnumerable<Diagnostic> diagnostics)
    {
        var codes = diagnostics.Where(d => d.Severity == Severity.Error).Select(d => Of(d.Code)).ToHashSet();
        return codes.Contains(ToolMissing) ? ToolMissing
            : codes.Contains(BadInput) ? BadInput
            : codes.Count > 0 ? CheckFailed
            : Done;
    }

    private static int Of(string code) => code switch
    {
        "HW3001" or "HW4101" or "HW4102" => ToolMissing,
        "HW3004" or "HW3202" or "HW3211" or "HW4104" => BadInput,
        "HW1044" or "HW1045" or "HW1067" or "HW5502" or "HW5503" or "HW5101" or "HW5102" or "HW5103" or "HW5109" or "HW5110" or "HW5111" or "HW5113" or "HW5114" or "HW5116" or "HW5119" => CheckFailed,
        _ when code.StartsWith("HW3", StringComparison.Ordinal) || code.StartsWith("HW41", StringComparison.Ordinal) => CheckFailed,
        _ => BadInput,
    };
}
