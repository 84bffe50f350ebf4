using HwSeed.Hdl.Architectures;
using HwSeed.Sim.Traces;

namespace HwSeed.Sim.Accelerators;

/// <summary>
/// Drives an engine the way no program does: legal commands at random, one behind the other, from base and length up to the
/// last word of every memory, operands at their extremes, every stream at its own pace, and resets in the middle. Nothing
/// here knows the right outputs; the trace is for a comparison with the same engine elsewhere.
/// </summary>
public static class StressRun
{
    private const int PhaseCycles = 96;

    /// <summary>Runs from power-up and keeps every port in every cycle.</summary>
    /// <param name="simulator">The engine.</param>
    /// <param name="architecture">What it was made from.</param>
    /// <param name="seed">Decides everything.</param>
    /// <param name="cycles">Edges after those in which the memories are filled.</param>
    public static PortTrace Record(Simulator simulator, Architecture architecture, int seed, int cycles)
    {
        var random = new Random(seed);
        var commands = new StressCommands(architecture, random);
        var (rst, outReady) = (simulator.Port("rst"), simulator.Port("out_ready"));
        var (cmdValid, cmdReady, cmdData) = (simulator.Port("cmd_valid"), simulator.Port("cmd_ready"), simulator.Port("cmd_data"));
        var (inValid, inReady, inData) = (simulator.Port("in_valid"), simulator.Port("in_ready"), simulator.Port("in_data"));
        (PortHandle Valid, PortHandle Data)? residual = architecture.Output is { Residual: true }
            ? (simulator.Port("residual_valid"), simulator.Port("residual_data"))
            : null;
        simulator.PowerUp();
        var trace = new PortTrace(simulator);
        var beat = new ulong[inData.Limbs];
        bool hasCommand = false, hasBeat = false;
        double commandPace = 1, beatPace = 1, resultPace = 1;
        var resetEdges = AcceleratorRun.ResetEdges;
        for (var cycle = 0; cycle < commands.FillCycles + cycles; cycle++)
        {
            if (cycle % PhaseCycles == 0 && cycle > commands.FillCycles)
            {
                (commandPace, beatPace, resultPace) = (Pace(), Pace(), Pace());
            }

            if (cycle > commands.FillCycles && random.Next(160) == 0)
            {
                resetEdges = 1 + random.Next(2);
            }

            // A host that is reset too has offered nothing; one that is not goes on offering.
            if (resetEdges > 0 && random.Next(2) == 0)
            {
                hasCommand = hasBeat = false;
            }

            if (!hasCommand && random.NextDouble() < commandPace)
            {
                hasCommand = true;
                simulator.Poke(cmdData, commands.Next());
            }

            if (!hasBeat && random.NextDouble() < beatPace)
            {
                hasBeat = true;
                Operands();
                simulator.Poke(inData, beat);
            }

            simulator.Poke(rst, resetEdges > 0 ? 1UL : 0);
            simulator.Poke(cmdValid, hasCommand ? 1UL : 0);
            simulator.Poke(inValid, hasBeat ? 1UL : 0);
            if (residual is { } operand)
            {
                // As a value comes and goes with each cycle; what is taken decides what goes out.
                simulator.Poke(operand.Valid, random.NextDouble() < beatPace ? 1UL : 0);
                simulator.Poke(operand.Data, (ulong)random.Next(1 << architecture.InputBits));
            }

            simulator.Poke(outReady, random.NextDouble() < resultPace ? 1UL : 0);
            resetEdges--;
            trace.Record(simulator);
            hasCommand &= simulator.Peek(cmdReady) == 0;
            hasBeat &= simulator.Peek(inReady) == 0;
            simulator.Step();
        }

        return trace;

        double Pace() => random.Next(3) switch { 0 => 1, 1 => 0.6, _ => 0.2 };

        void Operands()
        {
            // Which scratchpad the beat is for is not known here.
            var bits = random.Next(2) == 0 ? architecture.InputBits : architecture.WeightBits;
            var (least, most) = (1UL << (bits - 1), (1UL << (bits - 1)) - 1);
            Array.Clear(beat);
            for (var bit = 0; bit + bits <= inData.Width; bit += bits)
            {
                var operand = random.Next(6) switch { 0 or 1 => least, 2 => most, 3 => 0UL, _ => (ulong)random.Next(1 << bits) };
                beat[bit / 64] |= operand << (bit % 64);
            }
        }
    }
}
