using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Properties;

/// <summary>Follows one stream of reads: as many words as were asked for, from consecutive addresses, an edge each.</summary>
/// <param name="Running">Whether a word is to be read.</param>
/// <param name="Last">In the cycle of the last one.</param>
/// <param name="Left">Words that are left while it runs.</param>
internal sealed record StreamMonitor(Expression Running, Expression Last, Expression Left)
{
    /// <summary>Claims that reads are those of the streams that began, one stream at a time.</summary>
    /// <param name="h">The harness.</param>
    /// <param name="name">Which stream.</param>
    /// <param name="begin">High in the cycle before a stream's first read.</param>
    /// <param name="length">Words, valid with <paramref name="begin"/>.</param>
    /// <param name="reads">The unit's reads: enable, address, and the base that belongs to it.</param>
    /// <param name="rst">Reset.</param>
    public static StreamMonitor Follow(
        HarnessBuilder h, string name, Expression begin, Expression length, Expression rst,
        params IReadOnlyList<(string Side, Expression Read, Expression Address, Expression Base)> reads)
    {
        var m = h.M;
        var running = m.Register($"{name}_running", 1);
        var asked = m.Register($"{name}_asked", length, begin);
        var done = m.Register($"{name}_done", length.Width);
        var last = m.Wire($"{name}_last", running & Expression.Equal(done + HarnessBuilder.One(done), asked));
        m.Drive(running, begin | (running & ~last), reset: rst);
        m.Drive(done, Expression.Mux(begin, Expression.FromInteger(0, done.Width), done + HarnessBuilder.One(done)), begin | running);
        h.Never($"{name}_overlap", $"{name}: never two streams at once", begin & running & ~last);
        foreach (var (side, read, address, first) in reads)
        {
            var from = m.Register($"{name}_{side}_from", first, begin);
            h.Always($"{name}_{side}_count", $"{name}: exactly the command's number of {side} words is read, one an edge", Expression.Equal(read, running));
            h.Always($"{name}_{side}_address", $"{name}: {side} word i is read from base + i",
                HarnessBuilder.EqualWhen(running, address, from + HarnessBuilder.Fit(done, from.Width)));
            h.Lemma(HarnessBuilder.EqualWhen(running, address, from + HarnessBuilder.Fit(done, from.Width)));
        }

        return new(running, last, m.Wire($"{name}_left", asked - done));
    }
}
