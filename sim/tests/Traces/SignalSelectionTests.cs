using HwSeed.Sim.Tests.Accelerators;
using HwSeed.Sim.Traces;

namespace HwSeed.Sim.Tests.Traces;

public sealed class SignalSelectionTests
{
    private static readonly HwSeed.Hdl.Netlists.Netlist s_netlist =
        HwSeed.Hdl.Netlists.Netlist.Elaborate(new SampleEngine(2, 2, new(2, 2, 2)).Design).OrThrow();

    [Test]
    public void A_pattern_without_a_dot_means_ports_and_signals_of_the_top() =>
        Assert.That(Choose("out_*"), Is.EqualTo(new[] { "out_ready", "out_valid", "out_data" }));

    [Test]
    public void An_instance_means_everything_below_it()
    {
        var scope = s_netlist.Scopes[1].Path;
        var expected = s_netlist.Scopes.Where(s => s.Path == scope || s.Path.StartsWith(scope + ".", StringComparison.Ordinal))
            .SelectMany(s => s.Names.Select(s.PathOf)).ToList();
        Assert.That(Choose(scope), Is.EquivalentTo(expected));
        Assert.That(Choose(scope + ".**"), Is.EquivalentTo(expected));
        Assert.That(Choose(scope + ".*"), Is.SubsetOf(expected).And.SupersetOf(s_netlist.Scopes[1].Names.Select(s_netlist.Scopes[1].PathOf)));
    }

    [Test]
    public void Two_stars_reach_below_and_one_does_not()
    {
        Assert.That(Choose("**").Count, Is.GreaterThan(s_netlist.Nets.Count - 1));
        Assert.That(s_netlist.Top.Names, Is.SubsetOf(Choose("*")));
        Assert.That(Choose("rs?"), Is.EqualTo(new[] { "rst" }));
    }

    [Test]
    public void A_pattern_that_matches_nothing_says_what_there_is()
    {
        var result = SignalSelection.Choose(s_netlist, ["rst", $"{s_netlist.Scopes[1].Path}.nothing"]);
        Assert.That(result.Diagnostics.Single().Code, Is.EqualTo("HW1060"));
        Assert.That(result.Diagnostics.Single().Message, Does.StartWith(
            $"no signal matches '{s_netlist.Scopes[1].Path}.nothing'; in '{s_netlist.Scopes[1].Path}' there are ")
            .And.Contain(s_netlist.Scopes[1].Names.First()));
    }

    private static IReadOnlyList<string> Choose(params string[] patterns) => SignalSelection.Choose(s_netlist, patterns).OrThrow();
}
