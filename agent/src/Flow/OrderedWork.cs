using System.Runtime.CompilerServices;

namespace HwSeed.Agent.Flow;

/// <summary>Independent pieces of work, some at a time; results in order, whatever finishes first.</summary>
public static class OrderedWork
{
    /// <summary>Runs pieces 0, 1, 2 and so on. When the caller stops early, the rest is cancelled and waited for.</summary>
    /// <param name="count">Pieces.</param>
    /// <param name="atATime">How many run side by side.</param>
    /// <param name="work">A piece by its number.</param>
    /// <param name="cancellation">Stops all.</param>
    public static async IAsyncEnumerable<T> RunAsync<T>(
        int count, int atATime, Func<int, CancellationToken, Task<T>> work,
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var running = new Queue<Task<T>>();
        var next = 0;
        try
        {
            while (next < count || running.Count > 0)
            {
                // Finished ones behind a slow one wait in the queue, but not without bound.
                while (next < count && running.Count(t => !t.IsCompleted) < atATime && running.Count < 4 * atATime)
                {
                    var index = next++;
                    running.Enqueue(Task.Run(() => work(index, stop.Token), stop.Token));
                }

                if (!running.Peek().IsCompleted)
                {
                    await Task.WhenAny(running.Where(t => !t.IsCompleted)).ConfigureAwait(false);
                    continue;
                }

                yield return await running.Dequeue().ConfigureAwait(false);
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(running).ContinueWith(_ => { }, TaskScheduler.Default).ConfigureAwait(false);
        }
    }
}
