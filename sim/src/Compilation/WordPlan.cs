using HwSeed.Sim.Compilation.Lanes;

namespace HwSeed.Sim.Compilation;

/// <summary>
/// How the stores of a program become code: each phase divided into scalar and vector parts, and a scratch array for all
/// of them: words that cross chunks, the answer to the stop question, operands of wide divisions, and from a vector's
/// boundary on what scalar code leaves for vector code.
/// </summary>
internal sealed class WordPlan
{
    public WordPlan(WordGraph graph, IReadOnlyList<IReadOnlyList<Store>> phases, int stop, StateLayout layout, bool intoState)
    {
        var plans = phases.Select(stores => LanePlan.Of(graph, stores, layout, intoState)).ToList();
        var schedules = new List<Schedule>();
        var words = 0;
        foreach (var plan in plans)
        {
            schedules.Add(new(graph, plan.Scalar, words));
            words += schedules[^1].Scratch.Count;
        }

        Stop = new(graph, [Store.Word(words, stop)], words + 1);
        (StopSlot, DivisionSlot) = (words, words + 1 + Stop.Scratch.Count);
        var bytes = 8 * (DivisionSlot + (2 * graph.WidestDivision));
        Phases =
        [
            .. plans.Zip(schedules, (plan, schedule) =>
            {
                var lanes = new LaneCode(plan, stageOffset: bytes + 63 & ~63);
                bytes = lanes.ScratchBytes;
                return (schedule, lanes);
            }),
        ];
        Scratch = new(bytes / 8, placeInPage: 1024);
    }

    /// <summary>The scalar part, which runs first, and the vector part of each phase.</summary>
    public IReadOnlyList<(Schedule Scalar, LaneCode Lanes)> Phases { get; }

    /// <summary>The code that asks whether to stop.</summary>
    public Schedule Stop { get; }

    /// <summary>The scratch word that says so.</summary>
    public int StopSlot { get; }

    /// <summary>The first scratch word for operands of wide divisions.</summary>
    public int DivisionSlot { get; }

    /// <summary>The scratch array.</summary>
    public PinnedWords Scratch { get; }
}
