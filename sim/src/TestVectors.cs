using HwSeed.Hdl.Rtl;
using HwSeed.Sim.Compilation;
using HwSeed.Sim.Compilation.Lanes;

namespace HwSeed.Sim;

/// <summary>
/// Rows of input words that a simulator works through, one a clock cycle: the row is applied, the design settles, the
/// outputs are taken into a row of response words, and the clock has its edge or pulse. The loop over the rows is
/// compiled together with the design, so that a cycle costs no calls. The simulator can be used in any other way between
/// runs. Not thread-safe.
/// </summary>
public sealed unsafe class TestVectors
{
    private readonly Simulator _simulator;
    private readonly PortHandle? _clock;
    private readonly PortHandle[] _inputs;
    private readonly PortHandle[] _outputs;
    private readonly int[] _places;
    private readonly (int Word, ulong Mask)[] _partial;
    private readonly int[] _waking;
    private readonly WordProgram? _program;
    private readonly PinnedWords _stimuli;
    private readonly PinnedWords _responses;

    internal TestVectors(Simulator simulator, PortHandle? clock, IReadOnlyList<PortHandle> outputs, int rows, WordProgram? program)
    {
        (_simulator, _clock, _outputs, _program, Rows) = (simulator, clock, [.. outputs], program, rows);
        _inputs = [.. simulator.Ports.Where(p => p.Direction == PortDirection.Input && p != clock)];
        _partial = [.. _inputs.Where(p => p.Width % 64 > 0)
            .Select(p => (p.Slot + p.Limbs - 1, WordGraph.MaskOf(p.Width % 64)))];
        _waking = [.. simulator.WakingWords().Where(word => word != clock?.Slot)];
        _places = new int[_outputs.Length];
        for (var output = 0; output < _outputs.Length; output++)
        {
            _places[output] = ResponseWords;
            ResponseWords += _outputs[output].Limbs;
        }

        StimulusWords = simulator.Layout.InputWords;
        _stimuli = new((rows * StimulusWords) + (LanePlan.InputMargin / sizeof(ulong)));
        _responses = new(rows * ResponseWords, placeInPage: 2048);
    }

    /// <summary>Rows that there is room for.</summary>
    public int Rows { get; }

    /// <summary>Words of a row of inputs: all input ports in the top module's order.</summary>
    public int StimulusWords { get; }

    /// <summary>Words of a row of outputs: those asked for, in their order.</summary>
    public int ResponseWords { get; }

    /// <summary>Whether the loop over the rows is compiled; where logic reads the clock it is not.</summary>
    public bool IsCompiled => _program is not null;

    /// <summary>All rows of inputs, one after the other. Bits above a port's width are dropped by <see cref="Run"/>.</summary>
    public Span<ulong> Stimuli => _stimuli.Span[..(Rows * StimulusWords)];

    /// <summary>All rows of outputs, one after the other.</summary>
    public ReadOnlySpan<ulong> Responses => _responses.Span[..(Rows * ResponseWords)];

    /// <summary>The first word of an input in its row.</summary>
    public int PlaceOf(PortHandle input) => input.Direction == PortDirection.Input
        ? input.Slot
        : throw new ArgumentException($"port '{input.Name}' is not an input");

    /// <summary>
    /// Works through the first rows, from the simulator's present state. The clock's own words are not looked at. Afterwards the
    /// inputs are those of the last row.
    /// </summary>
    /// <param name="count">How many rows.</param>
    public void Run(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Rows);
        CutToWidths(count);
        if (_program is null || _simulator.CountsToggles)
        {
            for (var row = 0; row < count; row++)
            {
                Apply(row);
                Respond(row);
                Pulse();
            }

            return;
        }

        for (var row = 0; row < count;)
        {
            // An input that moves a clock or a reset with edges of its own acts when it changes.
            if (!_simulator.Holds(StimulusAt(row), _waking))
            {
                Apply(row);
                _simulator.Evaluate();
            }

            var last = _waking.Length == 0 ? count : row + 1;
            while (last < count && _simulator.Holds(StimulusAt(last), _waking))
            {
                last++;
            }

            _simulator.Run(
                _program, _stimuli.Address + (row * StimulusWords), _responses.Address + (row * ResponseWords), last - row, _clock);
            row = last;
        }
    }

    private ReadOnlySpan<ulong> StimulusAt(int row) => _stimuli.Span.Slice(row * StimulusWords, StimulusWords);

    private void CutToWidths(int count)
    {
        foreach (var (word, mask) in _partial)
        {
            for (var row = 0; row < count; row++)
            {
                _stimuli.Address[(row * StimulusWords) + word] &= mask;
            }
        }
    }

    private void Apply(int row)
    {
        var words = StimulusAt(row);
        foreach (var input in _inputs)
        {
            _simulator.Poke(input, words.Slice(input.Slot, input.Limbs));
        }
    }

    private void Respond(int row)
    {
        for (var output = 0; output < _outputs.Length; output++)
        {
            _simulator.Peek(_outputs[output], _responses.Span.Slice((row * ResponseWords) + _places[output], _outputs[output].Limbs));
        }
    }

    private void Pulse()
    {
        if (_clock is { } clock)
        {
            _simulator.Step(clock, 1);
        }
        else
        {
            _simulator.Step();
        }
    }
}
