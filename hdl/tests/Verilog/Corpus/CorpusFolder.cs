using System.Runtime.CompilerServices;

namespace HwSeed.Hdl.Tests.Verilog.Corpus;

/// <summary>The Verilog files that were written for the reader: those that it takes and those that it refuses.</summary>
internal static class CorpusFolder
{
    /// <summary>Files that are accepted, by name.</summary>
    public static IEnumerable<string> Accepted => Names("accept");

    /// <summary>Files that are refused, by name.</summary>
    public static IEnumerable<string> Refused => Names("errors");

    /// <summary>The path of a file of a folder.</summary>
    public static string PathOf(string folder, string name) => Path.Combine(Root(), folder, name);

    private static IEnumerable<string> Names(string folder) => Directory.EnumerateFiles(Path.Combine(Root(), folder))
        .Where(f => Path.GetExtension(f) is ".v" or ".sv").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal);

    private static string Root([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "verilog"));
}
