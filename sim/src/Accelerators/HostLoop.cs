using System.Runtime.CompilerServices;
using HwSeed.Sim.Compilation;

namespace HwSeed.Sim.Accelerators;

/// <summary>
/// The host at full speed: both sources offer each word as soon as they can and the sink takes every output at once.
/// <see cref="HostStream"/> and <see cref="HostSink"/> do the same port by port, and can stall.
/// </summary>
internal sealed unsafe class HostLoop(Simulator simulator)
{
    private readonly ClockedCycle _cycle = simulator.Cycle(
        [simulator.Port("cmd_ready"), simulator.Port("in_ready"), simulator.Port("out_valid"), simulator.Port("out_data")]);

    private readonly int _reset = simulator.Port("rst").Slot;
    private readonly int _commandValid = simulator.Port("cmd_valid").Slot;
    private readonly int _command = simulator.Port("cmd_data").Slot;
    private readonly int _wordValid = simulator.Port("in_valid").Slot;
    private readonly int _word = simulator.Port("in_data").Slot;
    private readonly int _wordLimbs = simulator.Port("in_data").Limbs;
    private readonly ulong _wordMask = WordGraph.MaskOf(WideWords.LimbWidth(simulator.Port("in_data").Width, simulator.Port("in_data").Limbs - 1));
    private readonly int _outputReady = simulator.Port("out_ready").Slot;

    /// <summary>Commands that the engine has accepted.</summary>
    public int Commands { get; private set; }

    /// <summary>Input words that the engine has accepted.</summary>
    public int Words { get; private set; }

    /// <summary>Output words that came.</summary>
    public int Outputs { get; private set; }

    /// <summary>Runs from power-up until all outputs are there; gives the cycles, or null when the limit came first.</summary>
    /// <param name="traffic">What to send.</param>
    /// <param name="outputs">Takes the outputs.</param>
    /// <param name="limit">Cycles.</param>
    // At once, because it is entered once a run.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public long? Run(HostTraffic traffic, ulong[] outputs, long limit)
    {
        ulong* inputs = _cycle.Inputs, taken = _cycle.Outputs;
        var (state, target) = _cycle.Buffers;
        ulong* now = state.Address, next = target.Address;
        inputs[_reset] = 1;
        for (var edge = 0; edge < AcceleratorRun.ResetEdges; edge++)
        {
            _cycle.Run(now, next);
            var swap = now;
            now = next;
            next = swap;
        }

        inputs[_reset] = 0;
        inputs[_outputReady] = 1;
        var commands = traffic.Commands.Span;
        var words = traffic.Words.Span;
        int command = 0, word = 0, output = 0;
        var cycle = 0L;
        while (output < outputs.Length && cycle < limit)
        {
            inputs[_commandValid] = command < commands.Length ? 1UL : 0;
            if (command < commands.Length)
            {
                inputs[_command] = commands[command];
            }

            inputs[_wordValid] = word < words.Length ? 1UL : 0;
            if (word < words.Length)
            {
                var limbs = words.Slice(word, _wordLimbs);
                for (var limb = 0; limb < limbs.Length; limb++)
                {
                    inputs[_word + limb] = limbs[limb];
                }

                inputs[_word + _wordLimbs - 1] &= _wordMask;
            }

            _cycle.Run(now, next);
            var swap = now;
            now = next;
            next = swap;
            cycle++;
            command += (int)(inputs[_commandValid] & taken[0]);
            word += (inputs[_wordValid] & taken[1]) != 0 ? traffic.LimbsPerWord : 0;
            if (taken[2] != 0)
            {
                outputs[output++] = taken[3];
            }
        }

        _cycle.Ran(cycle + AcceleratorRun.ResetEdges);
        (Commands, Words, Outputs) = (command, word / traffic.LimbsPerWord, output);
        return output == outputs.Length ? cycle : null;
    }
}
