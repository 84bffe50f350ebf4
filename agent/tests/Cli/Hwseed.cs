using System.Text.Json;
using HwSeed.Cli;

namespace HwSeed.Agent.Tests.Cli;

/// <summary>The command in process: what it returned and wrote.</summary>
internal sealed record Hwseed(int Code, string Output, string Error)
{
    /// <summary>Runs a command line; every word is an argument.</summary>
    public static async Task<Hwseed> RunAsync(params string[] words)
    {
        using StringWriter output = new(), error = new();
        var code = await CommandLine.RunAsync(words, output, error);
        return new(code, output.ToString(), error.ToString());
    }

    /// <summary>The one document of --json; anything else on standard output fails.</summary>
    public JsonElement Json()
    {
        using var document = JsonDocument.Parse(Output);
        return document.RootElement.Clone();
    }

    /// <summary>Bad input: exit 2, the code and the place on standard error, and nothing of our insides.</summary>
    public void IsBadInput(string diagnostic, string? place = null)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Code, Is.EqualTo(2), Error);
            Assert.That(Error, Does.Contain($"error {diagnostic}"));
            Assert.That(Error, place is null ? Is.Not.Empty : Does.Contain(place));
            Assert.That(Error, Does.Not.Contain("   at ").And.Not.Contain("Exception"));
        }
    }
}
