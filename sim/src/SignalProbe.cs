using HwSeed.Hdl.Netlists;
using HwSeed.Hdl.Rtl;
using HwSeed.Sim.Compilation;

namespace HwSeed.Sim;

/// <summary>Reads chosen signals of a simulator, wires included, by code compiled for just these.</summary>
public sealed class SignalProbe
{
    private readonly Simulator _simulator;
    private readonly WordProgram _program;
    private readonly PinnedWords _values;
    private readonly int _count;
    private readonly int[] _slots;
    private readonly int[] _widths;

    internal SignalProbe(Simulator simulator, IReadOnlyList<string> paths, IReadOnlyList<Net> nets, Lowering lowering)
        : this(simulator, paths, [.. nets.Select(n => (n.Width, lowering[n]))], lowering)
    {
    }

    internal SignalProbe(Simulator simulator, IReadOnlyList<ScopedExpression> values, Lowering lowering)
        : this(simulator, [.. values.Select(v => v.Scope.Path)], [.. values.Select(v => (v.Expression.Width, lowering[v]))], lowering)
    {
    }

    private SignalProbe(
        Simulator simulator, IReadOnlyList<string> paths, IReadOnlyList<(int Width, int[] Words)> signals, Lowering lowering)
    {
        (_simulator, Paths) = (simulator, paths);
        (_slots, _widths) = (new int[signals.Count], [.. signals.Select(s => s.Width)]);
        var stores = new List<Store>();
        for (var signal = 0; signal < signals.Count; signal++)
        {
            _slots[signal] = stores.Count;
            stores.AddRange(signals[signal].Words.Select(word => Store.Word(0, word)));
        }

        _count = stores.Count;
        _program = new(lowering.Graph, [.. stores.Select((store, slot) => store with { Slot = slot })], lowering.Layout, intoState: false);
        _values = new(stores.Count);
    }

    /// <summary>The signals, in the order asked for.</summary>
    public IReadOnlyList<string> Paths { get; }

    /// <summary>Bits of a signal.</summary>
    public int WidthOf(int signal) => _widths[signal];

    /// <summary>The sampled value of a signal.</summary>
    public BitVector this[int signal] => Simulator.ToBits(Limbs(signal), _widths[signal]);

    /// <summary>Takes the settled values as they are now.</summary>
    public void Sample() => _simulator.Sample(_program, _values);

    /// <summary>
    /// Takes the values that follow from the inputs as they are now and from the state before any edge among them.
    /// </summary>
    internal void Glance() => _simulator.Run(_program, _values, 1);

    /// <summary>The sampled words of all signals, one after the other.</summary>
    internal ReadOnlySpan<ulong> Words => _values.Span[.._count];

    /// <summary>The sampled words of a signal, least significant first.</summary>
    public ReadOnlySpan<ulong> Limbs(int signal) => _values.Span.Slice(_slots[signal], WideWords.LimbsOf(_widths[signal]));
}
