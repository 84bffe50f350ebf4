using System.Globalization;
using System.Text;

namespace HwSeed.Agent.Flow.Vendors;

/// <summary>The report as plain text, for a person and for a log.</summary>
public static class VendorReportText
{
    /// <summary>A line a resource, then the cells and the notes.</summary>
    public static string Write(VendorReport report)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{report.Architecture} on {report.Title} ({report.Part}), {report.Tools}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{"resource",-28}{"used",10}{"available",11}{"percent",9}  counted as\n");
        foreach (var use in report.Resources)
        {
            text.Append(CultureInfo.InvariantCulture, $"{use.Name,-28}{use.Used,10}{use.Available,11}{use.Percent,9:F2}  {use.CountedAs}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"\nwide multiplexers {report.WideMuxes}, carry bits {report.CarryBits}, memories in look-up tables {report.LutRams}\n");
        text.Append(CultureInfo.InvariantCulture, $"registers of the design before synthesis: {report.RegisterBits} bits\n");
        text.Append("cells: ").AppendJoin(", ", report.Cells.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Type} {c.Count}"))).Append('\n');
        text.Append("available: ").Append(report.Source).Append("\n\n");
        return text.AppendJoin('\n', report.Notes).Append('\n').ToString();
    }
}
