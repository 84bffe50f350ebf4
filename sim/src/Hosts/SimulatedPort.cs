using HwSeed.Sim.Traces;

namespace HwSeed.Sim.Hosts;

/// <summary>
/// A board in the simulator as a stream of bytes: what a driver writes goes through the pins bit by bit, and what comes
/// out of them is read. Time passes only while the stream is used.
/// </summary>
public abstract class SimulatedPort : Stream
{
    private readonly Simulator _simulator;
    private readonly PortTrace? _trace;

    /// <summary>Powers the board up and holds its reset for a while.</summary>
    /// <param name="simulator">The board's top module, with an input <c>rst</c>.</param>
    /// <param name="trace">Takes every port in every cycle, if given.</param>
    protected SimulatedPort(Simulator simulator, PortTrace? trace)
    {
        (_simulator, _trace) = (simulator, trace);
        simulator.PowerUp();
    }

    /// <summary>Bytes that came out of the pins and were not read yet.</summary>
    protected Queue<byte> Received { get; } = [];

    /// <summary>Clock cycles since power-up.</summary>
    public long Cycles => _simulator.Cycles;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanTimeout => true;

    /// <inheritdoc/>
    public override int ReadTimeout { get; set; } = 1000;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Lets time pass until at least one byte is there; throws <see cref="TimeoutException"/> when none comes.</summary>
    protected abstract void Await();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        if (Received.Count == 0)
        {
            Await();
        }

        var read = Math.Min(count, Received.Count);
        for (var i = 0; i < read; i++)
        {
            buffer[offset + i] = Received.Dequeue();
        }

        return read;
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>One edge of the clock.</summary>
    protected void Edge()
    {
        _trace?.Record(_simulator);
        _simulator.Step();
    }
}
