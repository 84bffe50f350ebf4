namespace HwSeed.Hdl.Verilog.Preprocessing;

/// <summary>A macro: its parameters with their defaults, and its text.</summary>
/// <param name="Name">Name.</param>
/// <param name="Parameters">Null for a macro without parentheses.</param>
/// <param name="Text">Tokens as written.</param>
internal sealed record Macro(string Name, IReadOnlyList<MacroParameter>? Parameters, IReadOnlyList<VerilogToken> Text);

/// <summary>A parameter of a macro.</summary>
internal sealed record MacroParameter(string Name, IReadOnlyList<VerilogToken>? Default);

/// <summary>Where the preprocessor takes its tokens from: a file, or the text of a macro.</summary>
internal abstract class TokenPump
{
    private VerilogToken? _returned;

    public VerilogToken? Next()
    {
        var token = _returned ?? Read();
        _returned = null;
        return token;
    }

    /// <summary>Gives a token back; the next call yields it again.</summary>
    public void Return(VerilogToken token) => _returned = token;

    protected abstract VerilogToken? Read();
}

/// <summary>The tokens of a file.</summary>
internal sealed class FilePump(SourceScanner scanner, int conditions) : TokenPump
{
    public SourceScanner Scanner => scanner;

    /// <summary>How many conditions were open where the file begins.</summary>
    public int Conditions => conditions;

    protected override VerilogToken? Read() => scanner.Next();
}

/// <summary>The tokens of a macro's expansion; of an argument when there is no name.</summary>
internal sealed class ListPump(IReadOnlyList<VerilogToken> tokens, string? macro) : TokenPump
{
    private int _index;

    public string? Macro => macro;

    protected override VerilogToken? Read() => _index < tokens.Count ? tokens[_index++] : null;
}
