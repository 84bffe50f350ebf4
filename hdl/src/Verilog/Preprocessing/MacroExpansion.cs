using System.Text;
using HwSeed.Hdl.Verilog.Grammar;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Preprocessing;

internal sealed partial class Preprocessor
{
    private void Expand(VerilogToken use)
    {
        Keep(use.Comments);
        if (use.Text is "__FILE__" or "__LINE__")
        {
            Emit(use.Text == "__LINE__"
                ? new(use.Source, VerilogGrammar.NUMBER, $"{use.Line}", use.Line, use.Column) { EndColumn = use.EndColumn }
                : new(use.Source, VerilogGrammar.STRING_LITERAL, $"\"{use.Source.Path}\"", use.Line, use.Column) { EndColumn = use.EndColumn });
            return;
        }

        if (!_macros.TryGetValue(use.Text, out var macro))
        {
            diagnostics.Add(VerilogDiagnostics.UnknownMacro(use, Spelling.Nearest(use.Text, _macros.Keys.Concat(DirectiveNames))));
            return;
        }

        if (_pumps.Any(p => p is ListPump list && list.Macro == macro.Name))
        {
            diagnostics.Add(VerilogDiagnostics.Recursion(use));
            return;
        }

        if (_pumps.Count > options.MaxIncludeDepth)
        {
            diagnostics.Add(VerilogDiagnostics.TooDeep(use, $"macros use each other more than {options.MaxIncludeDepth} levels deep"));
            _stopped = true;
            return;
        }

        if (macro.Parameters is null)
        {
            Push(use, macro, Substitute(use, macro, []));
        }
        else if (Arguments(use, macro) is { } arguments)
        {
            Push(use, macro, Substitute(use, macro, arguments));
        }
    }

    private void Push(VerilogToken use, Macro macro, List<VerilogToken> tokens)
    {
        _macroTokens += tokens.Count + 1;
        if (_macroTokens > options.MaxMacroTokens)
        {
            diagnostics.Add(VerilogDiagnostics.TooManyTokens(use, $"macros yield more than {options.MaxMacroTokens:N0} tokens"));
            _stopped = true;
            return;
        }

        _pumps.Push(new ListPump(tokens, macro.Name));
    }

    private List<IReadOnlyList<VerilogToken>>? Arguments(VerilogToken use, Macro macro)
    {
        var first = Pull(_level);
        if (first is not { Type: VerilogGrammar.OPEN_PARENTHESIS })
        {
            if (first is not null)
            {
                _pumps.Peek().Return(first);
            }

            // The name of a macro as an argument: what it is put into may have its parentheses.
            if (_arguments > 0 && first is null)
            {
                Emit(use);
                return null;
            }

            diagnostics.Add(VerilogDiagnostics.MacroArguments(use, "is used without its arguments in parentheses"));
            return null;
        }

        var written = new List<IReadOnlyList<VerilogToken>>();
        var current = new List<VerilogToken>();
        var depth = 0;
        while (true)
        {
            if (Pull(_level) is not { } token)
            {
                diagnostics.Add(VerilogDiagnostics.MacroArguments(use, "has arguments without a closing parenthesis"));
                return null;
            }

            Keep(token.Comments);
            token.Comments = null;
            switch (token.Type)
            {
                case VerilogGrammar.OPEN_PARENTHESIS or VerilogGrammar.OPEN_BRACKET or VerilogGrammar.OPEN_BRACE
                    or VerilogGrammar.OPEN_PATTERN or VerilogGrammar.OPEN_ATTRIBUTE:
                    depth++;
                    current.Add(token);
                    break;
                case VerilogGrammar.CLOSE_PARENTHESIS when depth == 0:
                    written.Add(current);
                    use.EndLine = use.Macro is null && token.Source == use.Source ? token.EndLine : use.EndLine;
                    use.EndColumn = use.Macro is null && token.Source == use.Source ? token.EndColumn : use.EndColumn;
                    return Fill(use, macro, written);
                case VerilogGrammar.CLOSE_PARENTHESIS or VerilogGrammar.CLOSE_BRACKET or VerilogGrammar.CLOSE_BRACE
                    or VerilogGrammar.CLOSE_ATTRIBUTE:
                    depth--;
                    current.Add(token);
                    break;
                case VerilogGrammar.COMMA when depth == 0:
                    written.Add(current);
                    current = [];
                    break;
                default:
                    current.Add(token);
                    break;
            }
        }
    }

    private List<IReadOnlyList<VerilogToken>>? Fill(VerilogToken use, Macro macro, List<IReadOnlyList<VerilogToken>> written)
    {
        var parameters = macro.Parameters!;
        var count = written.Count == 1 && written[0].Count == 0 && parameters.Count == 0 ? 0 : written.Count;
        if (count > parameters.Count || parameters.Skip(count).Any(p => p.Default is null))
        {
            diagnostics.Add(VerilogDiagnostics.MacroArguments(use, $"takes {parameters.Count} arguments, not {count}"));
            return null;
        }

        return [.. parameters.Select((p, i) => i < count && (written[i].Count > 0 || p.Default is null) ? written[i] : p.Default!)];
    }

