using Antlr4.Runtime;
using HwSeed.Hdl.Verilog.Grammar;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Preprocessing;

/// <summary>What remains after preprocessing.</summary>
/// <param name="Tokens">Tokens, the last one being the end of the file.</param>
/// <param name="NetTypes">From which token on <c>`default_nettype</c> says what.</param>
internal sealed record PreprocessedText(List<VerilogToken> Tokens, IReadOnlyList<(int From, string NetType)> NetTypes);

/// <summary>Follows the directives of a file, expands its macros, and yields the tokens that the grammar knows.</summary>
internal sealed partial class Preprocessor(VerilogOptions options, VerilogDiagnosticBag diagnostics)
{
    private readonly Strings _strings = new();
    private readonly Dictionary<string, Macro> _macros = [];
    private readonly Stack<TokenPump> _pumps = new();
    private readonly Stack<Condition> _conditions = new();
    private List<(int From, string NetType)> _netTypes = [];
    private readonly Stack<bool> _oldKeywords = new();
    private List<VerilogToken> _output = [];
    private List<Comment>? _pending;
    private int _macroTokens;
    private long _included;
    private int _arguments;
    private int _level;

    /// <summary>Defines the macros that the options give.</summary>
    public void Define()
    {
        foreach (var (name, value) in options.Defines)
        {
            var source = new SourceText($"definition of {name}", new LineList(value));
            _macros[name] = new(name, null, new SourceScanner(source, value, _strings, diagnostics).MacroText());
        }
    }

    /// <summary>Preprocesses a file; what earlier files defined holds on.</summary>
    public PreprocessedText Run(string path, string text, VerilogDiagnosticBag found)
    {
        diagnostics = found;
        (_output, _pending, _stopped, _included) = ([], null, false, 0);
        _pumps.Clear();
        _conditions.Clear();
        _netTypes = _netTypes.Count == 0 ? [] : [(0, _netTypes[^1].NetType)];
        var main = new SourceText(path, new LineList(text));
        _pumps.Push(new FilePump(new(main, text, _strings, diagnostics), 0));
        Drain(0);
        var line = main.Lines.Count;
        var end = new VerilogToken(main, TokenConstants.EOF, "", line, main.Lines[line - 1].Length + 1)
        {
            Comments = _pending,
            TokenIndex = _output.Count,
        };
        _output.Add(end);
        return new(_output, _netTypes);
    }

    private bool IsStopped => diagnostics.IsFull || _stopped;

    private bool _stopped;

    // Takes tokens until the pumps above a level are empty.
    private void Drain(int level)
    {
        while (_pumps.Count > level && !IsStopped)
        {
            if (Pull(level) is not { } token)
            {
                return;
            }

            if (token.Type == VerilogToken.Directive)
            {
                Follow(token);
            }
            else if (!IsExcluded)
            {
                Emit(token);
            }
        }
    }

    private bool IsExcluded => _conditions.TryPeek(out var condition) && !condition.IsTaken;

    // The next token; ends files and expansions that have no more.
    private VerilogToken? Pull(int level)
    {
        while (_pumps.Count > level)
        {
            if (_pumps.Peek().Next() is { } token)
            {
                return token;
            }

            if (_pumps.Pop() is FilePump file)
            {
                Close(file);
            }
        }

        return null;
    }

    private void Close(FilePump file)
    {
        Keep(file.Scanner.Trailing);
        while (_conditions.Count > file.Conditions)
        {
            diagnostics.Add(VerilogDiagnostics.Condition(_conditions.Pop().Opening, "this condition has no `endif in its file"));
        }

        if (_pumps.TryPeek(out var outer) && outer is FilePump { Scanner: var scanner })
        {
            scanner.IsQuiet = IsExcluded;
        }
    }

    // Comments of tokens that are not passed on wait for the next token that is.
    private void Keep(List<Comment>? comments)
    {
        if (comments is not null && !IsExcluded)
        {
            (_pending ??= []).AddRange(comments);
        }
    }

    private void Emit(VerilogToken token)
    {
        if (_arguments == 0)
        {
            if (_pending is not null)
            {
                token.Comments = token.Comments is null ? _pending : [.. _pending, .. token.Comments];
                _pending = null;
            }

            if (_output.Count > 0 && Completes(_output[^1], token))
            {
                return;
            }

            token.TokenIndex = _output.Count;
            token.IsOldKeywordRegion = _oldKeywords.TryPeek(out var old) && old;
        }

        _output.Add(token);
        if (_output.Count > options.MaxTokens)
        {
            diagnostics.Add(VerilogDiagnostics.TooManyTokens(token, $"the text has more than {options.MaxTokens:N0} tokens"));
            _stopped = true;
        }
    }

    // A base such as 'h whose digits come from a macro: 8'h`VALUE.
    private static bool Completes(VerilogToken last, VerilogToken token)
    {
        if (last.Type != VerilogGrammar.BASED_NUMBER || !char.IsAsciiLetter(last.Text[^1]) || last.Text.Length > 3
            || (last.Text.Length == 3 && last.Text[1] is not ('s' or 'S'))
            || token.Type is not (VerilogGrammar.IDENTIFIER or VerilogGrammar.NUMBER) || (token.Macro is null && last.Macro is null)
            || !token.Text.All(c => char.IsAsciiHexDigit(c) || c is 'x' or 'X' or 'z' or 'Z' or '_'))
        {
            return false;
        }

        last.Text += token.Text;
        return true;
    }
}
