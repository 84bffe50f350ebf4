namespace HwSeed.Hdl.Diagnostics;

/// <summary>How serious a diagnostic is.</summary>
public enum Severity
{
    /// <summary>Worth knowing; nothing is refused.</summary>
    Info,

    /// <summary>Suspicious, yet accepted.</summary>
    Warning,

    /// <summary>The input is refused.</summary>
    Error,
}

/// <summary>A place in a text that a person wrote.</summary>
/// <param name="File">Path as the user gave it.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column in characters, from 1.</param>
/// <param name="Length">Characters to underline, at least 1.</param>
/// <param name="LineText">The whole source line, or empty when it is not text.</param>
public sealed record SourceSpan(string File, int Line, int Column, int Length = 1, string LineText = "")
{
    /// <summary>A span for a whole file, where no line applies (a binary file, a missing file).</summary>
    public static SourceSpan OfFile(string file) => new(file, 0, 0, 0);
}

/// <summary>A coded message about an input: what is wrong, where, and what would be right.</summary>
/// <param name="Code">HWnnnn: 1xxx RTL, 2xxx Verilog reader, 3xxx tools, 4xxx mapper and kernels, 5xxx agent,
/// 6xxx model files.</param>
/// <param name="Severity">How serious it is.</param>
/// <param name="Message">One sentence, no trailing full stop.</param>
/// <param name="Span">Where, when the input is a file.</param>
public sealed record Diagnostic(string Code, Severity Severity, string Message, SourceSpan? Span = null)
{
    /// <summary>An error without a place.</summary>
    public static Diagnostic Error(string code, string message, SourceSpan? span = null) =>
        new(code, Severity.Error, message, span);

    /// <summary>The message as compilers print it, with the source line and a caret where there is one.</summary>
    public override string ToString()
    {
        var severity = Severity.ToString().ToLowerInvariant();
        if (Span is null)
        {
            return $"{severity} {Code}: {Message}";
        }

        var place = Span.Line > 0 ? $"{Span.File}:{Span.Line}:{Span.Column}" : Span.File;
        var head = $"{place}: {severity} {Code}: {Message}";
        if (Span.LineText.Length == 0)
        {
            return head;
        }

        var indent = new string(' ', Math.Max(0, Span.Column - 1));
        var carets = new string('^', Math.Max(1, Span.Length));
        return $"{head}\n  {Span.LineText}\n  {indent}{carets}";
    }
}

/// <summary>What a code means, for <c>hwseed explain CODE</c>.</summary>
/// <param name="Code">HWnnnn.</param>
/// <param name="Title">The rule in a few words.</param>
/// <param name="Explanation">Why the rule is there and what to do.</param>
public sealed record DiagnosticDescriptor(string Code, string Title, string Explanation);