    private List<VerilogToken> Substitute(VerilogToken use, Macro macro, List<IReadOnlyList<VerilogToken>> arguments)
    {
        var expanded = new List<VerilogToken>?[arguments.Count];
        var result = new List<VerilogToken>(macro.Text.Count);
        var isPasting = false;
        var isJoined = false;
        for (var i = 0; i < macro.Text.Count; i++)
        {
            var token = macro.Text[i];
            if (token.Type == VerilogToken.Paste)
            {
                isPasting = true;
                continue;
            }

            var isBeforePaste = i + 1 < macro.Text.Count && macro.Text[i + 1].Type == VerilogToken.Paste;
            IReadOnlyList<VerilogToken> piece;
            if (token.Type == VerilogToken.Quote)
            {
                piece = [Stringify(use, macro, arguments, ref i)];
            }
            else if (ParameterIndex(macro, token) is var index and >= 0)
            {
                piece = expanded[index] ??= Expanded(arguments[index]);
            }
            else if (token.Type == VerilogToken.Directive && (isBeforePaste || isPasting) && _macros.ContainsKey(token.Text))
            {
                piece = Expanded([token.At(use, macro.Name)]);
            }
            else
            {
                piece = [token.At(use, macro.Name)];
            }

            _macroTokens += piece.Count;
            if (_macroTokens > options.MaxMacroTokens)
            {
                break;
            }

            for (var j = 0; j < piece.Count; j++)
            {
                // A number such as 5A was cut in two; pasted to a name or a base both belong to it.
                var isPiece = isJoined && !piece[j].HasSpaceBefore && IsPart(piece[j]) && IsPart(result[^1]);
                isJoined = ((isPasting && j == 0) || isPiece) && result.Count > 0;
                result.AddRange(isJoined ? Joined(use, macro, result, piece[j]) : [piece[j]]);
            }

            isPasting = false;
        }

        return result;
    }

    private static bool IsPart(VerilogToken token) =>
        token.Type is VerilogGrammar.IDENTIFIER or VerilogGrammar.NUMBER or VerilogGrammar.BASED_NUMBER && !token.IsEscaped;

    private static int ParameterIndex(Macro macro, VerilogToken token)
    {
        if (token.Type == VerilogGrammar.IDENTIFIER && !token.IsEscaped && macro.Parameters is { } parameters)
        {
            for (var i = 0; i < parameters.Count; i++)
            {
                if (parameters[i].Name == token.Text)
                {
                    return i;
                }
            }
        }

        return -1;
    }

    // An argument with its own macros expanded, apart from the text that it goes into.
    private List<VerilogToken> Expanded(IReadOnlyList<VerilogToken> argument)
    {
        if (!argument.Any(t => t.Type == VerilogToken.Directive))
        {
            return [.. argument];
        }

        var output = _output;
        _output = [];
        _arguments++;
        var outer = _level;
        _level = _pumps.Count;
        _pumps.Push(new ListPump(argument, null));
        Drain(_level);
        _level = outer;
        _arguments--;
        (output, _output) = (_output, output);
        return output;
    }

    // The last token of what there is and the next one, written together and cut anew.
    private List<VerilogToken> Joined(VerilogToken use, Macro macro, List<VerilogToken> before, VerilogToken next)
    {
        var last = before[^1];
        before.RemoveAt(before.Count - 1);
        var text = Written(last) + Written(next);
        var source = new SourceText(use.Source.Path, new LineList(text));
        var scanner = new SourceScanner(source, text, _strings, diagnostics) { IsQuiet = true };
        var tokens = new List<VerilogToken>();
        while (scanner.Next() is { } token)
        {
            tokens.Add(token.At(use, macro.Name));
        }

        return tokens;
    }

    private static string Written(VerilogToken token) =>
        token.Type == VerilogToken.Directive ? $"`{token.Text}" : token.IsEscaped ? $"\\{token.Text} " : token.Text;

    private VerilogToken Stringify(VerilogToken use, Macro macro, List<IReadOnlyList<VerilogToken>> arguments, ref int index)
    {
        var text = new StringBuilder("\"");
        for (index++; index < macro.Text.Count && macro.Text[index].Type != VerilogToken.Quote; index++)
        {
            var token = macro.Text[index];
            if (token.HasSpaceBefore && text.Length > 1)
            {
                text.Append(' ');
            }

            if (token.Type == VerilogToken.EscapedQuote)
            {
                text.Append("\\\"");
            }
            else if (token.Type == VerilogToken.Paste)
            {
                continue;
            }
            else if (ParameterIndex(macro, token) is var parameter and >= 0)
            {
                Spell(text, arguments[parameter]);
            }
            else if (token.Type == VerilogToken.Directive && _macros.ContainsKey(token.Text))
            {
                Spell(text, Expanded([token.At(use, macro.Name)]));
            }
            else
            {
                text.Append(Written(token).Replace("\"", "\\\"", StringComparison.Ordinal));
            }
        }

        return new(use.Source, VerilogGrammar.STRING_LITERAL, text.Append('"').ToString(), use.Line, use.Column)
        {
            EndLine = use.EndLine,
            EndColumn = use.EndColumn,
            Macro = use.Macro ?? macro.Name,
        };
    }

    private static void Spell(StringBuilder text, IReadOnlyList<VerilogToken> tokens)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            text.Append(i > 0 && tokens[i].HasSpaceBefore ? " " : "")
                .Append(Written(tokens[i]).Replace("\"", "\\\"", StringComparison.Ordinal));
        }
    }
}
