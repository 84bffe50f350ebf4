using System.Xml.Linq;

namespace HwSeed.Agent.Tests;

/// <summary>The house as shared between its rooms: who may know whom, and which packages live where.</summary>
public sealed class HouseTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Room.Path(), ".."));

    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["HwSeed.Hdl"] = [],
        ["HwSeed.Toolchain"] = ["HwSeed.Hdl"],
        ["HwSeed.Sim"] = ["HwSeed.Hdl", "HwSeed.Toolchain"],
        ["HwSeed.Mapper"] = ["HwSeed.Hdl"],
        ["HwSeed.Kernels"] = ["HwSeed.Mapper"],
        ["HwSeed.Brain"] = ["HwSeed.Kernels"],
        ["HwSeed.Agent"] = ["HwSeed.Brain", "HwSeed.Sim"],
        ["HwSeed.Cli"] = ["HwSeed.Agent"],
        ["HwSeed.VerilatorTests"] = ["HwSeed.Sim", "HwSeed.Mapper"],
    };

    [Test]
    public void Projects_refer_only_to_the_rooms_below_them()
    {
        foreach (var (project, allowed) in Allowed)
        {
            Assert.That(References(project, "ProjectReference").Select(Path.GetFileNameWithoutExtension),
                Is.EquivalentTo(allowed), project);
        }
    }

    [Test]
    public void Sim_and_mapper_assemblies_never_see_each_other()
    {
        var below = new[] { typeof(HwSeed.Mapper.Mappings.Mapping), typeof(HwSeed.Kernels.KernelPlan), typeof(HwSeed.Brain.Transformer) };
        foreach (var assembly in below.Select(t => t.Assembly))
        {
            Assert.That(assembly.GetReferencedAssemblies().Select(a => a.Name), Has.None.AnyOf("HwSeed.Sim", "HwSeed.Toolchain"));
        }

        Assert.That(typeof(HwSeed.Sim.Simulator).Assembly.GetReferencedAssemblies().Select(a => a.Name), Has.None.EqualTo("HwSeed.Mapper"));
    }

    [TestCase("ILGPU", "HwSeed.Kernels")]
    [TestCase("Silk.NET.OpenCL", "HwSeed.Kernels")]
    [TestCase("QuikGraph", "HwSeed.Hdl")]
    [TestCase("YamlDotNet", "HwSeed.Agent")]
    public void A_package_has_one_room(string package, string room) => Assert.That(
        Allowed.Keys.Where(p => References(p, "PackageReference").Contains(package)), Is.EqualTo(new[] { room }));

    [Test]
    public void Only_the_toolchain_starts_processes()
    {
        var sources = Allowed.Keys.Except(["HwSeed.Toolchain", "HwSeed.VerilatorTests"])
            .SelectMany(p => Directory.EnumerateFiles(Path.GetDirectoryName(ProjectFile(p))!, "*.cs", SearchOption.AllDirectories))
            .Where(f => !f.Contains("/tests/", StringComparison.Ordinal));
        Assert.That(sources.Where(f => File.ReadAllText(f).Contains("Process.Start", StringComparison.Ordinal)
            || File.ReadAllText(f).Contains("ProcessStartInfo", StringComparison.Ordinal)), Is.Empty);
    }

    private static string ProjectFile(string project) =>
        Directory.EnumerateFiles(Root, $"{project}.csproj", SearchOption.AllDirectories)
            .Single(f => !f.Contains("/artifacts/", StringComparison.Ordinal));

    private static List<string> References(string project, string kind) =>
        [.. XDocument.Load(ProjectFile(project)).Descendants(kind).Select(e => (string)e.Attribute("Include")!)];
}
