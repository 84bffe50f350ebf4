using System.Security.Cryptography;
using System.Text;
using HwSeed.Brain.Files;
using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Agent.Flow;

/// <summary>The SHA-256 of each file of a folder, in the form that <c>sha256sum -c</c> reads.</summary>
public static class Checksums
{
    /// <summary>Name of the list.</summary>
    public const string FileName = "SHA256SUMS";

    /// <summary>Hashes every file of the folder but hidden ones, and writes the list, sorted by name.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="below">Folders in it whose files are listed too, as <c>below/name</c>.</param>
    public static void Write(string folder, params IEnumerable<string> below)
    {
        var text = new StringBuilder();
        foreach (var name in Directory.GetFiles(folder).Select(f => Path.GetFileName(f)!)
            .Concat(below.SelectMany(b => Directory.GetFiles(Path.Combine(folder, b)).Select(f => $"{b}/{Path.GetFileName(f)}")))
            .Order(StringComparer.Ordinal).Where(n => n != FileName && n[0] != '.'))
        {
            text.Append(HashOf(Path.Combine(folder, name))).Append("  ").Append(name).Append('\n');
        }

        AtomicFile.WriteText(Path.Combine(folder, FileName), text.ToString());
    }

    /// <summary>HW5113 for each listed file that differs or is absent, and for each wanted one that is not listed.</summary>
    /// <param name="folder">The folder with its list.</param>
    /// <param name="wanted">Names that have to be listed.</param>
    public static IReadOnlyList<Diagnostic> Check(string folder, params IEnumerable<string> wanted)
    {
        var listed = new HashSet<string>();
        var problems = new List<Diagnostic>();
        foreach (var line in File.ReadLines(Path.Combine(folder, FileName)).Where(l => l.Length > 0))
        {
            var (hash, name) = line.Split("  ", 2) is [var first, var second] && IsBelow(second) ? (first, second) : (line, "");
            var path = Path.Combine(folder, name);
            listed.Add(name);
            if (name.Length == 0 || !File.Exists(path) || HashOf(path) != hash)
            {
                problems.Add(AgentDiagnostics.ChecksumDiffers(path));
            }
        }

        problems.AddRange(wanted.Except(listed).Select(name => AgentDiagnostics.ChecksumDiffers(Path.Combine(folder, name))));
        return problems;
    }

    // A list from elsewhere has no business outside of its folder.
    private static bool IsBelow(string name) => name.Split('/').All(part => part.Length > 0 && part != "..") && !Path.IsPathRooted(name);

    private static string HashOf(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
