using HwSeed.Hdl.Verilog.Printing;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog;

/// <summary>
/// Prints syntax trees as Verilog in one fixed style. The text of a tree that the reader made is read back as an equal
/// tree; a tree made by a program must hold its own parentheses, and a block where an <c>else</c> would go astray.
/// </summary>
public static class VerilogPrinter
{
    /// <summary>The text of a file.</summary>
    public static string Print(SourceUnitSyntax unit)
    {
        var text = new SyntaxText();
        text.Unit(unit);
        return text.ToString();
    }

    /// <summary>The text of an expression.</summary>
    public static string Print(ExpressionSyntax expression)
    {
        var text = new SyntaxText();
        text.Expression(expression);
        return text.ToString();
    }
}
