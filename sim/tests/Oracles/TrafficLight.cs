using HwSeed.Hdl.Rtl;

namespace HwSeed.Sim.Tests.Oracles;

/// <summary>
/// A state machine with a timer: green until a car waits, yellow for three cycles, red for five; a fourth state that
/// nothing enters.
/// </summary>
internal static class TrafficLight
{
    public static Design Design()
    {
        var builder = new ModuleBuilder("light");
        var (reset, car) = (builder.Input("rst"), builder.Input("car"));
        var (state, timer) = (builder.Register("state", 2), builder.Register("timer", 4));
        var done = builder.Wire("done", Expression.Equal(timer, 0));
        var next = builder.Wire("next_state", Mux(
            Expression.Equal(state, 0), Mux(car, Number(1), Number(0)),
            Mux(Expression.Equal(state, 1), Mux(done, Number(2), state),
                Mux(Expression.Equal(state, 2), Mux(done, Number(0), state), Number(0)))));
        builder.Drive(state, next, reset: reset);
        var moves = builder.Wire("moves", ~Expression.Equal(state, next));
        var length = Mux(Expression.Equal(next, 1), Expression.FromInteger(2, 4), Expression.FromInteger(4, 4));
        builder.Drive(timer, Mux(moves, length, Mux(done, timer, timer - Expression.FromInteger(1, 4))), reset: reset);
        builder.Output("go", Expression.Equal(state, 0));
        builder.Output("wide", Expression.Concat(Expression.ZeroExtend(timer, 40), Expression.ZeroExtend(state, 40)));
        return new(builder.Build());

        static Expression Number(long value) => Expression.FromInteger(value, 2);

        static Expression Mux(Expression condition, Expression yes, Expression no) => Expression.Mux(condition, yes, no);
    }

    /// <summary>Runs it; cars come by the seed.</summary>
    public static void Run(Simulator simulator, int cycles, int seed, Action sample)
    {
        var random = new Random(seed);
        for (var cycle = 0; cycle < cycles; cycle++)
        {
            simulator.Poke(simulator.Port("rst"), cycle < 2 ? 1UL : 0);
            simulator.Poke(simulator.Port("car"), random.Next(4) == 0 ? 1UL : 0);
            sample();
            simulator.Step();
        }
    }
}
