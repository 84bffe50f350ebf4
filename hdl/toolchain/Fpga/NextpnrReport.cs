using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Toolchain;

/// <summary>What nextpnr-ice40 says of a routed design.</summary>
/// <param name="LogicCells">ICESTORM_LC used.</param>
/// <param name="Brams">ICESTORM_RAM used.</param>
/// <param name="Dsps">ICESTORM_DSP used.</param>
/// <param name="Ios">SB_IO used.</param>
/// <param name="FmaxMhz">Achieved clock of the slowest domain; null when no path lies between two registers.</param>
internal sealed partial record NextpnrReport(int LogicCells, int Brams, int Dsps, int Ios, double? FmaxMhz)
{
    /// <summary>Reads the file of <c>--report</c>.</summary>
    public static NextpnrReport Read(Stream json)
    {
        using var document = JsonDocument.Parse(json);
        var used = document.RootElement.GetProperty("utilization").EnumerateObject()
            .ToDictionary(r => r.Name, r => r.Value.GetProperty("used").GetInt32());
        double? fmax = null;
        foreach (var clock in document.RootElement.GetProperty("fmax").EnumerateObject())
        {
            var achieved = clock.Value.GetProperty("achieved").GetDouble();
            fmax = Math.Min(fmax ?? achieved, achieved);
        }

        return new(used.GetValueOrDefault("ICESTORM_LC"), used.GetValueOrDefault("ICESTORM_RAM"),
            used.GetValueOrDefault("ICESTORM_DSP"), used.GetValueOrDefault("SB_IO"), fmax);
    }

    /// <summary>Why nextpnr gave up: resources over the device's, as its log counted them, else its own words.
    /// </summary>
    public static IReadOnlyList<Diagnostic> Failures(string log, string output, FpgaDevice device)
    {
        var over = Utilisation().Matches(log)
            .Select(m => (Resource: m.Groups["name"].Value, Used: Number(m, "used"), Has: Number(m, "has")))
            .Where(r => r.Used > r.Has)
            .Select(r => ToolDiagnostics.DoesNotFit(device, r.Used, r.Has, Words(r.Resource)))
            .ToList();
        return over.Count > 0
            ? over
            : [.. ErrorLine().Matches(output).Select(m => ToolDiagnostics.NextpnrError(m.Groups["text"].Value.Trim()))];
    }

    /// <summary>The lines of the log that a person reads first: utilisation, then the clocks after routing.</summary>
    public static string Summary(string log)
    {
        // The log has estimates from before routing too; the routed figures follow the last report's head.
        var routed = Math.Max(0, log.IndexOf("Critical path report", StringComparison.Ordinal));
        return string.Join('\n', Utilisation().Matches(log[..routed])
            .Concat(Timing().Matches(log[routed..])).Select(m => m.Groups["text"].Value.Trim()));
    }

    private static int Number(Match match, string group) =>
        int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    private static string Words(string resource) => resource switch
    {
        "ICESTORM_LC" => "logic cells",
        "ICESTORM_RAM" => "block memories",
        "ICESTORM_DSP" => "DSP blocks",
        _ => resource,
    };

    [GeneratedRegex(@"^Info:\s+(?<text>(?<name>\w+):\s+(?<used>\d+)/\s*(?<has>\d+)\s+\d+%)", RegexOptions.Multiline)]
    private static partial Regex Utilisation();

    [GeneratedRegex(@"^(Info|Warning):\s+(?<text>(Max frequency|Max delay).*)$", RegexOptions.Multiline)]
    private static partial Regex Timing();

    [GeneratedRegex(@"^ERROR: (?<text>.*)$", RegexOptions.Multiline)]
    private static partial Regex ErrorLine();
}
