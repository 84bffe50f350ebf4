using System.Globalization;
using System.Text.RegularExpressions;
using HwSeed.Hdl.Architectures;
using Spectre.Console;

namespace HwSeed.Cli.Screens;

/// <summary>How values look on every screen.</summary>
internal static partial class Show
{
    /// <summary>Text from outside: neither our markup nor the terminal's.</summary>
    public static string Escape(string text) => Markup.Escape(Unprintable().Replace(text, "?"));

    /// <summary>12 345.</summary>
    public static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Three to four significant digits, without an exponent.</summary>
    public static string Number(double value) => Math.Abs(value) switch
    {
        >= 1000 => value.ToString("N0", CultureInfo.InvariantCulture),
        >= 100 => value.ToString("F0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("F1", CultureInfo.InvariantCulture),
        >= 1 or 0 => value.ToString("F2", CultureInfo.InvariantCulture),
        _ => value.ToString("0.###", CultureInfo.InvariantCulture),
    };

    /// <summary>87.5 %.</summary>
    public static string Share(double value) => (100 * value).ToString("F1", CultureInfo.InvariantCulture) + " %";

    /// <summary>1.23x.</summary>
    public static string Ratio(double value) => Number(value) + "x";

    /// <summary>An engine in a few words.</summary>
    public static string Engine(Architecture a) =>
        $"{a.Rows}x{a.Columns} PEs{(a.Lanes > 1 ? $" of {a.Lanes} lanes" : "")}, {Flow(a.Dataflow)}{(a.Interconnect == Interconnect.Broadcast ? ", broadcast" : "")}, {Operands(a)}, {a.AccumulatorBits}-bit sums"
        + (a.DoubleBuffering ? ", double-buffered" : "");

    private static string Operands(Architecture a) => a.InputBits == a.WeightBits
        ? $"{a.InputBits}-bit operands"
        : $"{a.InputBits}-bit activations, {a.WeightBits}-bit weights";

    /// <summary>The field's word for a dataflow.</summary>
    public static string Flow(Dataflow dataflow) => dataflow switch
    {
        Dataflow.OutputStationary => "output-stationary",
        Dataflow.WeightStationary => "weight-stationary",
        _ => "input-stationary",
    };

    /// <summary>A table in the house's form.</summary>
    public static Table Table(string? title, params IEnumerable<(string Name, bool Number)> columns)
    {
        var table = new Table { Border = TableBorder.Rounded, UseSafeBorder = true, BorderStyle = new Style(Color.Grey) };
        if (title is not null)
        {
            table.Title = new TableTitle(title, new Style(decoration: Decoration.Bold));
        }

        foreach (var (name, number) in columns)
        {
            table.AddColumn(new TableColumn(new Text(name, new Style(decoration: Decoration.Bold)))
            {
                Alignment = number ? Justify.Right : Justify.Left,
            });
        }

        return table;
    }

    /// <summary>Names and values in two columns.</summary>
    public static Grid Facts(params IEnumerable<(string Name, string Markup)> facts)
    {
        var grid = new Grid();
        grid.AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(0, 0, 2, 0) });
        grid.AddColumn(new GridColumn { Padding = new Padding(0, 0, 0, 0) });
        foreach (var (name, markup) in facts)
        {
            grid.AddRow(new Text(name, new Style(Color.Grey)), new Markup(markup));
        }

        return grid;
    }

    [GeneratedRegex(@"[\p{Cc}-[\n\t]]")]
    private static partial Regex Unprintable();
}
