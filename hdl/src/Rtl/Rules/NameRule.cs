using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Verilog;

namespace HwSeed.Hdl.Rtl;

/// <summary>HW1004 to HW1007: names are distinct legal identifiers.</summary>
internal static class NameRule
{
    public static IEnumerable<Diagnostic> Check(ModuleScope scope)
    {
        var module = scope.Module.Name;
        var seen = new HashSet<string>();
        foreach (var name in scope.Declared.Select(d => d.Name).Prepend(module))
        {
            if (!IsIdentifier(name))
            {
                yield return RtlDiagnostics.IllegalIdentifier(module, name);
            }
            else if (VerilogKeywords.Contains(name))
            {
                yield return RtlDiagnostics.Keyword(module, name);
            }
        }

        foreach (var (name, _) in scope.Declared)
        {
            if ((name == "clk" && scope.Module.HasImplicitClock) || VerilogWriter.IsReserved(name))
            {
                yield return RtlDiagnostics.ReservedName(module, name);
            }
            else if (!seen.Add(name))
            {
                yield return RtlDiagnostics.DuplicateName(module, name);
            }
        }
    }

    private static bool IsIdentifier(string name) => name.Length > 0 && !char.IsAsciiDigit(name[0])
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
