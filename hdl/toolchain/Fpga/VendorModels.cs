using System.Text;
using System.Text.RegularExpressions;
using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Toolchain;

/// <summary>The vendor's cells as Verilog that simulators take; they come with Yosys.</summary>
public static class VendorModels
{
    /// <summary>The modules of the cells, with the macros that they use: inputs have no default, so connect every one.</summary>
    /// <param name="cells">Names such as <c>SB_MAC16</c>, and those of cells that they instantiate.</param>
    /// <returns>The text; HW3001 without Yosys.</returns>
    public static Checked<string> Of(params IEnumerable<string> cells)
    {
        if (CellFile() is not { } file)
        {
            return Checked.Fail<string>(ToolDiagnostics.ToolMissing(ExternalTool.Yosys));
        }

        var models = File.ReadAllText(file);
        var text = new StringBuilder(
            "`define ICE40_DEFAULT_ASSIGNMENT_0\n`define ICE40_DEFAULT_ASSIGNMENT_1\n`define ICE40_DEFAULT_ASSIGNMENT_V(v)\n");
        foreach (var cell in cells.Distinct())
        {
            text.Append(Regex.Match(models, $@"^module {cell}\b.*?^endmodule", RegexOptions.Multiline | RegexOptions.Singleline).Value).Append('\n');
        }

        return Checked.Ok(text.ToString());
    }

    private static string? CellFile()
    {
        var yosys = ExternalTool.Yosys.Locate();
        return yosys is null ? null
            : ((string[])[yosys, SearchPath.Resolve(yosys)])
                .Select(p => Path.Combine(Path.GetDirectoryName(p)!, "..", "share", "yosys", "ice40", "cells_sim.v"))
                .FirstOrDefault(File.Exists);
    }
}
