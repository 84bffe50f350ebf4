using HwSeed.Hdl.Verilog.Grammar;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Preprocessing;

/// <summary>An open condition.</summary>
/// <param name="Opening">Its <c>`ifdef</c> or <c>`ifndef</c>.</param>
/// <param name="IsReachable">Whether the text around it counts.</param>
internal sealed record Condition(VerilogToken Opening, bool IsReachable)
{
    /// <summary>Whether the branch at hand counts.</summary>
    public bool IsTaken { get; set; }

    /// <summary>Whether a branch counted already.</summary>
    public bool WasTaken { get; set; }

    /// <summary>Whether <c>`else</c> was there.</summary>
    public bool HasElse { get; set; }
}

internal sealed partial class Preprocessor
{
    private const int EmptyFileCharacters = 4000;

    private static readonly string[] DirectiveNames =
    [
        "define", "undef", "undefineall", "ifdef", "ifndef", "elsif", "else", "endif", "include", "timescale",
        "default_nettype", "resetall", "celldefine", "endcelldefine", "line", "pragma", "begin_keywords", "end_keywords",
        "unconnected_drive", "nounconnected_drive",
    ];

    private static readonly string[] NetTypes =
        ["wire", "tri", "tri0", "tri1", "wand", "triand", "wor", "trior", "trireg", "uwire", "none"];

    private void Follow(VerilogToken token)
    {
        if (IsExcluded)
        {
            if (token.Text is "ifdef" or "ifndef" or "elsif" or "else" or "endif")
            {
                FollowCondition(token);
            }

            return;
        }

        if (!DirectiveNames.Contains(token.Text))
        {
            Expand(token);
            return;
        }

        Keep(token.Comments);
        (_pumps.Peek() as FilePump)?.Scanner.ForgetLine();
        switch (token.Text)
        {
            case "ifdef" or "ifndef" or "elsif" or "else" or "endif":
                FollowCondition(token);
                break;
            case "define":
                Define(token);
                break;
            case "undef":
                if (Name(token) is { } undefined)
                {
                    _macros.Remove(undefined.Text);
                }

                break;
            case "undefineall":
                _macros.Clear();
                break;
            case "include":
                Include(token);
                break;
            case "default_nettype":
                DefaultNetType(token);
                break;
            case "resetall":
                _netTypes.Add((_output.Count, "wire"));
                break;
            case "begin_keywords":
                BeginKeywords(token);
                break;
            case "end_keywords":
                if (!_oldKeywords.TryPop(out _))
                {
                    diagnostics.Add(VerilogDiagnostics.Condition(token, "`end_keywords without `begin_keywords"));
                }

                break;
            case "timescale":
                Timescale(token);
                break;
            case "line" or "pragma" or "unconnected_drive":
                RestOfLine();
                break;
        }

        (_pumps.TryPeek(out var pump) ? pump as FilePump : null)?.Scanner.ForgetLine();
    }

    private void FollowCondition(VerilogToken token)
    {
        var isInner = _conditions.Count > CurrentFile.Conditions;
        switch (token.Text)
        {
            case "ifdef" or "ifndef":
                var isReachable = !IsExcluded;
                var isTaken = IsDefined(token) == (token.Text == "ifdef");
                _conditions.Push(new(token, isReachable) { IsTaken = isReachable && isTaken, WasTaken = isTaken });
                break;
            case "endif" when isInner:
                _conditions.Pop();
                break;
            case "else" when isInner && !_conditions.Peek().HasElse:
                {
                    var condition = _conditions.Peek();
                    condition.IsTaken = condition.IsReachable && !condition.WasTaken;
                    condition.HasElse = true;
                    break;
                }

            case "elsif" when isInner && !_conditions.Peek().HasElse:
                {
                    var condition = _conditions.Peek();
                    var holds = IsDefined(token);
                    condition.IsTaken = condition.IsReachable && !condition.WasTaken && holds;
                    condition.WasTaken |= holds;
                    break;
                }

            default:
                diagnostics.Add(VerilogDiagnostics.Condition(
                    token, isInner ? $"{token.Shown} after `else" : $"{token.Shown} without `ifdef or `ifndef in this file"));
                break;
        }

        CurrentFile.Scanner.IsQuiet = IsExcluded;
        CurrentFile.Scanner.ForgetLine();
    }

