using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Hdl.Verilog;

/// <summary>The faults of one text, in the order found, no more than a person wants to read.</summary>
internal sealed class VerilogDiagnosticBag(int maxErrors)
{
    private readonly List<Diagnostic> _diagnostics = [];
    private readonly HashSet<(string Code, string File, int Line, int Column)> _known = [];
    private int _errors;

    public IReadOnlyList<Diagnostic> Diagnostics => _diagnostics;

    public bool HasErrors => _errors > 0;

    /// <summary>Whether so many errors were found that it is better to stop.</summary>
    public bool IsFull => _errors >= maxErrors;

    public void Add(Diagnostic diagnostic)
    {
        if (IsFull || (diagnostic.Span is { } span && !_known.Add((diagnostic.Code, span.File, span.Line, span.Column))))
        {
            return;
        }

        _diagnostics.Add(diagnostic);
        _errors += diagnostic.Severity == Severity.Error ? 1 : 0;
    }
}
