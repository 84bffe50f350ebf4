namespace HwSeed.Sim.Traces;

/// <summary>
/// The values of all ports of a top module in every cycle, just before its rising edge: input ports in order, then
/// output ports in order, each in 64-bit words, least significant first. What a replay on another simulator needs.
/// </summary>
public sealed class PortTrace
{
    private ulong[] _words = [];

    /// <summary>An empty trace for the ports of a simulator.</summary>
    public PortTrace(Simulator simulator)
    {
        Top = simulator.Netlist.Design.Top.Name;
        Inputs = [.. simulator.Ports.Where(p => p.Direction == Hdl.Rtl.PortDirection.Input)];
        Outputs = [.. simulator.Ports.Where(p => p.Direction == Hdl.Rtl.PortDirection.Output)];
        WordsPerCycle = Inputs.Concat(Outputs).Sum(p => p.Limbs);
    }

    /// <summary>The traced module.</summary>
    public string Top { get; }

    /// <summary>Input ports, in the order in which their words stand.</summary>
    public IReadOnlyList<PortHandle> Inputs { get; }

    /// <summary>Output ports; their words follow those of the inputs.</summary>
    public IReadOnlyList<PortHandle> Outputs { get; }

    /// <summary>Words of one cycle.</summary>
    public int WordsPerCycle { get; }

    /// <summary>Recorded cycles.</summary>
    public int Cycles { get; private set; }

    /// <summary>The words of one cycle.</summary>
    public ReadOnlySpan<ulong> this[int cycle] => cycle >= 0 && cycle < Cycles
        ? _words.AsSpan(cycle * WordsPerCycle, WordsPerCycle)
        : throw new ArgumentOutOfRangeException(nameof(cycle), $"{cycle} is outside of the {Cycles} recorded cycles");

    /// <summary>All words, cycle after cycle.</summary>
    public ReadOnlySpan<ulong> Words => _words.AsSpan(0, Cycles * WordsPerCycle);

    /// <summary>Records the settled ports as they are now; call it before each edge.</summary>
    public void Record(Simulator simulator)
    {
        var end = (Cycles + 1) * WordsPerCycle;
        if (end > _words.Length)
        {
            Array.Resize(ref _words, Math.Max(end, 2 * _words.Length));
        }

        simulator.CopyPorts(_words.AsSpan(Cycles * WordsPerCycle, WordsPerCycle));
        Cycles++;
    }
}
