using System.Globalization;

namespace HwSeed.Sim.Lockstep;

/// <summary>What a bench wrote, read strictly: anything missing, short, foreign or surplus is no result.</summary>
internal sealed record BenchResult(long Replayed, long Cycles, Divergence? Divergence, ulong[] Outputs)
{
    private const long LongestFile = 1L << 30;

    /// <summary>Reads a result file; the problem says why there is none.</summary>
    public static (BenchResult? Result, string Problem) Read(string path, UInt128 nonce)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            return (null, "the bench wrote no result file");
        }

        return file.Length > LongestFile
            ? (null, "the result file is longer than any result")
            : Parse(File.ReadAllText(path), nonce);
    }

    public static (BenchResult? Result, string Problem) Parse(string text, UInt128 nonce)
    {
        var mark = nonce.ToString("x32", CultureInfo.InvariantCulture);
        var lines = text.Split('\n');
        if (lines[0] != $"nonce={mark}")
        {
            return (null, "the result file does not begin with this run's nonce");
        }

        if (lines.Length < 7 || lines[^1].Length > 0 || lines[^2] != $"end={mark}")
        {
            return (null, "the result file does not end with this run's nonce");
        }

        if (Number(lines[1], "replayed=") is not { } replayed || Number(lines[2], "cycles=") is not { } cycles
            || Number(lines[4], "outputs=") is not { } count || count != lines.Length - 7)
        {
            return (null, "the result file is damaged");
        }

        var outputs = new ulong[count];
        for (var i = 0; i < outputs.Length; i++)
        {
            if (!ulong.TryParse(lines[5 + i], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out outputs[i]))
            {
                return (null, "the result file is damaged");
            }
        }

        if (lines[3] == "divergence=none")
        {
            return (new(replayed, cycles, null, outputs), "");
        }

        return lines[3].Split([' ', '=']) is ["divergence", var cycle, var port, var expected, var got]
            && long.TryParse(cycle, CultureInfo.InvariantCulture, out var at)
            ? (new(replayed, cycles, new(at, port, expected, got), outputs), "")
            : (null, "the result file is damaged");
    }

    private static long? Number(string line, string key) =>
        line.StartsWith(key, StringComparison.Ordinal)
        && long.TryParse(line.AsSpan(key.Length), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;
}
