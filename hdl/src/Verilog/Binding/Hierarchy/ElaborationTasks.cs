using System.Text;
using HwSeed.Hdl.Verilog.Binding.Expressions;
using HwSeed.Hdl.Verilog.Binding.Names;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Binding.Hierarchy;

/// <summary><c>$error</c>, <c>$fatal</c>, <c>$warning</c> and <c>$info</c> outside of processes: what the source says of its parameters.</summary>
internal static class ElaborationTasks
{
    public static void Execute(SystemTaskSyntax task, Scope scope, BindingContext context)
    {
        var arguments = task.Arguments.Select(a => a.Value).OfType<ExpressionSyntax>().ToList();
        if (task.Name == "$fatal" && arguments is [NumberSyntax, ..])
        {
            arguments.RemoveAt(0);
        }

        var text = Text(arguments, scope, context);
        context.Report(task.Name switch
        {
            "$error" or "$fatal" => BindingDiagnostics.ElaborationError(text, task.Origin.Span),
            "$warning" or "$info" => BindingDiagnostics.ElaborationMessage(text, task.Name == "$warning", task.Origin.Span),
            _ => BindingDiagnostics.RefusedSystemTask(task.Name, task.Origin.Span),
        });
    }

    private static string Text(List<ExpressionSyntax> arguments, Scope scope, BindingContext context)
    {
        if (arguments.Count == 0)
        {
            return "the source refuses these parameters";
        }

        if (arguments[0] is not StringSyntax format)
        {
            return string.Join(" ", arguments.Select(a => Number(a, scope, context)));
        }

        var text = new StringBuilder();
        var next = 1;
        for (var i = 0; i < format.Text.Length; i++)
        {
            if (format.Text[i] != '%' || i + 1 == format.Text.Length)
            {
                text.Append(format.Text[i]);
                continue;
            }

            do
            {
                i++;
            }
            while (i + 1 < format.Text.Length && char.IsAsciiDigit(format.Text[i]));
            text.Append(format.Text[i] switch
            {
                '%' => "%",
                'm' or 'M' => "",
                _ when next < arguments.Count => arguments[next] is StringSyntax s ? s.Text : Number(arguments[next], scope, context),
                var c => $"%{c}",
            });
            next += format.Text[i] is '%' or 'm' or 'M' ? 0 : 1;
        }

        return text.Replace("\\n", " ").Replace("\\t", " ").ToString().Trim();
    }

    private static string Number(ExpressionSyntax syntax, Scope scope, BindingContext context)
    {
        var value = context.Expressions.Constant(syntax, scope);
        return value.Real?.ToString(System.Globalization.CultureInfo.InvariantCulture)
            ?? (value.Type.Signed ? value.Bits.Signed : value.Bits.Unsigned).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
