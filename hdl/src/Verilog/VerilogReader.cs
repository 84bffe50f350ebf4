using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Verilog.Binding;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog;

/// <summary>Reads designs from Verilog: parses files and binds them.</summary>
public static class VerilogReader
{
    /// <summary>Reads files that belong to one design; packages and macros stand in files before those that use them.</summary>
    public static Checked<VerilogDesign> Read(IReadOnlyList<string> files, VerilogOptions? options = null, BindOptions? bind = null) =>
        Bind(VerilogParser.ParseFiles(files, options), bind ?? new());

    /// <summary>Reads a text.</summary>
    public static Checked<VerilogDesign> ReadText(string text, string path = "text.sv", VerilogOptions? options = null, BindOptions? bind = null) =>
        Bind([VerilogParser.ParseText(text, path, options)], bind ?? new());

    private static Checked<VerilogDesign> Bind(IEnumerable<Checked<SourceUnitSyntax>> parsed, BindOptions options)
    {
        var units = parsed.ToList();
        var diagnostics = units.SelectMany(u => u.Diagnostics).ToList();
        if (units.Any(u => !u.IsOk))
        {
            return Checked.Fail<VerilogDesign>(diagnostics);
        }

        var bound = VerilogBinder.Bind([.. units.Select(u => u.Value!)], options);
        return bound.IsOk
            ? Checked.Ok(bound.Value, diagnostics.Concat(bound.Diagnostics))
            : Checked.Fail<VerilogDesign>(diagnostics.Concat(bound.Diagnostics));
    }
}
