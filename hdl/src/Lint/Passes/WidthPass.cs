using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Lint;

/// <summary>HW2503 and HW2504: values that are wider or narrower than what they are assigned to.</summary>
internal static class WidthPass
{
    public static IEnumerable<Diagnostic> Check(LintModule module)
    {
        var procedural = module.Processes.SelectMany(module.StatementsOf)
            .Where(s => s.Statement is AssignmentSyntax { Operator: "=" or "<=" })
            .Select(s => (((AssignmentSyntax)s.Statement).Target, ((AssignmentSyntax)s.Statement).Value, s.Scope));
        foreach (var (target, value, scope) in module.Assignments.Select(a => (a.Target, a.Value, a.Scope)).Concat(procedural))
        {
            if (module.Widths.OfTarget(target, scope) is not { } room || IsCounter(target, scope) || module.Widths.Of(value, scope) is not { } size)
            {
                continue;
            }

            if (size.Bits > room)
            {
                yield return LintDiagnostics.Truncated(value.Origin, Name(target), size.Bits, room);
            }
            else if (size.Bits < room && !size.Grows)
            {
                yield return LintDiagnostics.Extended(value.Origin, Name(target), size.Bits, room);
            }
        }
    }

    private static bool IsCounter(ExpressionSyntax target, LintScope scope) =>
        target is NameSyntax name && scope.Find(name.Name)?.Type is KeywordTypeSyntax;

    private static string Name(ExpressionSyntax target) =>
        target is NameSyntax name ? $"'{name.Name}'"
        : ExpressionParts.Root(target) is { } root ? $"a part of '{root.Name}'"
        : "a concatenation";
}
