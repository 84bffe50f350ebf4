using HwSeed.Hdl.Netlists;
using HwSeed.Hdl.Rtl;
using HwSeed.Sim.Compilation;

namespace HwSeed.Sim;

/// <summary>Reads chosen signals of a simulator, wires included, by code compiled for just these.</summary>
public sealed class SignalProbe
{
    private readonly Simulator _simulator;
    private readonly WordProgram _program;
    private readonly ulong[] _values;
    private readonly int[] _slots;
    private readonly int[] _widths;

    internal SignalProbe(Simulator simulator, IReadOnlyList<string> paths, IReadOnlyList<Net> nets, Lowering lowering)
    {
        (_simulator, Paths) = (simulator, paths);
        (_slots, _widths) = (new int[nets.Count], [.. nets.Select(n => n.Width)]);
        var stores = new List<Store>();
        for (var signal = 0; signal < nets.Count; signal++)
        {
            _slots[signal] = stores.Count;
            stores.AddRange(lowering[nets[signal]].Select(word => Store.Word(0, word)));
        }

        _program = new(lowering.Graph, [.. stores.Select((store, slot) => store with { Slot = slot })], lowering.Layout, intoState: false);
        _values = GC.AllocateArray<ulong>(Math.Max(1, stores.Count), pinned: true);
    }

    /// <summary>The signals, in the order asked for.</summary>
    public IReadOnlyList<string> Paths { get; }

    /// <summary>Bits of a signal.</summary>
    public int WidthOf(int signal) => _widths[signal];

    /// <summary>The sampled value of a signal.</summary>
    public BitVector this[int signal] => Simulator.ToBits(Limbs(signal), _widths[signal]);

    /// <summary>Takes the settled values as they are now.</summary>
    public void Sample() => _simulator.Sample(_program, _values);

    /// <summary>The sampled words of a signal, least significant first.</summary>
    public ReadOnlySpan<ulong> Limbs(int signal) => _values.AsSpan(_slots[signal], WideWords.LimbsOf(_widths[signal]));
}
