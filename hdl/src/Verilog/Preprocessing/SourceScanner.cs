using System.Buffers;
using HwSeed.Hdl.Verilog.Grammar;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Preprocessing;

/// <summary>Cuts the text of one file into tokens; macros and directives are tokens here.</summary>
internal sealed class SourceScanner(SourceText source, string text, Strings strings, VerilogDiagnosticBag diagnostics)
{
    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_$");

    private static readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> Operators =
        Words.Operators.GetAlternateLookup<ReadOnlySpan<char>>();

    private int _position;
    private int _line = 1;
    private int _lineStart;
    private int _end = text.Length;
    private bool _inAttribute;
    private bool _inMacroText;
    private int _lastTokenLine;
    private long _size = -1;

    /// <summary>Whether faults of the text are of no interest, because a condition excludes it.</summary>
    public bool IsQuiet { get; set; }

    /// <summary>Says that the token just read was a directive, so that a comment behind it belongs to what follows.</summary>
    public void ForgetLine() => _lastTokenLine = 0;

    public SourceText Source => source;

    private int Column => _position - _lineStart + 1;

    /// <summary>The next token; null at the end.</summary>
    public VerilogToken? Next()
    {
        List<Comment>? comments = null;
        var spaced = false;
        var first = _position == 0;
        while (_position < _end)
        {
            var c = text[_position];
            if (c == '\n')
            {
                if (_inMacroText && (_position == 0 || !IsContinued()))
                {
                    _end = _position;
                    break;
                }

                NewLine();
                first = spaced = true;
            }
            else if (c is ' ' or '\t' or '\r' or '\f' or '\v')
            {
                _position++;
                spaced = true;
            }
            else if (c == '\\' && _inMacroText && AtLineEnd(_position + 1))
            {
                _position++;
                spaced = true;
            }
            else if (c == '/' && (Peek(1) is '/' or '*'))
            {
                if (Peek(1) == '/' && _inMacroText)
                {
                    SkipMacroComment();
                    continue;
                }

                (comments ??= []).Add(ReadComment());
                spaced = true;
            }
            else
            {
                var token = Read(c, spaced, first);
                if (token is null)
                {
                    continue;
                }

                if (comments is not null)
                {
                    token.Comments = comments;
                }

                _lastTokenLine = token.EndLine;
                return token;
            }
        }

        Trailing = comments;
        return null;
    }

    /// <summary>The comments behind the last token.</summary>
    public List<Comment>? Trailing { get; private set; }

    /// <summary>The tokens of a macro's text: the rest of this line and of those that a backslash adds.</summary>
    public List<VerilogToken> MacroText()
    {
        var (end, attribute) = (_end, _inAttribute);
        _inMacroText = true;
        var tokens = new List<VerilogToken>();
        while (Next() is { } token)
        {
            tokens.Add(token);
        }

        (_inMacroText, _end, _inAttribute) = (false, end, attribute);
        return tokens;
    }

    /// <summary>Whether the next character is an opening parenthesis, with nothing between.</summary>
    public bool IsAtParenthesis => Peek(0) == '(';

    private char Peek(int ahead) => _position + ahead < _end ? text[_position + ahead] : '\0';

    private bool AtLineEnd(int position) =>
        position >= _end || text[position] == '\n' || (text[position] == '\r' && position + 1 < _end && text[position + 1] == '\n');

    private bool IsContinued()
    {
        var before = _position - 1;
        before -= before >= 0 && text[before] == '\r' ? 1 : 0;
        return before >= 0 && text[before] == '\\';
    }

    private void NewLine()
    {
        _position++;
        _line++;
        _lineStart = _position;
    }

    // A line comment is no part of a macro's text; a backslash at its end still continues the text.
    private void SkipMacroComment()
    {
        while (_position < _end && text[_position] != '\n')
        {
            _position++;
        }
    }

    private Comment ReadComment()
    {
        var (start, line, column) = (_position, _line, Column);
        var behind = _lastTokenLine == _line;
        if (text[_position + 1] == '/')
        {
            var end = text.AsSpan(_position, _end - _position).IndexOf('\n');
            _position = end < 0 ? _end : _position + end;
            return new(text[start.._position].TrimEnd(), behind);
        }

        _position += 2;
        while (_position < _end && !(text[_position] == '*' && Peek(1) == '/'))
        {
            if (text[_position] == '\n')
            {
                NewLine();
            }
            else
            {
                _position++;
            }
        }

        if (_position >= _end)
        {
            if (!IsQuiet)
            {
                diagnostics.Add(VerilogDiagnostics.UnterminatedComment(At(line, column, 2)));
            }

            return new("/* */", false);
        }

        _position += 2;
        var rest = _position;
        while (rest < _end && text[rest] is ' ' or '\t' or '\r')
        {
            rest++;
        }

        return new(text[start.._position], behind && (rest >= _end || text[rest] == '\n'));
    }

