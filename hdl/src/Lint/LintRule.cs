using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Hdl.Lint;

/// <summary>A rule of the linter.</summary>
/// <param name="Code">HW25nn.</param>
/// <param name="Name">Its name in configuration files and comments, as <c>width-truncation</c>.</param>
/// <param name="Level">What becomes of its findings unless a configuration says otherwise.</param>
/// <param name="Verilator">Warnings of Verilator that its <c>lint_off</c> comments name and that this rule stands for.</param>
/// <param name="Title">The rule in a few words.</param>
/// <param name="Explanation">Why it is there and what to do.</param>
public sealed record LintRule(
    string Code, string Name, LintLevel Level, EquatableArray<string> Verilator, string Title, string Explanation)
{
    /// <summary>For <c>hwseed explain</c>.</summary>
    public DiagnosticDescriptor Descriptor => new(Code, Title, Explanation);
}
