using System.Runtime.CompilerServices;
using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Generators.Hosts.Soc;

namespace HwSeed.VerilatorTests.Soc;

/// <summary>The map of the registers, its page and its header are one.</summary>
public sealed class RegisterMapTests
{
    [Test]
    public void The_page_has_every_register()
    {
        var page = File.ReadAllText(Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", "hdl", "docs", "hosts.md"));
        var shared = RegisterMap.Registers(hasWindows: false);
        var rows = shared.Concat(RegisterMap.Registers(hasWindows: true).Except(shared))
            .Select(r => $"| `0x{r.Offset:X3}` | {r.Name} | {r.Access} | {r.Meaning} |");
        Assert.That(page, Does.Contain(
            "| offset | name | access | meaning |\n|---|---|---|---|\n" + string.Join('\n', rows) + "\n\n"));
    }

    [Test]
    public void Registers_have_places_of_their_own()
    {
        var registers = RegisterMap.Registers(hasWindows: true);
        Assert.That(registers.Select(r => r.Offset), Is.Unique.And.Ordered);
        Assert.That(registers.Select(r => r.Name), Is.Unique);
        Assert.That(registers.Select(r => r.Offset % 4), Is.All.Zero);
        Assert.That(() => RegisterMap.CounterOffset("NONE"), Throws.ArgumentException);
    }

    [Test]
    public void The_header_defines_every_register()
    {
        var architecture = SocTools.Draw(870, Dataflow.OutputStationary).Mapping.Architecture;
        foreach (var top in new[] { SocPorts.AxiTop, SocPorts.WishboneTop })
        {
            var lines = RegisterMap.Header(top, architecture, 0xABCD1234).Split('\n');
            var prefix = $"#define {top.ToUpperInvariant()}_";
            foreach (var register in RegisterMap.Registers(top == SocPorts.WishboneTop))
            {
                Assert.That(lines.Count(l => l.StartsWith($"{prefix}{register.Name} 0x{register.Offset:X3}u ", StringComparison.Ordinal)), Is.EqualTo(1), register.Name);
            }

            Assert.That(lines, Has.Some.StartsWith($"{prefix}IDENTITY_VALUE 0xABCD1234u"));
            var names = lines.Where(l => l.StartsWith("#define ", StringComparison.Ordinal)).Select(l => l.Split(' ')[1]);
            Assert.That(names, Is.Unique);
        }
    }

    private static string Here([CallerFilePath] string path = "") => path;
}
