using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Netlists;
using HwSeed.Sim.Compilation;

namespace HwSeed.Sim;

/// <summary>
/// How loops of gates and latches settle. In a round all of them take their new values at once, as gates of equal delay
/// do: a flip-flop made of gates closes before its neighbour's new value reaches it. Where that oscillates, two gates
/// race (both inputs of a latch were released at once), and one has to win: then they change one after the
/// other, the one that was declared last first, as in Verilator.
/// </summary>
public sealed unsafe partial class Simulator
{
    private readonly List<Net> _loops;
    private readonly int _patience;
    private WordProgram? _race;

    // No chain of equal delays is longer than twice the gates that are on loops.
    private static int PatienceFor(int loops) => loops == 0 ? 0 : 16 + (2 * loops);

    private void Race()
    {
        _race ??= new(_lowering.Graph, [.. _lowering.CutLatchStores()], Layout, intoState: true);
        var most = EdgePlan.MostRounds + (16 * _loops.Count);
        var (at, still) = (_loops.Count - 1, 0);
        for (var changes = 0; still < _loops.Count; at = (at == 0 ? _loops.Count : at) - 1)
        {
            if (still == 0)
            {
                Run(_race, _next, 1);
            }

            still = Take(_loops[at]) ? 0 : still + 1;
            if (still == 0 && ++changes > most)
            {
                throw InvalidInputException.Of(SimulationDiagnostics.LoopDoesNotSettle(_loops[at].Path, most));
            }
        }
    }

    // Gives one net its new value; whether that differs.
    private bool Take(Net net)
    {
        var differs = false;
        for (var limb = 0; limb < WideWords.LimbsOf(net.Width); limb++)
        {
            var slot = Layout.SlotOf(net) + limb;
            var value = Layout.Read(_next.Span, slot);
            differs |= Layout.Read(_state.Span, slot) != value;
            Layout.Write(_state.Span, slot, value);
        }

        return differs;
    }
}