    private VerilogToken? Read(char c, bool spaced, bool first)
    {
        if (char.IsAsciiLetter(c) || c == '_')
        {
            var length = NameLength(_position);
            return Make(VerilogGrammar.IDENTIFIER, length, spaced, first);
        }

        if (char.IsAsciiDigit(c))
        {
            return Number(spaced, first);
        }

        switch (c)
        {
            case '"':
                return String(spaced, first);
            case '`':
                return Backtick(spaced, first);
            case '\'':
                return Apostrophe(spaced, first);
            case '$' when Peek(1) is '_' or '$' || char.IsAsciiLetterOrDigit(Peek(1)):
                {
                    var length = 1 + NameLength(_position + 1);
                    var type = text.AsSpan(_position, length) is "$unit" ? VerilogGrammar.UNIT : VerilogGrammar.SYSTEM;
                    return Make(type, length, spaced, first);
                }

            case '\\':
                return EscapedName(spaced, first);
            case '(' when Peek(1) == '*' && OpensAttribute():
                _inAttribute = true;
                return Make(VerilogGrammar.OPEN_ATTRIBUTE, 2, spaced, first);
            case '*' when _inAttribute && Peek(1) == ')':
                _inAttribute = false;
                return Make(VerilogGrammar.CLOSE_ATTRIBUTE, 2, spaced, first);
        }

        for (var length = Math.Min(4, _end - _position); length > 0; length--)
        {
            if (Operators.TryGetValue(text.AsSpan(_position, length), out var type))
            {
                return Make(type, length, spaced, first);
            }
        }

        return Stray(c);
    }

    private VerilogToken? Stray(char c)
    {
        var (line, column, start) = (_line, Column, _position);
        while (_position < _end && text[_position] == c)
        {
            _position++;
        }

        if (!IsQuiet)
        {
            diagnostics.Add(VerilogDiagnostics.StrayCharacter(At(line, column, _position - start), c));
        }

        return null;
    }

    private int NameLength(int start)
    {
        var length = text.AsSpan(start, _end - start).IndexOfAnyExcept(NameCharacters);
        return length < 0 ? _end - start : length;
    }

    // '(*' opens an attribute unless it is '(*)', as in a sensitivity list.
    private bool OpensAttribute()
    {
        var next = _position + 2;
        while (next < _end && char.IsWhiteSpace(text[next]))
        {
            next++;
        }

        return next >= _end || text[next] != ')';
    }

    private VerilogToken EscapedName(bool spaced, bool first)
    {
        var length = 1;
        while (_position + length < _end && text[_position + length] is > ' ' and < '\x7f')
        {
            length++;
        }

        var name = strings.Of(text.AsSpan(_position + 1, length - 1));
        if (name.Length == 0 && !IsQuiet)
        {
            diagnostics.Add(VerilogDiagnostics.StrayCharacter(At(_line, Column, 1), '\\'));
        }

        var token = new VerilogToken(source, VerilogGrammar.IDENTIFIER, name, _line, Column)
        {
            HasSpaceBefore = spaced,
            IsFirstOnLine = first,
            IsEscaped = true,
            EndColumn = Column + length,
        };
        _position += length;
        return token;
    }

    private VerilogToken Number(bool spaced, bool first)
    {
        var start = _position;
        var length = Digits(start);
        var isReal = false;
        if (At(start + length) == '.' && char.IsAsciiDigit(At(start + length + 1)))
        {
            isReal = true;
            length += 1 + Digits(start + length + 1);
        }

        if (At(start + length) is 'e' or 'E')
        {
            var sign = At(start + length + 1) is '+' or '-' ? 1 : 0;
            if (char.IsAsciiDigit(At(start + length + 1 + sign)))
            {
                isReal = true;
                length += 1 + sign + Digits(start + length + 1 + sign);
            }
        }

        var unit = At(start + length) == 's' ? 1 : At(start + length) is 'm' or 'u' or 'n' or 'p' or 'f' && At(start + length + 1) == 's' ? 2 : 0;
        if (unit > 0 && NameLength(start + length) == unit)
        {
            isReal = true;
            length += unit;
        }

        if (!isReal)
        {
            _size = long.TryParse(text.AsSpan(start, length).ToString().Replace("_", "", StringComparison.Ordinal), out var size) ? size : -1;
        }

        return Make(isReal ? VerilogGrammar.REAL_NUMBER : VerilogGrammar.NUMBER, length, spaced, first, keepSize: !isReal);
    }

    private char At(int position) => position < _end ? text[position] : '\0';

    private int Digits(int start)
    {
        var length = 0;
        while (char.IsAsciiDigit(At(start + length)) || (length > 0 && At(start + length) == '_'))
        {
            length++;
        }

        return length;
    }

