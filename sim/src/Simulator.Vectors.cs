using HwSeed.Hdl.Rtl;
using HwSeed.Sim.Compilation;

namespace HwSeed.Sim;

/// <summary>Test vectors: the loop over cycles compiled together with the design.</summary>
public sealed unsafe partial class Simulator
{
    private readonly Dictionary<string, ClockedCycle> _cycles = [];

    /// <summary>Rows of test vectors for this simulator.</summary>
    /// <param name="clock">The input that has a pulse in each cycle; null for the implicit clock.</param>
    /// <param name="outputs">Outputs that are taken in each cycle.</param>
    /// <param name="rows">Cycles that there is room for.</param>
    public TestVectors Vectors(PortHandle? clock, IReadOnlyList<PortHandle> outputs, int rows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        foreach (var output in outputs)
        {
            RequireDirection(output, PortDirection.Output);
        }

        if (clock is { } pulsed)
        {
            RequireDirection(pulsed, PortDirection.Input);
            ArgumentOutOfRangeException.ThrowIfNotEqual(pulsed.Width, 1);
        }

        return new(this, clock, outputs, rows, CompileVectors(clock, outputs));
    }

    internal PinnedWords InputWords => _inputWords;

    internal (PinnedWords Now, PinnedWords Next) Buffers => (_state, _next);

    internal ulong* MemoryAddress => _memoryWords.Address;

    /// <summary>The cycle of the implicit clock with chosen outputs, compiled once. Not for a design with other clocks or latches.</summary>
    internal ClockedCycle Cycle(IReadOnlyList<PortHandle> outputs)
    {
        var name = string.Join(' ', outputs.Select(o => o.Name));
        if (!_cycles.TryGetValue(name, out var cycle))
        {
            var program = CompileVectors(null, outputs)
                ?? throw new InvalidOperationException($"'{Netlist.Design.Top.Name}' has more than the implicit clock");
            _cycles.Add(name, cycle = new(this, program, new(outputs.Sum(o => o.Limbs))));
        }

        return cycle;
    }

    /// <summary>Cycles have been run between the state buffers, the first from the present one.</summary>
    internal void Moved(long cycles)
    {
        Exchange(cycles);
        Cycles += cycles;
        Changed(wakes: false);
    }

    /// <summary>Input words that move a clock or a latch.</summary>
    internal IEnumerable<int> WakingWords() => _plan.WakingWords;

    /// <summary>Whether some of the input words have these values now.</summary>
    internal bool Holds(ReadOnlySpan<ulong> row, ReadOnlySpan<int> words)
    {
        foreach (var word in words)
        {
            if (row[word] != _inputWords[word])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Runs cycles from rows of words; the inputs are those of the last row afterwards.</summary>
    internal void Run(WordProgram program, ulong* stimuli, ulong* responses, int cycles, PortHandle? clock)
    {
        Settle();
        var phases = program.Run(_state.Address, _next.Address, stimuli, _memoryWords.Address, responses, cycles);
        var words = Layout.InputWords;
        new ReadOnlySpan<ulong>(stimuli + ((cycles - 1) * words), words).CopyTo(_inputWords.Span);
        if (clock is { } low)
        {
            _inputWords[low.Slot] = 0;
        }

        Moved(phases);
        Cycles += cycles - phases;
    }

    // Null where cycles have to be simulated change by change: where latches follow inputs, derived clocks move, or logic
    // reads the clock.
    private WordProgram? CompileVectors(PortHandle? port, IReadOnlyList<PortHandle> outputs)
    {
        if (Netlist.Latches.Any() || (port is null && _plan.HasEvents))
        {
            return null;
        }

        var graph = _lowering.Graph;
        var taken = outputs.SelectMany(p => _lowering[Netlist.Top[p.Name]]).Select((word, at) => Store.Response(at, word)).ToList();
        List<List<Store>> phases;
        if (port is { } clock)
        {
            var net = Netlist.Top[clock.Name];
            if (_plan.Pulse(net) is not { } pulse || !graph.IsConstant(pulse.Stop, out _)
                || _plan.Reads(net, taken.SelectMany(s => s.Operands)))
            {
                return null;
            }

            phases = pulse.Phases;
        }
        else
        {
            phases = [_plan.ImplicitEdge()];
        }

        phases[0].InsertRange(0, taken);
        return new(graph, phases, graph.Constant(0), Layout, intoState: true) { RowWords = (Layout.InputWords, taken.Count) };
    }
}