    private FilePump CurrentFile => _pumps.OfType<FilePump>().First();

    private bool IsDefined(VerilogToken directive) =>
        Name(directive) is { } name && (_macros.ContainsKey(name.Text) || name.Text is "__FILE__" or "__LINE__");

    private VerilogToken? Name(VerilogToken directive)
    {
        var token = _pumps.Peek().Next();
        if (token is { Type: VerilogGrammar.IDENTIFIER, IsFirstOnLine: false })
        {
            Keep(token.Comments);
            return token;
        }

        if (token is not null)
        {
            _pumps.Peek().Return(token);
        }

        diagnostics.Add(VerilogDiagnostics.MalformedDirective(directive, $"{directive.Shown} lacks a name"));
        return null;
    }

    private List<VerilogToken> RestOfLine()
    {
        var pump = _pumps.Peek();
        var tokens = new List<VerilogToken>();
        while (pump.Next() is { } token)
        {
            if (token.IsFirstOnLine)
            {
                pump.Return(token);
                break;
            }

            Keep(token.Comments);
            tokens.Add(token);
        }

        return tokens;
    }

    private void Define(VerilogToken directive)
    {
        if (_pumps.Peek() is not FilePump { Scanner: var scanner })
        {
            diagnostics.Add(VerilogDiagnostics.MalformedDirective(directive, "'`define' in the text of a macro"));
            return;
        }

        if (Name(directive) is not { } name)
        {
            return;
        }

        if (DirectiveNames.Contains(name.Text))
        {
            diagnostics.Add(VerilogDiagnostics.MalformedDirective(name, $"'{name.Text}' is the name of a directive"));
        }

        var hasParameters = scanner.IsAtParenthesis;
        var text = scanner.MacroText();
        Keep(scanner.Trailing);
        IReadOnlyList<MacroParameter>? parameters = null;
        if (hasParameters)
        {
            var close = Closing(text);
            parameters = close < 0 ? null : Parameters(text, close);
            if (parameters is null)
            {
                diagnostics.Add(VerilogDiagnostics.MalformedDirective(name, $"the parameters of macro '{name.Text}' are names in parentheses"));
                parameters = [];
                close = Math.Max(0, close);
            }

            text = text[(close + 1)..];
        }

        text.ForEach(t => t.Comments = null);
        _macros[name.Text] = new(name.Text, parameters, text);
    }

    private static int Closing(List<VerilogToken> text)
    {
        var depth = 0;
        return text.FindIndex(t => (depth += t.Type switch
        {
            VerilogGrammar.OPEN_PARENTHESIS or VerilogGrammar.OPEN_BRACE or VerilogGrammar.OPEN_BRACKET => 1,
            VerilogGrammar.CLOSE_PARENTHESIS or VerilogGrammar.CLOSE_BRACE or VerilogGrammar.CLOSE_BRACKET => -1,
            _ => 0,
        }) == 0);
    }

    private static List<MacroParameter>? Parameters(List<VerilogToken> text, int close)
    {
        var parameters = new List<MacroParameter>();
        for (var i = 1; i < close;)
        {
            if (text[i].Type != VerilogGrammar.IDENTIFIER)
            {
                return null;
            }

            var name = text[i++].Text;
            List<VerilogToken>? value = null;
            if (text[i].Type == VerilogGrammar.EQUALS)
            {
                value = [];
                var depth = 0;
                for (i++; i < close && (depth > 0 || text[i].Type != VerilogGrammar.COMMA); i++)
                {
                    depth += text[i].Type is VerilogGrammar.OPEN_PARENTHESIS or VerilogGrammar.OPEN_BRACE or VerilogGrammar.OPEN_BRACKET ? 1
                        : text[i].Type is VerilogGrammar.CLOSE_PARENTHESIS or VerilogGrammar.CLOSE_BRACE or VerilogGrammar.CLOSE_BRACKET ? -1 : 0;
                    value.Add(text[i]);
                }
            }

            parameters.Add(new(name, value));
            if (i < close && text[i++].Type != VerilogGrammar.COMMA)
            {
                return null;
            }
        }

        return parameters;
    }

