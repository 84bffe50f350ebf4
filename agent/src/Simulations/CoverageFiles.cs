using HwSeed.Brain.Files;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Sim.Coverage;

namespace HwSeed.Agent.Simulations;

/// <summary>Coverage on disk: a page for people and, beside it, a document for tools and for adding up.</summary>
public static class CoverageFiles
{
    /// <summary>Writes both; the document has the page's name with the ending .json.</summary>
    public static void Write(CoverageReport report, string page)
    {
        AtomicFile.WriteText(Document(page), CoverageFile.Write(report));
        AtomicFile.WriteText(Page(page), CoveragePage.Write(report, Source));
    }

    /// <summary>The path of the page, also where the path of its document is given.</summary>
    public static string Page(string path) => Path.GetExtension(path) == ".json" ? Path.ChangeExtension(path, ".html") : path;

    /// <summary>The path of the document beside a page.</summary>
    public static string Document(string page) => Path.ChangeExtension(page, ".json");

    /// <summary>The sum of documents. HW1061, HW1062.</summary>
    public static Checked<CoverageReport> Sum(IReadOnlyList<string> documents) => documents
        .Select(d => CoverageFile.Read(File.ReadAllText(d), d))
        .Aggregate((sum, next) => sum.Then(s => next.Then(s.Merge)));

    // A source that has gone is left out of the page; its lines keep their numbers.
    private static string? Source(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
