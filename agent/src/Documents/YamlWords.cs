using System.Diagnostics;
using System.Globalization;
using HwSeed.Hdl.Architectures;

namespace HwSeed.Agent.Documents;

/// <summary>Writes text as a YAML scalar that reads back as the same text.</summary>
internal static class YamlWords
{
    public static string Quote(string text)
    {
        var plain = text.Length > 0
            && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
            && char.IsAsciiLetter(text[0])
            && text is not ("true" or "false" or "null");
        if (plain)
        {
            return text;
        }

        var quoted = text.SelectMany(c => c switch
        {
            '"' => "\\\"",
            '\\' => "\\\\",
            _ when char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' or '\ufeff' =>
                string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"),
            _ => c.ToString(),
        });
        return $"\"{string.Concat(quoted)}\"";
    }
}

/// <summary>The dataflows as documents and design tokens call them.</summary>
internal static class DataflowWords
{
    public const string OutputStationary = "output_stationary";
    public const string WeightStationary = "weight_stationary";
    public const string InputStationary = "input_stationary";

    public static IReadOnlyList<string> All { get; } = [OutputStationary, WeightStationary, InputStationary];

    public static string Of(Dataflow dataflow) => dataflow switch
    {
        Dataflow.OutputStationary => OutputStationary,
        Dataflow.WeightStationary => WeightStationary,
        Dataflow.InputStationary => InputStationary,
        _ => throw new UnreachableException($"dataflow {dataflow}"),
    };

    public static Dataflow Parse(string word) => word switch
    {
        WeightStationary => Dataflow.WeightStationary,
        InputStationary => Dataflow.InputStationary,
        _ => Dataflow.OutputStationary,
    };
}

/// <summary>The words of <c>array.interconnect</c>.</summary>
internal static class InterconnectWords
{
    public const string Systolic = "systolic";
    public const string Broadcast = "broadcast";

    public static IReadOnlyList<string> All { get; } = [Systolic, Broadcast];

    public static string Of(Interconnect interconnect) => interconnect switch
    {
        Interconnect.Systolic => Systolic,
        Interconnect.Broadcast => Broadcast,
        _ => throw new UnreachableException($"interconnect {interconnect}"),
    };

    public static Interconnect Parse(string word) => word == Broadcast ? Interconnect.Broadcast : Interconnect.Systolic;
}

/// <summary>The words of <c>multiplier</c>.</summary>
internal static class MultiplierWords
{
    public const string Fabric = "fabric";
    public const string Dsp = "dsp";

    public static IReadOnlyList<string> All { get; } = [Fabric, Dsp];

    public static string Of(Multiplier multiplier) => multiplier switch
    {
        Multiplier.Fabric => Fabric,
        Multiplier.Dsp => Dsp,
        _ => throw new UnreachableException($"multiplier {multiplier}"),
    };

    public static Multiplier Parse(string word) => word == Dsp ? Multiplier.Dsp : Multiplier.Fabric;
}
