using System.Globalization;
using HwSeed.Agent.DesignSpaces;
using HwSeed.Hdl.Architectures;

namespace HwSeed.Agent.Estimates;

/// <summary>One recorded run of yosys and nextpnr: an architecture and what became of it on iCE40 HX8K.</summary>
/// <param name="Architecture">The engine.</param>
/// <param name="LogicCells">Logic cells after packing, or 0 when it did not place.</param>
/// <param name="Brams">Block RAMs after synthesis.</param>
/// <param name="FmaxMhz">Routed clock, or 0 when it did not place.</param>
public sealed record SynthesisRow(Architecture Architecture, int LogicCells, int Brams, double FmaxMhz)
{
    /// <summary>First line of a table: the fields of the design space, then what the tools gave.</summary>
    public static string Header { get; } = $"{string.Join(',', DesignSpace.Fields.Select(f => f.Label))},logic_cells,brams,fmax_mhz";

    /// <summary>One line of a table.</summary>
    public string ToCsv()
    {
        var point = DesignSpace.PointOf(Architecture).OrThrow();
        return string.Create(CultureInfo.InvariantCulture,
            $"{string.Join(',', DesignSpace.Fields.Select((f, i) => f.Text(point[i])))},{LogicCells},{Brams},{FmaxMhz:F2}");
    }

    /// <summary>The rows of a table; throws <see cref="FormatException"/> when it is not one.</summary>
    public static IReadOnlyList<SynthesisRow> ReadTable(TextReader table)
    {
        if (table.ReadLine() != Header)
        {
            throw new FormatException($"a synthesis table starts with '{Header}'");
        }

        var rows = new List<SynthesisRow>();
        while (table.ReadLine() is { Length: > 0 } line)
        {
            var words = line.Split(',');
            var fields = DesignSpace.Fields;
            var point = new DesignPoint([.. fields.Select((field, i) => OptionOf(field, words[i]))]);
            rows.Add(new(
                DesignSpace.ArchitectureOf(point), Integer(words[^3]), Integer(words[^2]), double.Parse(words[^1], CultureInfo.InvariantCulture)));
        }

        return rows;
    }

    private static int Integer(string word) => int.Parse(word, CultureInfo.InvariantCulture);

    private static int OptionOf(DesignField field, string word) =>
        Enumerable.Range(0, field.Values.Count).FirstOrDefault(option => field.Text(option) == word, -1) is >= 0 and var option
            ? option
            : throw new FormatException($"'{word}' is no value of {field.Label}");
}
