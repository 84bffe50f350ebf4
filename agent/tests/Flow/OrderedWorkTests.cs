using HwSeed.Agent.Flow;

namespace HwSeed.Agent.Tests.Flow;

internal sealed class OrderedWorkTests
{
    [Test]
    public async Task Results_come_in_order_whatever_finishes_first_and_no_more_run_than_allowed()
    {
        var (running, most) = (0, 0);
        var results = new List<int>();
        await foreach (var result in OrderedWork.RunAsync(12, 2, async (i, stop) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            await Task.Delay(i % 3 == 0 ? 30 : 1, stop);
            Interlocked.Decrement(ref running);
            return i;
        }))
        {
            results.Add(result);
        }

        Assert.That(results, Is.EqualTo(Enumerable.Range(0, 12)));
        Assert.That(most, Is.EqualTo(2));
    }

    [Test]
    public async Task A_fault_ends_the_sequence_and_stops_the_others()
    {
        var stopped = false;
        var work = OrderedWork.RunAsync(4, 2, async (i, stop) =>
        {
            if (i == 0)
            {
                await Task.Delay(20, stop);
                throw new InvalidDataException("first");
            }

            try
            {
                await Task.Delay(Timeout.Infinite, stop);
            }
            catch (OperationCanceledException)
            {
                stopped = true;
                throw;
            }

            return i;
        });
        Assert.That(async () => await work.GetAsyncEnumerator().MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10)),
            Throws.InstanceOf<InvalidDataException>());
        await Task.Yield();
        Assert.That(stopped, Is.True);
    }
}
