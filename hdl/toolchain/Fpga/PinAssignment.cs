using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using HwSeed.Hdl;
using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Toolchain;

/// <summary>A bit of a port and the pin of the package that carries it.</summary>
/// <param name="Port">Port of the top module.</param>
/// <param name="Bit">Bit of a bus; null for a port of one bit that is named without an index.</param>
/// <param name="Pin">Pin, as the package numbers it.</param>
public sealed record PinAssignment(string Port, int? Bit, string Pin)
{
    /// <summary>The bit as Verilog selects it, such as <c>in_data[3]</c>.</summary>
    public string Signal => Bit is { } bit ? string.Create(CultureInfo.InvariantCulture, $"{Port}[{bit}]") : Port;
}

/// <summary>Pin files (<c>.pcf</c>): one <c>set_io SIGNAL PIN</c> a line, as nextpnr and icebox read them.</summary>
public static partial class PinFile
{
    /// <summary>The file's text, in the given order.</summary>
    public static string Write(IEnumerable<PinAssignment> pins) =>
        pins.Aggregate(new StringBuilder(), (text, pin) => text.Append("set_io ").Append(pin.Signal).Append(' ').Append(pin.Pin).Append('\n'))
            .ToString();

    /// <summary>Reads a file's text. HW3207: a line that is no assignment, or a signal or pin that stands twice.</summary>
    /// <param name="text">The text.</param>
    /// <param name="path">The file, for messages.</param>
    public static Checked<IReadOnlyList<PinAssignment>> Read(string text, string path)
    {
        var (pins, problems) = (new List<PinAssignment>(), new List<Diagnostic>());
        HashSet<string> signals = [], places = [];
        foreach (var (number, line) in text.Split('\n').Index())
        {
            var words = line.Split('#')[0].Trim();
            if (words.Length == 0)
            {
                continue;
            }

            if (Assignment().Match(words) is not { Success: true } match)
            {
                problems.Add(ToolDiagnostics.BadPinLine("it is not 'set_io SIGNAL PIN'", new(path, number + 1, 1)));
                continue;
            }

            var pin = new PinAssignment(
                match.Groups["port"].Value,
                match.Groups["bit"].Success ? int.Parse(match.Groups["bit"].Value, CultureInfo.InvariantCulture) : null,
                match.Groups["pin"].Value);
            foreach (var twice in ((bool, string)[])[(signals.Add(pin.Signal), pin.Signal), (places.Add(pin.Pin), $"pin {pin.Pin}")])
            {
                if (!twice.Item1)
                {
                    problems.Add(ToolDiagnostics.BadPinLine($"{twice.Item2} stands twice", new(path, number + 1, 1)));
                }
            }

            pins.Add(pin);
        }

        return problems.Count > 0 ? Checked.Fail<IReadOnlyList<PinAssignment>>(problems) : Checked.Ok<IReadOnlyList<PinAssignment>>(pins);
    }

    [GeneratedRegex(@"^set_io\s+(?<port>[A-Za-z_]\w*)(\[(?<bit>\d{1,4})\])?\s+(?<pin>[A-Za-z0-9]+)$")]
    private static partial Regex Assignment();
}
