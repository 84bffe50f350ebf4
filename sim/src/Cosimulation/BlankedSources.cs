using System.Text;
using HwSeed.Hdl;
using HwSeed.Hdl.Verilog.Syntax;
using HwSeed.Toolchain;

namespace HwSeed.Sim.Cosimulation;

/// <summary>
/// Sources for Verilator without what our reader leaves out: Verilator 5.006 refuses many assertions over time that have no
/// effect on what is compared. Every other character stays where it is.
/// </summary>
internal static class BlankedSources
{
    /// <summary>Writes a copy of each file in which something was left out; all others are named as they are.</summary>
    /// <param name="sources">The sources.</param>
    /// <param name="leftOut">The places of what was left out.</param>
    /// <param name="workDirectory">Where copies are written.</param>
    public static VerilogSources Write(VerilogSources sources, EquatableArray<Origin> leftOut, string workDirectory)
    {
        var (files, included) = (sources.Files.ToArray(), false);
        var directories = files.Select(f => Path.GetDirectoryName(f)!).Concat(sources.IncludeDirectories).Distinct().ToList();
        var copies = Path.Combine(Path.GetFullPath(workDirectory), "sources");
        foreach (var places in leftOut.GroupBy(o => Path.GetFullPath(o.Text!.Path)))
        {
            var text = Blank(File.ReadAllText(places.Key), places);
            var index = Array.IndexOf(files, places.Key);
            if (index >= 0)
            {
                // Two files of different directories may have one name.
                files[index] = Copy(Path.Combine(copies, $"{index}", Path.GetFileName(places.Key)), text);
            }
            else if (directories.Select(d => Path.GetRelativePath(d, places.Key)).FirstOrDefault(p => !p.StartsWith("..", StringComparison.Ordinal)) is { } name)
            {
                Copy(Path.Combine(copies, "included", name), text);
                included = true;
            }
        }

        return sources with
        {
            Files = files.ToEquatableArray(),
            IncludeDirectories = [.. included ? (string[])[Path.Combine(copies, "included")] : [], .. directories],
        };
    }

    private static string Copy(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    // Blanks for what is left out, and a semicolon at its end: an empty item or statement. Line ends stay.
    private static string Blank(string text, IEnumerable<Origin> places)
    {
        var result = new StringBuilder(text);
        var starts = new List<int> { 0 };
        starts.AddRange(Enumerable.Range(0, text.Length).Where(i => text[i] == '\n').Select(i => i + 1));
        foreach (var place in places)
        {
            var (from, to) = (starts[place.Line - 1] + place.Column - 1, starts[place.EndLine - 1] + place.EndColumn - 1);
            for (var i = from; i < to; i++)
            {
                result[i] = text[i] is '\n' or '\r' ? text[i] : i == to - 1 ? ';' : ' ';
            }
        }

        return result.ToString();
    }
}