    private void Timescale(VerilogToken directive)
    {
        var line = RestOfLine();
        if (line.Count != 3 && !line.Any(t => t.Type == VerilogToken.Directive))
        {
            var isSpaced = line.Count is 4 or 5 && line.Any(t => t.Text == "/");
            if (!isSpaced)
            {
                diagnostics.Add(VerilogDiagnostics.MalformedDirective(directive, "'`timescale' is followed by a unit and a precision, as in 1ns / 1ps"));
            }
        }
    }

    private void DefaultNetType(VerilogToken directive)
    {
        if (Name(directive) is not { } type)
        {
            return;
        }

        if (!NetTypes.Contains(type.Text))
        {
            diagnostics.Add(VerilogDiagnostics.MalformedDirective(type, $"'{type.Text}' is no net type; use one of {string.Join(", ", NetTypes)}"));
        }
        else if (type.Text == "trireg")
        {
            diagnostics.Add(VerilogDiagnostics.Unsupported(type, "trireg"));
        }

        _netTypes.Add((_output.Count, type.Text));
    }

    private void BeginKeywords(VerilogToken directive)
    {
        var version = RestOfLine().FirstOrDefault();
        if (version?.Text is not ("\"1364-1995\"" or "\"1364-2001\"" or "\"1364-2001-noconfig\"" or "\"1364-2005\""
            or "\"1800-2005\"" or "\"1800-2009\"" or "\"1800-2012\"" or "\"1800-2017\"" or "\"1800-2023\""))
        {
            diagnostics.Add(VerilogDiagnostics.MalformedDirective(
                version ?? directive, "'`begin_keywords' is followed by a standard in quotes, as in \"1364-2005\""));
        }

        _oldKeywords.Push(version?.Text.StartsWith("\"1364", StringComparison.Ordinal) == true);
    }

    private void Include(VerilogToken directive)
    {
        var line = RestOfLine();
        if (line is [{ Type: VerilogToken.Directive } use, ..])
        {
            line = Expanded(line);
            _ = use;
        }

        var file = line switch
        {
            [{ Type: VerilogGrammar.STRING_LITERAL } name] => name.Text[1..^1],
            [{ Text: "<" } open, .., { Text: ">" } close] when open.Source == close.Source =>
                open.Source.Lines[open.Line - 1][open.Column..(close.Column - 1)],
            _ => null,
        };
        if (string.IsNullOrEmpty(file))
        {
            diagnostics.Add(VerilogDiagnostics.MalformedDirective(directive, "'`include' is followed by a file name in quotes, alone on its line"));
            return;
        }

        if (_pumps.OfType<FilePump>().Count() > options.MaxIncludeDepth)
        {
            var isCircle = _pumps.OfType<FilePump>().Count(p => p.Scanner.Source.Path == directive.Source.Path) > 1;
            diagnostics.Add(VerilogDiagnostics.TooDeep(
                directive, isCircle ? "the file includes itself" : $"files include each other more than {options.MaxIncludeDepth} levels deep"));
            _stopped = true;
            return;
        }

        string?[] directories = [Path.GetDirectoryName(directive.Source.Path), .. options.IncludeDirectories];
        var path = directories.Select(d => Path.Combine(d ?? "", file)).FirstOrDefault(File.Exists);
        if (path is null)
        {
            diagnostics.Add(VerilogDiagnostics.IncludeMissing(line[0].Source == directive.Source ? line[0] : directive, file));
            return;
        }

        if (SourceFile.Read(path, options, diagnostics) is { } text)
        {
            // Each use counts, and an empty file as well: a file that is included a hundred times in one that is.
            _included += text.Length + EmptyFileCharacters;
            if (_included > options.MaxIncludedCharacters)
            {
                diagnostics.Add(VerilogDiagnostics.TooManyTokens(
                    directive, $"more than {options.MaxIncludedCharacters:N0} characters are included"));
                _stopped = true;
                return;
            }

            var source = new SourceText(path, new LineList(text));
            _pumps.Push(new FilePump(new(source, text, _strings, diagnostics), _conditions.Count));
        }
    }
}
