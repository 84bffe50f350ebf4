using System.Text;
using Antlr4.Runtime;
using HwSeed.Hdl.Verilog.Preprocessing;

namespace HwSeed.Hdl.Verilog.Trees;

internal sealed partial class TreeBuilder
{
    // The lines of what has no effect, as written but for blanks and comments; says so at its first word.
    private EquatableArray<string> Ignored(ParserRuleContext context, VerilogToken first)
    {
        var next = _text.Tokens[first.TokenIndex + 1];
        Report(VerilogDiagnostics.TimedAssertionIgnored(
            first, first.Text is "property" or "sequence" or "clocking" ? first.Text : $"{first.Text} {next.Text}"));
        if (Start(context).Macro is null && _text.Tokens[context.Stop.TokenIndex].Macro is null)
        {
            _leftOut.Add(At(context));
        }

        var lines = new List<string>();
        var line = new StringBuilder();
        for (var i = context.Start.TokenIndex; i <= context.Stop.TokenIndex; i++)
        {
            var token = _text.Tokens[i];
            if (i > context.Start.TokenIndex && token.IsFirstOnLine && token.Macro is null)
            {
                lines.Add(line.ToString().TrimEnd());
                line.Clear();
            }

            line.Append(line.Length > 0 && !Adjoins(_text.Tokens[i - 1], token) ? " " : "")
                .Append(token.IsEscaped ? "\\" : "").Append(token.Text);
        }

        return [.. lines, line.ToString()];
    }

    private static bool Adjoins(VerilogToken left, VerilogToken right) =>
        left.Macro is null && right.Macro is null && left.Source == right.Source
        && (left.EndLine, left.EndColumn) == (right.Line, right.Column);
}