    private VerilogToken Apostrophe(bool spaced, bool first)
    {
        var signed = Peek(1) is 's' or 'S' ? 1 : 0;
        if (Peek(1 + signed) is 'b' or 'B' or 'o' or 'O' or 'd' or 'D' or 'h' or 'H')
        {
            return BasedNumber(signed, spaced, first);
        }

        if (Peek(1) is '0' or '1' or 'x' or 'X' or 'z' or 'Z' or '?' && NameLength(_position + 1) <= 1)
        {
            return Make(VerilogGrammar.FILL, 2, spaced, first);
        }

        return Peek(1) == '{'
            ? Make(VerilogGrammar.OPEN_PATTERN, 2, spaced, first)
            : Make(VerilogGrammar.APOSTROPHE, 1, spaced, first);
    }

    private VerilogToken BasedNumber(int signed, bool spaced, bool first)
    {
        var size = _size;
        var letter = char.ToLowerInvariant(Peek(1 + signed));
        var head = 2 + signed;
        var digits = _position + head;
        while (At(digits) is ' ' or '\t')
        {
            digits++;
        }

        // '1'b1?a:b' is a choice: a question mark that the size has no room for is no digit.
        var room = size < 0 ? long.MaxValue : letter switch { 'b' => size, 'o' => (size + 2) / 3, 'h' => (size + 3) / 4, _ => long.MaxValue };
        var (end, count) = (digits, 0L);
        while (IsDigit(At(end), letter) && !(At(end) == '?' && count >= room))
        {
            count += At(end) == '_' ? 0 : 1;
            end++;
        }

        if (count == 0)
        {
            // The digits may come from a macro; else the parser reports them missing.
            return Make(VerilogGrammar.BASED_NUMBER, head, spaced, first);
        }

        var token = new VerilogToken(
            source, VerilogGrammar.BASED_NUMBER,
            strings.Of(string.Concat(text.AsSpan(_position, head), text.AsSpan(digits, end - digits))), _line, Column)
        {
            HasSpaceBefore = spaced,
            IsFirstOnLine = first,
            EndColumn = Column + end - _position,
        };
        _position = end;
        _size = -1;
        return token;
    }

    private static bool IsDigit(char c, char letter) => c is '_' or '?' or 'x' or 'X' or 'z' or 'Z' || letter switch
    {
        'h' => char.IsAsciiHexDigit(c),
        _ => char.IsAsciiDigit(c),
    };

    private VerilogToken String(bool spaced, bool first)
    {
        var (start, line, column) = (_position, _line, Column);
        _position++;
        while (_position < _end && text[_position] != '"')
        {
            if (text[_position] == '\\' && _position + 1 < _end && text[_position + 1] != '\n')
            {
                _position += text[_position + 1] == '\r' && At(_position + 2) == '\n' ? 1 : 2;
            }
            else if (text[_position] == '\n')
            {
                if (!IsContinued())
                {
                    break;
                }

                NewLine();
            }
            else
            {
                _position++;
            }
        }

        var isClosed = _position < _end && text[_position] == '"';
        if (isClosed)
        {
            _position++;
        }
        else if (!IsQuiet)
        {
            diagnostics.Add(VerilogDiagnostics.UnterminatedString(At(line, column, 1)));
        }

        var written = text.AsSpan(start, _position - start);
        return new(source, VerilogGrammar.STRING_LITERAL, isClosed ? strings.Of(written) : "\"\"", line, column)
        {
            HasSpaceBefore = spaced,
            IsFirstOnLine = first,
            EndLine = _line,
            EndColumn = Column,
        };
    }

    private VerilogToken? Backtick(bool spaced, bool first)
    {
        if (_inMacroText)
        {
            var (type, length) = text.AsSpan(_position, Math.Min(4, _end - _position)) switch
            {
                ['`', '`', ..] => (VerilogToken.Paste, 2),
                ['`', '"', ..] => (VerilogToken.Quote, 2),
                ['`', '\\', '`', '"'] => (VerilogToken.EscapedQuote, 4),
                _ => (0, 0),
            };
            if (length > 0)
            {
                return Make(type, length, spaced, first);
            }
        }

        var name = _position + 1;
        name += At(name) == '\\' ? 1 : 0;
        if (!char.IsAsciiLetter(At(name)) && At(name) != '_')
        {
            return Stray('`');
        }

        var count = NameLength(name);
        var token = new VerilogToken(source, VerilogToken.Directive, strings.Of(text.AsSpan(name, count)), _line, Column)
        {
            HasSpaceBefore = spaced,
            IsFirstOnLine = first,
            EndColumn = Column + name + count - _position,
        };
        _position = name + count;
        return token;
    }

    private VerilogToken Make(int type, int length, bool spaced, bool first, bool keepSize = false)
    {
        if (!keepSize)
        {
            _size = -1;
        }

        var token = new VerilogToken(source, type, strings.Of(text.AsSpan(_position, length)), _line, Column)
        {
            HasSpaceBefore = spaced,
            IsFirstOnLine = first,
        };
        _position += length;
        return token;
    }

    private Diagnostics.SourceSpan At(int line, int column, int length) =>
        new Origin(source, line, column, line, column + length).Span!;
}
