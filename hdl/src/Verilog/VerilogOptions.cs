namespace HwSeed.Hdl.Verilog;

/// <summary>How Verilog text is read.</summary>
public sealed record VerilogOptions
{
    /// <summary>The options of a reader that was told nothing.</summary>
    public static VerilogOptions Default { get; } = new();

    /// <summary>Macros that are defined before the first line, each with its text.</summary>
    public IReadOnlyDictionary<string, string> Defines { get; init; } = new Dictionary<string, string>();

    /// <summary>Where included files are looked for, after the folder of the including file.</summary>
    public EquatableArray<string> IncludeDirectories { get; init; }

    /// <summary>The most bytes that one file may have.</summary>
    public int MaxFileBytes { get; init; } = 16 << 20;

    /// <summary>The most characters that a file may have with all that it includes.</summary>
    public int MaxIncludedCharacters { get; init; } = 32 << 20;

    /// <summary>The most tokens that may remain after preprocessing.</summary>
    public int MaxTokens { get; init; } = 1_000_000;

    /// <summary>The most tokens that macros may yield in all, so that a few lines cannot grow without bound.</summary>
    public int MaxMacroTokens { get; init; } = 2_000_000;

    /// <summary>How deep files may include each other, and macros use each other.</summary>
    public int MaxIncludeDepth { get; init; } = 64;

    /// <summary>How deep statements, items and expressions may nest.</summary>
    public int MaxNesting { get; init; } = 500;

    /// <summary>The most errors that are reported for one file.</summary>
    public int MaxErrors { get; init; } = 20;
}
