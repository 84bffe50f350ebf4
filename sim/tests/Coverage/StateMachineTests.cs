using HwSeed.Hdl.Rtl;
using HwSeed.Sim.Coverage;
using HwSeed.Sim.Tests.Oracles;

namespace HwSeed.Sim.Tests.Coverage;

public sealed class StateMachineTests
{
    [Test]
    public void A_machine_in_two_processes_is_found_with_its_transitions() =>
        Assert.That(Describe(TrafficLight.Design().Top), Is.EqualTo("state {0 1 2} 0>1 1>2 2>0"));

    [Test]
    public void A_reset_gives_a_state_and_no_transition()
    {
        var builder = new ModuleBuilder("m");
        var (rst, go) = (builder.Input("rst"), builder.Input("go"));
        var state = builder.Register("s", 3);
        var step = Expression.Mux(Expression.Equal(state, 5), Expression.Mux(go, Constant(6), state), Expression.Mux(go, Constant(5), Constant(1)));
        // As an asynchronous reset is written: a test around everything.
        builder.Drive(state, Expression.Mux(rst, Constant(7), step));
        builder.Output("y", state);
        Assert.That(Describe(builder.Build()), Is.EqualTo("s {0 1 5 6 7} 0>1 0>5 1>5 5>6 6>1 6>5 7>1 7>5"));
    }

    [Test]
    public void Constants_behind_extensions_and_parts_are_states()
    {
        var builder = new ModuleBuilder("m");
        var go = builder.Input("go");
        var state = builder.Register("s", 3);
        var two = Expression.ZeroExtend(Expression.FromInteger(2, 2), 3);
        var four = Expression.Concat(Expression.FromInteger(1, 1), Expression.FromInteger(0, 2));
        builder.Drive(state, Expression.Mux(state[1, 1], four, Expression.Mux(go & state[2, 1], two, Expression.Mux(Expression.Equal(state, 0), two, state))));
        builder.Output("y", state);
        Assert.That(Describe(builder.Build()), Is.EqualTo("s {0 2 4} 0>2 2>4 4>2"));
    }

    [Test]
    public void Counters_shifts_data_and_tables_are_none()
    {
        var builder = new ModuleBuilder("m");
        var (go, data) = (builder.Input("go"), builder.Input("d", 4));
        var counter = builder.Register("counter", 4);
        builder.Drive(counter, Expression.Mux(Expression.Equal(counter, 9), Number(0), counter + Number(1)));
        var shift = builder.Register("shift", 4);
        builder.Drive(shift, Expression.Mux(go, Expression.Concat(shift[0, 3], go), shift));
        builder.Register("held", Expression.Mux(go, data, Number(3)));
        builder.Register("table", Expression.Mux(Expression.Equal(data, 1), Number(7), Number(8)));
        var constant = builder.Register("constant", 4);
        builder.Drive(constant, Expression.Mux(Expression.Equal(constant, 3), Number(3), constant));
        Assert.That(Describe(builder.Build()), Is.Empty);

        static Expression Number(long value) => Expression.FromInteger(value, 4);
    }

    [Test]
    public void Deep_and_shared_logic_is_walked_without_recursion()
    {
        var builder = new ModuleBuilder("m");
        var go = builder.Input("go", 16);
        var state = builder.Register("s", 3);
        Expression next = state;
        for (var i = 0; i < 2000; i++)
        {
            next = Expression.Mux(Expression.Equal(go, i), Expression.Mux(Expression.Equal(state, i % 3), Constant((i + 1) % 3), next), next);
        }

        builder.Drive(state, next);
        Assert.That(Describe(builder.Build()), Is.EqualTo("s {0 1 2} 0>1 1>2 2>0"));
    }

    private static Expression Constant(long value) => Expression.FromInteger(value, 3);

    private static string Describe(Module module) => string.Join('\n', StateMachine.Of(module).Select(m =>
        $"{m.Register} {{{string.Join(' ', m.States)}}} {string.Join(' ', m.Transitions.Select(t => $"{t.From}>{t.To}"))}"));
}
