using System.Text.RegularExpressions;

namespace HwSeed.Sim.Cosimulation;

/// <summary>A file that Verilog reads when it runs, such as the words of a memory.</summary>
/// <param name="Name">Its name as the Verilog has it, relative to where the simulation runs.</param>
/// <param name="Path">Where it lies.</param>
public sealed partial record DataFile(string Name, string Path)
{
    /// <summary>
    /// The files that strings of the sources name, beside the source or in the base directory. Simulators read them from
    /// their own directory, so they are copied there.
    /// </summary>
    public static IReadOnlyList<DataFile> NamedIn(IEnumerable<string> sources, IEnumerable<string> moreStrings, string baseDirectory)
    {
        var found = new Dictionary<string, DataFile>();
        foreach (var source in sources)
        {
            var directory = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(source))!;
            foreach (var name in Strings().Matches(File.ReadAllText(source)).Select(m => m.Groups["text"].Value).Concat(moreStrings))
            {
                var path = new[] { directory, baseDirectory }.Select(d => System.IO.Path.Combine(d, name)).FirstOrDefault(File.Exists);
                if (path is not null && IsBelow(name))
                {
                    found.TryAdd(name, new(name, path));
                }
            }
        }

        return [.. found.Values];
    }

    internal static void CopyTo(string workDirectory, IEnumerable<DataFile> files)
    {
        Directory.CreateDirectory(workDirectory);
        foreach (var file in files)
        {
            var target = System.IO.Path.Combine(workDirectory, file.Name);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
            File.Copy(file.Path, target, overwrite: true);
        }
    }

    private static bool IsBelow(string name) => !System.IO.Path.IsPathRooted(name) && !name.Split('/', '\\').Contains("..");

    [GeneratedRegex("\"(?<text>[^\"\\\\\n]{1,200})\"")]
    private static partial Regex Strings();
}
