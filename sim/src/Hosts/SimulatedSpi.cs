using HwSeed.Sim.Traces;

namespace HwSeed.Sim.Hosts;

/// <summary>An SPI master (mode 0) on the pins <c>sck</c>, <c>cs_n</c>, <c>mosi</c> and <c>miso</c> of a simulated board.</summary>
public sealed class SimulatedSpi : SimulatedPort
{
    private readonly Simulator _simulator;
    private readonly PortHandle _sck;
    private readonly PortHandle _select;
    private readonly PortHandle _mosi;
    private readonly PortHandle _miso;
    private readonly int _halfPeriod;

    /// <summary>Powers the board up.</summary>
    /// <param name="simulator">A top module with rst and the four pins.</param>
    /// <param name="halfPeriod">The board's clock cycles in half a period of SCK, at least 4.</param>
    /// <param name="trace">Takes every port in every cycle, if given.</param>
    public SimulatedSpi(Simulator simulator, int halfPeriod, PortTrace? trace = null)
        : base(simulator, trace)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(halfPeriod, 4);
        (_simulator, _halfPeriod) = (simulator, halfPeriod);
        (_sck, _select) = (simulator.Port("sck"), simulator.Port("cs_n"));
        (_mosi, _miso) = (simulator.Port("mosi"), simulator.Port("miso"));
        simulator.Poke(_select, 1);
        simulator.Poke(simulator.Port("rst"), 1);
        Pass(4);
        simulator.Poke(simulator.Port("rst"), 0);
        Pass(64);
    }

    /// <summary>Bytes that a read without an answer in store clocks through.</summary>
    public int ReadBytes { get; init; } = 16;

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Transfer(buffer.AsSpan(offset, count), 0);

    /// <summary>Begins a byte and gives it up after some bits: what came in of it does not count.</summary>
    public void BreakOff(byte value, int bits) => Transfer([value], 8 - bits);

    /// <summary>Lets clock cycles pass.</summary>
    public void Pass(long cycles)
    {
        for (long i = 0; i < cycles; i++)
        {
            Edge();
        }
    }

    /// <inheritdoc/>
    protected override void Await() => Transfer(new byte[ReadBytes], 0);

    private void Transfer(ReadOnlySpan<byte> bytes, int lowestBit)
    {
        _simulator.Poke(_select, 0);
        Pass(_halfPeriod);
        foreach (var value in bytes)
        {
            var taken = 0;
            for (var bit = 7; bit >= lowestBit; bit--)
            {
                _simulator.Poke(_mosi, (ulong)(value >> bit) & 1);
                Pass(_halfPeriod);
                taken = (taken << 1) | (int)_simulator.Peek(_miso);
                _simulator.Poke(_sck, 1);
                Pass(_halfPeriod);
                _simulator.Poke(_sck, 0);
            }

            if (lowestBit == 0)
            {
                Received.Enqueue((byte)taken);
            }
        }

        Pass(_halfPeriod);
        _simulator.Poke(_select, 1);
        Pass(_halfPeriod);
    }
}
