using HwSeed.Sim.Cosimulation.Fuzzing;
using HwSeed.Sim.Cosimulation.Fuzzing.Shrinking;
using HwSeed.Toolchain;

namespace HwSeed.Sim.Tests.Cosimulation;

/// <summary>Differences that are made on purpose: the other simulator gets a text in which an operator is another one.</summary>
[Category("verilator")]
public sealed class ShrinkerTests
{
    private string _folder = "";

    [SetUp]
    public void Make()
    {
        Tools.Require(ExternalTool.Icarus);
        _folder = Directory.CreateTempSubdirectory("hwseed-shrink-").FullName;
    }

    [TearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [TestCase(5, " & ", " | ", 0.1)]
    [TestCase(2, " ^ ", " | ", 0.5)]
    public async Task A_module_is_reduced_to_what_makes_the_difference(int seed, string operation, string other, double part)
    {
        var module = FuzzModule.Generate(seed) with { Theirs = text => text.Replace(operation, other) };
        var comparison = new FuzzComparison([FuzzOpponent.Icarus], 100, _folder);
        await comparison.RunAsync([module], default);
        Assert.That(comparison.Found.Select(f => f.Difference?.Port), Is.All.Not.Null.And.Not.Empty, module.Text);
        var reduced = await Shrinker.ShrinkAsync(comparison.Found.Single(), 100, 40, _folder, default);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(reduced, Is.Not.Null);
            Assert.That(reduced!.Module.Text, Does.Contain(operation), "without it both texts would be the same");
            Assert.That(reduced.Module.Text.Length, Is.LessThan(module.Text.Length * part), reduced.Module.Text);
            Assert.That(reduced.Difference, Is.Not.Null);
        }
    }

    [Test]
    public async Task A_bad_module_hides_no_other()
    {
        var modules = Enumerable.Range(0, 5).Select(i => FuzzModule.Generate((4 * i) + 1)).ToList();
        modules[0] = modules[0] with { Text = $"module {modules[0].Prefix}; oops" };
        modules[1] = modules[1] with { Theirs = text => text.Replace("assign o_last = ", "assign o_last = ~") };
        modules[2] = modules[2] with { Theirs = _ => "module nothing; endmodule" };
        modules[4] = modules[4] with { Theirs = text => text.Replace("assign o_last = ", "assign o_last = ~") };
        var comparison = new FuzzComparison([FuzzOpponent.Icarus], 20, _folder);
        await comparison.RunAsync(modules, default);
        var found = comparison.Found.OrderBy(f => f.Module.Seed).ToList();
        Assert.That(found.Select(f => (f.Module.Seed, f.Opponent, f.Difference?.Port)), Is.EqualTo(new (int, FuzzOpponent?, string?)[]
        {
            (1, null, null),
            (5, FuzzOpponent.Icarus, "o_last"),
            (9, FuzzOpponent.Icarus, null),
            (17, FuzzOpponent.Icarus, "o_last"),
        }));
    }
}
