using HwSeed.Sim.Cosimulation;

namespace HwSeed.Sim.Tests.Cosimulation;

public sealed class CosimStimulusTests
{
    private static readonly CosimPort Clock = Input("clk", 1), Reset = Input("rst_n", 1), Wide = Input("wide", 70), Narrow = Input("narrow", 5);

    private static readonly CosimTop Top = new("t", [Clock, Reset, Wide, Narrow, new("y", CosimDirection.Output, 1, 1, ["y"])], ["clk"], [new("rst_n", ActiveLow: true)]);

    [Test]
    public void The_same_seed_gives_the_same_steps_and_another_another()
    {
        Assert.That(Steps(Top, 3), Is.EqualTo(Steps(Top, 3)));
        Assert.That(Steps(Top, 3), Is.Not.EqualTo(Steps(Top, 4)));
    }

    [Test]
    public void An_input_has_the_same_values_whatever_is_beside_it()
    {
        var alone = Steps(new("t", [Clock, Input("first", 9), Narrow], ["clk"], []), 3).Select(s => s[2]);
        Assert.That(alone, Is.EqualTo(Steps(Top, 3).Select(s => s[4])));
        var renamed = Steps(new("t", [Clock, Narrow with { Name = "other", Stream = "narrow" }], ["clk"], []), 3).Select(s => s[1]);
        Assert.That(renamed, Is.EqualTo(Steps(Top, 3).Select(s => s[4])));
    }

    [Test]
    public void Clocks_toggle_between_changes_of_data_and_data_never_change_at_an_edge()
    {
        var steps = Steps(Top, 1);
        for (var step = 1; step < steps.Count; step++)
        {
            var isEdge = steps[step][0] != steps[step - 1][0];
            Assert.That(isEdge, Is.EqualTo(step % 2 == 0), $"step {step}");
            Assert.That(!isEdge || steps[step].Skip(1).SequenceEqual(steps[step - 1].Skip(1)), $"step {step}");
        }

        Assert.That(new RandomStimulus(Top, 1).StepsOf(100), Is.EqualTo(401));
        Assert.That(new RandomStimulus(Top, 1).CycleOf(399), Is.EqualTo(99));
    }

    [Test]
    public void Resets_are_quiet_at_first_then_active_then_mostly_quiet()
    {
        var resets = Steps(Top, 1).Select(s => s[1]).ToList();
        Assert.That(resets[0], Is.EqualTo(1));
        Assert.That(resets.Skip(1).Take(10), Is.All.EqualTo(0));
        Assert.That(resets.Count(r => r == 0), Is.InRange(10, resets.Count / 4));
    }

    [Test]
    public void Values_stay_inside_of_their_widths_and_reach_their_ends()
    {
        var steps = Steps(Top, 1);
        Assert.That(steps.Select(s => s[3]), Is.All.LessThan(1UL << 6), "70 bits are 64 and 6");
        Assert.That(steps.Select(s => s[4]), Is.All.LessThan(32));
        Assert.That(steps.Select(s => s[4]).Distinct().Count(), Is.EqualTo(32));
    }

    [Test]
    public void Several_clocks_have_periods_without_a_common_divisor()
    {
        var top = new CosimTop("t", [Clock, Input("other", 1)], ["clk", "other"], []);
        var steps = Steps(top, 1);
        int Edges(int word) => Enumerable.Range(1, steps.Count - 1).Count(s => steps[s][word] != steps[s - 1][word]);
        Assert.That((Edges(0), Edges(1)), Is.EqualTo((499, 333)), "each half period is so many pairs of steps: 2 and 3");
    }

    private static CosimPort Input(string name, int width) => new(name, CosimDirection.Input, width, 1, [name]);

    private static List<ulong[]> Steps(CosimTop top, int seed)
    {
        var stimulus = new RandomStimulus(top, seed);
        return [.. Enumerable.Range(0, 2000).Select(_ => stimulus.Next().ToArray())];
    }
}
