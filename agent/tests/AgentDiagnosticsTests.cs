namespace HwSeed.Agent.Tests;

internal sealed class AgentDiagnosticsTests
{
    [Test]
    public void Every_factory_has_a_descriptor_and_every_descriptor_a_factory()
    {
        var source = File.ReadAllText(Room.Path("src", "AgentDiagnostics.cs"));
        var made = source[source.IndexOf("internal static", StringComparison.Ordinal)..];
        var codes = AgentDiagnostics.Descriptors.Select(d => d.Code).ToArray();
        Assert.That(codes, Is.Unique.And.Ordered);
        Assert.That(codes.Where(c => !made.Contains($"\"{c}\"")), Is.Empty);
        Assert.That(System.Text.RegularExpressions.Regex.Matches(made, "\"(HW\\d{4})\"").Select(m => m.Groups[1].Value).Except(codes), Is.Empty);
    }

    [Test]
    public void Every_code_is_raised_by_a_test()
    {
        // Messages under test name their code; where a test compares the wording alone, the code stands beside it.
        var tests = string.Concat(Directory.GetFiles(Room.Path("tests"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        Assert.That(AgentDiagnostics.Descriptors.Select(d => d.Code).Where(c => !tests.Contains(c)), Is.Empty);
    }
}
