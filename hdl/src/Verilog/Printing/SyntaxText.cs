using System.Text;
using HwSeed.Hdl.Verilog.Preprocessing;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Printing;

/// <summary>The text of a tree as it grows: lines, indentation and comments.</summary>
internal sealed partial class SyntaxText
{
    private readonly StringBuilder _text = new();
    private int _indent;
    private string _netType = "wire";

    public override string ToString() => _text.ToString();

    private SyntaxText Write(string text)
    {
        _text.Append(text);
        return this;
    }

    private void Line() => _text.Append('\n').Append(' ', 2 * _indent);

    private void Name(string name)
    {
        if (IsSimple(name))
        {
            _text.Append(name);
        }
        else
        {
            _text.Append('\\').Append(name).Append(' ');
        }
    }

    private static bool IsSimple(string name) =>
        name.Length > 0 && (char.IsAsciiLetter(name[0]) || name[0] == '_')
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '$') && !Words.IsKeyword(name);

    // Comments stand on lines of their own before what they belong to.
    private void Comments(EquatableArray<string> comments)
    {
        foreach (var comment in comments)
        {
            Write(comment).Line();
        }
    }

    // What is kept as it was written.
    private void Ignored(EquatableArray<string> lines)
    {
        Write(lines[0]);
        _indent++;
        foreach (var line in lines.Skip(1))
        {
            Line();
            Write(line);
        }

        _indent--;
    }

    // Comments before a closing word, one step further in.
    private void Closing(EquatableArray<string> comments)
    {
        foreach (var comment in comments)
        {
            _indent++;
            Line();
            Write(comment);
            _indent--;
        }
    }

    private void Separated<T>(EquatableArray<T> parts, Action<T> print)
    {
        for (var i = 0; i < parts.Count; i++)
        {
            Write(i == 0 ? "" : ", ");
            print(parts[i]);
        }
    }

    // A list in brackets: on one line, or each part on its own.
    private void Bracketed<T>(string open, EquatableArray<T> parts, string close, bool isLong, Action<T> print)
        where T : SyntaxNode
    {
        Write(open);
        isLong |= parts.Any(p => p.Comments.Count > 0);
        _indent++;
        for (var i = 0; i < parts.Count; i++)
        {
            if (isLong)
            {
                Line();
                Comments(parts[i].Comments);
            }

            print(parts[i]);
            Write(i + 1 == parts.Count ? "" : isLong ? "," : ", ");
        }

        _indent--;
        if (isLong && parts.Count > 0)
        {
            Line();
        }

        Write(close);
    }

    private void Attributes(EquatableArray<AttributeSyntax> attributes)
    {
        if (attributes.Count == 0)
        {
            return;
        }

        Write("(* ");
        Separated(attributes, a =>
        {
            Name(a.Name);
            if (a.Value is not null)
            {
                Write(" = ");
                Expression(a.Value);
            }
        });
        Write(" *) ");
    }

    private void Label(string? name)
    {
        if (name is not null)
        {
            Write(" : ");
            Name(name);
        }
    }
}
