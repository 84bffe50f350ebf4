using System.Diagnostics;

namespace HwSeed.Brain.Inference;

/// <summary>Where the time of inference goes, in stopwatch ticks of the calling thread.</summary>
internal sealed class PartTimes
{
    private long _last;

    public long Products { get; private set; }

    public long Attention { get; private set; }

    public long Norms { get; private set; }

    public long Sampling { get; private set; }

    public void Start() => _last = Stopwatch.GetTimestamp();

    public void EndProducts() => Products += Lap();

    public void EndAttention() => Attention += Lap();

    public void EndNorms() => Norms += Lap();

    public void EndSampling() => Sampling += Lap();

    private long Lap()
    {
        var now = Stopwatch.GetTimestamp();
        var lap = now - _last;
        _last = now;
        return lap;
    }
}
