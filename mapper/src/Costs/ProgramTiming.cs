using System.Diagnostics;
using HwSeed.Hdl.Architectures;

namespace HwSeed.Mapper.Costs;

/// <summary>
/// Exact cycles of any program, command by command: for programs that no closed form describes. The cycles of a command are
/// <see cref="EngineTiming"/>'s, the rules of who waits for whom those of hdl/docs/engine.md.
/// </summary>
public static class ProgramTiming
{
    /// <summary>Cycles from the first command offered to the last result accepted.</summary>
    /// <param name="arch">The engine.</param>
    /// <param name="stream">The program; it ends with a store, and configures before anything else.</param>
    /// <param name="requantises">Whether it turns requantisation on.</param>
    public static long Cycles(Architecture arch, CommandStream stream, bool requantises)
    {
        // First edges at which a command may be dispatched that waits for: loads, room for a compute, words read, sums, the store unit.
        long loaded = 0, room = 0, read = 0, sums = 0, stored = 0, streamEnd = 0, last = 0;
        long edge = EngineTiming.CommandCycles(arch);
        foreach (var command in stream.Commands)
        {
            switch (command)
            {
                case Load load:
                    edge = Math.Max(edge, Math.Max(loaded, arch.DoubleBuffering ? 0 : read));
                    loaded = edge + EngineTiming.LoadCycles(arch, load.InputWords + load.WeightWords);
                    break;
                case Compute compute:
                    edge = Math.Max(edge, room);
                    if (!arch.DoubleBuffering)
                    {
                        edge = Math.Max(edge, Math.Max(loaded, arch.KeepsOperands ? stored : 0));
                    }

                    var begin = Math.Max(edge + EngineTiming.FillCycles(arch), arch.KeepsOperands ? streamEnd : 0);
                    streamEnd = begin + compute.Length;
                    room = arch.KeepsOperands ? begin + EngineTiming.SettleCycles(arch) : edge + EngineTiming.StreamCycles(arch, compute.Length);
                    read = Math.Max(room, begin + EngineTiming.ReadyCycles(arch, compute.Length));
                    sums = arch.KeepsOperands ? begin + EngineTiming.FinalCycles(arch, compute.Length) : read;
                    break;
                case Store store:
                    edge = Math.Max(edge, Math.Max(sums, stored));
                    stored = edge + EngineTiming.StoreCycles(arch, store.Rows, store.Columns);
                    last = edge + EngineTiming.LastResultCycles(arch, store.Rows, store.Columns);
                    break;
                case Sync:
                    edge = Math.Max(edge, Math.Max(loaded, read));
                    break;
                case Configure:
                    break;
                default:
                    throw new UnreachableException($"command {command.GetType().Name}");
            }

            edge += EngineTiming.DispatchCycles;
        }

        return last + EngineTiming.OutputCycles(arch, requantises) + 1;
    }
}
