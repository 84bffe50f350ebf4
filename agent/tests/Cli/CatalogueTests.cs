using System.Reflection;
using System.Text.RegularExpressions;
using HwSeed.Cli;
using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Agent.Tests.Cli;

internal sealed partial class CatalogueTests
{
    [Test]
    public void Every_list_of_descriptors_in_any_room_is_in_the_catalogue()
    {
        var found = Assemblies().SelectMany(a => a.GetTypes())
            .Select(t => (Type: t, Property: t.GetProperty("Descriptors", BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)))
            .Where(p => p.Property?.PropertyType == typeof(IReadOnlyList<DiagnosticDescriptor>)).ToList();
        Assert.That(found, Has.Count.GreaterThanOrEqualTo(9), "reflection finds the rooms");
        foreach (var (type, property) in found)
        {
            var own = (IReadOnlyList<DiagnosticDescriptor>)property!.GetValue(null)!;
            Assert.That(own.Except(DiagnosticCatalogue.All), Is.Empty, type.Name);
        }
    }

    [Test]
    public void Codes_are_unique_and_described_and_belong_to_a_room()
    {
        var all = DiagnosticCatalogue.All;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(all.Select(d => d.Code), Is.Unique.And.Ordered);
            Assert.That(all.Where(d => d.Title.Length == 0 || d.Explanation.Length < 20).Select(d => d.Code), Is.Empty);
            Assert.That(all.Where(d => DiagnosticCatalogue.Rooms.Count(r => d.Code.StartsWith(r.Start, StringComparison.Ordinal)) != 1).Select(d => d.Code), Is.Empty);
        }
    }

    [Test]
    public void Every_code_in_a_source_is_described()
    {
        var root = Room.Path("..");
        var sources = new[] { "hdl", "sim", "mapper", "agent" }
            .SelectMany(room => Directory.GetFiles(Path.Combine(root, room), "*.cs", SearchOption.AllDirectories))
            .Where(f => !f.Contains("/tests/", StringComparison.Ordinal) && !f.Contains("/obj/", StringComparison.Ordinal));
        var used = sources.SelectMany(f => Literal().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value)).Distinct().ToList();
        Assert.That(used, Has.Count.GreaterThan(50));
        Assert.That(used.Except(DiagnosticCatalogue.All.Select(d => d.Code)), Is.Empty);
    }

    [Test]
    public void Every_code_of_the_command_line_is_raised_by_a_test()
    {
        var tests = string.Concat(Directory.GetFiles(Room.Path("tests", "Cli"), "*.cs").Select(File.ReadAllText));
        Assert.That(CommandDiagnostics.Descriptors.Select(d => d.Code).Where(c => !tests.Contains(c)), Is.Empty);
    }

    private static IEnumerable<Assembly> Assemblies() =>
        Directory.GetFiles(AppContext.BaseDirectory, "*.dll")
            .Where(f => Path.GetFileName(f) is var n && (n.StartsWith("HwSeed.", StringComparison.Ordinal) || n == "hwseed.dll") && !n.Contains("Tests", StringComparison.Ordinal))
            .Select(Assembly.LoadFrom);

    [GeneratedRegex("\"(HW\\d{4})\"")]
    private static partial Regex Literal();
}
