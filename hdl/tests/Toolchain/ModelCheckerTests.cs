using System.Diagnostics;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Rtl;
using HwSeed.Toolchain;

namespace HwSeed.Hdl.Tests.Toolchain;

[Category("fpga")]
internal sealed class ModelCheckerTests
{
    [SetUp]
    public void RequireTools() => Needs.Tools(ExternalTool.Yosys, ExternalTool.Abc);

    [Test]
    public async Task Each_claim_gets_its_own_answer_and_a_run_that_breaks_it()
    {
        var answers = await Check(Counters(limit: 5), "bad_differ", "bad_reach", "bad_never", "bad_always");
        Assert.That(answers["bad_differ"], Is.InstanceOf<Holds>());
        Assert.That(answers["bad_never"], Is.InstanceOf<Holds>());
        var trace = ((Violated)answers["bad_reach"]).Trace;
        Assert.That(trace.Ports.Select(p => p.Name), Is.EqualTo(new[] { "rst", "step" }));
        Assert.That(trace.Cycles, Has.Count.EqualTo(3));
        Assert.That(trace.Cycles.Take(2).Sum(c => (int)c[1].Unsigned), Is.EqualTo(5));
        Assert.That(answers["bad_always"], Is.InstanceOf<Violated>());
    }

    [Test]
    public async Task What_cannot_be_proved_in_time_is_bounded_by_the_cycles_that_were_examined()
    {
        // The first run that breaks it takes 2^30 cycles.
        var m = new ModuleBuilder("far");
        var count = m.Register("count", 31);
        m.Drive(count, count + Expression.ZeroExtend(m.Input("step"), 31));
        m.Output("bad", Expression.Equal(count, 1 << 30));
        var clock = Stopwatch.StartNew();
        var answers = await Check(new(m.Build()), TimeSpan.FromSeconds(3), "bad");
        Assert.That(answers["bad"], Is.InstanceOf<HoldsFor>());
        Assert.That(((HoldsFor)answers["bad"]).Cycles, Is.GreaterThan(10));
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(20)));
    }

    private static Design Counters(int limit)
    {
        var m = new ModuleBuilder("counters");
        var rst = m.Input("rst");
        var step = m.Input("step", 2);
        var (p, q) = (m.Register("p", 4), m.Register("q", 4));
        m.Drive(p, p + Expression.ZeroExtend(step, 4), reset: rst, resetValue: 0);
        m.Drive(q, Expression.ZeroExtend(step, 4) + q, reset: rst, resetValue: 0);
        m.Output("bad_differ", ~Expression.Equal(p, q));
        m.Output("bad_reach", Expression.Equal(p, limit));
        m.Output("bad_never", Expression.Equal(p, q) & ~Expression.Equal(q, p));
        m.Output("bad_always", Expression.FromInteger(1, 1));
        return new(m.Build());
    }

    private static Task<Dictionary<string, PropertyVerdict>> Check(Design design, params string[] outputs) =>
        Check(design, TimeSpan.FromSeconds(10), outputs);

    private static async Task<Dictionary<string, PropertyVerdict>> Check(Design design, TimeSpan limit, params string[] outputs)
    {
        using var scratch = new Scratch();
        var answers = (await ModelChecker.CheckAsync(scratch.Path, design, outputs, new(limit))).OrThrow();
        return answers.ToDictionary(a => a.Output, a => a.Verdict);
    }
}
