using System.Numerics;
using System.Runtime.CompilerServices;
using HwSeed.Agent.Seeds;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Rtl;
using HwSeed.Sim.Stimulus;

namespace HwSeed.Agent.Simulations;

/// <summary>The words of a stimulus script. Names are ports, or paths of signals inside such as <c>cpu.alu.sum</c>.</summary>
public sealed class ScriptBench
{
    private readonly TestBench _bench;
    private readonly Xoshiro256 _random;
    private readonly long _limit;
    private readonly TextWriter _output;
    private readonly Func<int, SourceSpan> _place;
    private readonly CancellationToken _cancellation;

    internal ScriptBench(
        TestBench bench, Seed seed, long limit, TextWriter output, Func<int, SourceSpan> place, CancellationToken cancellation)
    {
        (_bench, _random, _limit) = (bench, seed.For("script").Random(), limit);
        (_output, _place, _cancellation) = (output, place, cancellation);
    }

    /// <summary>Cycles that are over.</summary>
    public long Cycle => _bench.Cycle;

    internal long Checks { get; private set; }

    internal long Failed { get; private set; }

    internal List<Diagnostic> Diagnostics { get; } = [];

    /// <summary>Drives an input in this cycle and the next ones. Negative values stand for their two's complement.</summary>
    public void Poke(string input, BigInteger value, [CallerLineNumber] int line = 0)
    {
        var port = _bench.Simulator.Ports.FirstOrDefault(p => p.Name == input && p.Direction == PortDirection.Input);
        if (port.Name is null || input == _bench.Clock)
        {
            throw new ScriptFaultException(input == _bench.Clock ? $"'{input}' is the clock, which Step drives" : $"no input '{input}'", line);
        }

        if (value >= BigInteger.One << port.Width || value < -(BigInteger.One << (port.Width - 1)))
        {
            throw new ScriptFaultException($"{value} does not fit into the {port.Width} bits of '{input}'", line);
        }

        _bench.Poke(input, new(value, port.Width));
    }

    /// <summary>The settled value of a signal, as an unsigned number.</summary>
    public BigInteger Peek(string signal, [CallerLineNumber] int line = 0) => Value(signal, line).Unsigned;

    /// <summary>The settled value of a signal, as a number in two's complement.</summary>
    public BigInteger PeekSigned(string signal, [CallerLineNumber] int line = 0) => Value(signal, line).Signed;

    /// <summary>A word of a memory.</summary>
    public BigInteger PeekMemory(string memory, int address, [CallerLineNumber] int line = 0)
    {
        try
        {
            _bench.Settle();
            return _bench.Simulator.PeekMemory(memory, address).Unsigned;
        }
        catch (Exception fault) when (fault is KeyNotFoundException or ArgumentOutOfRangeException)
        {
            throw new ScriptFaultException(fault is KeyNotFoundException ? fault.Message : $"'{memory}' has no word {address}", line);
        }
    }

    /// <summary>Ends this cycle, and more cycles with the same inputs.</summary>
    public void Step(long cycles = 1)
    {
        for (long cycle = 0; cycle < cycles; cycle++)
        {
            _cancellation.ThrowIfCancellationRequested();
            if (_bench.Cycle >= _limit)
            {
                throw new ScriptEndException();
            }

            _bench.Step();
        }
    }

    /// <summary>Compares the settled value of a signal; a failure is reported at this line and the script goes on.</summary>
    /// <returns>Whether it was as expected.</returns>
    public bool Expect(string signal, BigInteger value, string? message = null, [CallerLineNumber] int line = 0)
    {
        var now = Value(signal, line);
        Checks++;
        var expected = new BitVector(value, now.Width);
        if (now == expected && (value.Sign >= 0 ? expected.Unsigned : expected.Signed) == value)
        {
            return true;
        }

        Failed++;
        if (Diagnostics.Count < StimulusResult.Shown)
        {
            Diagnostics.Add(StimulusDiagnostics.Mismatch(Cycle, signal, now, expected + (message is null ? "" : $": {message}"), _place(line)));
        }

        return false;
    }

    /// <summary>A random number of some bits, by the seed of the run.</summary>
    public BigInteger Random(int bits, [CallerLineNumber] int line = 0)
    {
        if (bits is < 1 or > 65536)
        {
            throw new ScriptFaultException($"a random number has 1 to 65536 bits, not {bits}", line);
        }

        var value = BigInteger.Zero;
        for (var have = 0; have < bits; have += 64)
        {
            value = (value << 64) | _random.NextBits();
        }

        return value & ((BigInteger.One << bits) - 1);
    }

    /// <summary>Writes a line.</summary>
    public void Print(object? what) => _output.WriteLine(what);

    private BitVector Value(string signal, int line) => _bench.Simulator.Netlist.TryFind(signal, out _)
        ? _bench.Peek(signal)
        : throw new ScriptFaultException($"no signal '{signal}'", line);
}

/// <summary>A script asked for what is not there.</summary>
internal sealed class ScriptFaultException(string message, int line) : Exception(message)
{
    public int Line { get; } = line;
}

/// <summary>The cycles that a script may have are over.</summary>
internal sealed class ScriptEndException : Exception;
