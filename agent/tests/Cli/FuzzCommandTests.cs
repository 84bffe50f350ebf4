namespace HwSeed.Agent.Tests.Cli;

internal sealed class FuzzCommandTests
{
    [Test]
    [Category("verilator")]
    public async Task Agreement_is_exit_0_and_one_document()
    {
        var run = await Hwseed.RunAsync("fuzz", "hdl", "--count", "2", "--seed", "1", "--cycles", "20", "--json");
        var json = run.Json();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Code, Is.Zero, run.Error);
            Assert.That(json.GetProperty("modules").GetInt32(), Is.EqualTo(2));
            Assert.That(json.GetProperty("cycles").GetInt64(), Is.EqualTo(20));
            Assert.That(json.GetProperty("failures").GetArrayLength(), Is.Zero);
        }
    }

    [TestCase("--count", "none")]
    [TestCase("--seed", "-1")]
    [TestCase("--shrink", "x")]
    [TestCase("--cycle", "5")]
    public async Task A_wrong_word_is_exit_2(string word, string value) =>
        (await Hwseed.RunAsync("fuzz", "hdl", word, value)).IsBadInput("HW5", word);

    [Test]
    public async Task It_says_what_it_can_do()
    {
        var help = await Hwseed.RunAsync("fuzz", "hdl", "--help");
        Assert.That(help.Code, Is.Zero);
        Assert.That(help.Output, Does.Contain("--count").And.Contain("--seed").And.Contain("--shrink"));
    }
}
