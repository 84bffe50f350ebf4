using HwSeed.Sim.Traces;

namespace HwSeed.Sim.Hosts;

/// <summary>The host's end of a UART (8N1) on the pins <c>rx</c> and <c>tx</c> of a simulated board.</summary>
public sealed class SimulatedUart : SimulatedPort
{
    private readonly Simulator _simulator;
    private readonly PortHandle _rx;
    private readonly PortHandle _tx;
    private readonly double _bitCycles;
    private readonly Queue<bool> _sending = [];
    private double _untilNextBit;
    private double _untilSample;
    private int _bits;
    private int _byte;

    /// <summary>Powers the board up.</summary>
    /// <param name="simulator">A top module with rst, rx and tx.</param>
    /// <param name="bitCycles">The board's clock cycles in a bit of this host: no integer when the two clocks disagree.</param>
    /// <param name="trace">Takes every port in every cycle, if given.</param>
    public SimulatedUart(Simulator simulator, double bitCycles, PortTrace? trace = null)
        : base(simulator, trace)
    {
        (_simulator, _bitCycles) = (simulator, bitCycles);
        (_rx, _tx) = (simulator.Port("rx"), simulator.Port("tx"));
        simulator.Poke(_rx, 1);
        simulator.Poke(simulator.Port("rst"), 1);
        for (var i = 0; i < 4; i++)
        {
            Edge();
        }

        simulator.Poke(simulator.Port("rst"), 0);
        Pass(64);
    }

    /// <summary>Clock cycles of silence after which a read gives up.</summary>
    public long PatienceCycles { get; init; } = 50_000;

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count)
    {
        for (var i = 0; i < count; i++)
        {
            _sending.Enqueue(false);
            for (var bit = 0; bit < 8; bit++)
            {
                _sending.Enqueue(((buffer[offset + i] >> bit) & 1) == 1);
            }

            _sending.Enqueue(true);
        }
    }

    /// <summary>Holds the line low for a number of bits.</summary>
    public void Break(int bits)
    {
        for (var i = 0; i < bits; i++)
        {
            _sending.Enqueue(false);
        }

        _sending.Enqueue(true);
    }

    /// <summary>Lets clock cycles pass.</summary>
    public void Pass(long cycles)
    {
        for (long i = 0; i < cycles; i++)
        {
            Cycle();
        }
    }

    /// <inheritdoc/>
    protected override void Await()
    {
        for (long silent = 0; Received.Count == 0; silent = _sending.Count > 0 ? 0 : silent + 1)
        {
            if (silent > PatienceCycles)
            {
                throw new TimeoutException("no byte came");
            }

            Cycle();
        }
    }

    private void Cycle()
    {
        if (--_untilNextBit <= 0)
        {
            var sends = _sending.TryDequeue(out var level);
            _simulator.Poke(_rx, !sends || level ? 1UL : 0);
            _untilNextBit = sends ? _untilNextBit + _bitCycles : 1;
        }

        Sample(_simulator.Peek(_tx) == 1);
        Edge();
    }

    // The middle of each bit, counted from the start bit's edge.
    private void Sample(bool level)
    {
        if (_bits == 0)
        {
            (_bits, _untilSample) = level ? (0, 0) : (10, _bitCycles / 2);
        }

        if (_bits == 0 || --_untilSample > 0)
        {
            return;
        }

        _untilSample += _bitCycles;
        _byte = (_byte >> 1) | (level ? 0x200 : 0);
        if (--_bits == 0)
        {
            if ((_byte & 0x201) != 0x200)
            {
                throw new InvalidOperationException($"the board sent {_byte:x3}: a byte without start or stop bit");
            }

            Received.Enqueue((byte)(_byte >> 1));
        }
    }
}
