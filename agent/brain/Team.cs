using System.Runtime.ExceptionServices;

namespace HwSeed.Brain;

/// <summary>
/// Threads that wait between pieces of work of a few microseconds, where starting tasks would cost more than the
/// work. One caller at a time.
/// </summary>
internal sealed class Team : IDisposable
{
    private const int SpinsBeforeSleep = 400;
    private readonly Member[] _members;
    private Action<int>? _work;
    private int _generation;
    private int _pending;
    private ExceptionDispatchInfo? _fault;
    private volatile bool _stopping;

    public Team(int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        Size = size;
        _members = [.. Enumerable.Range(1, size - 1).Select(part => new Member(this, part))];
    }

    /// <summary>Parts that work is divided into, the caller's own among them.</summary>
    public int Size { get; }

    /// <summary>As many parts as processors, at most 16.</summary>
    public static Team OfProcessors() => new(Math.Clamp(Environment.ProcessorCount, 1, 16));

    /// <summary>Calls work with 0..Size-1, each on its own thread, and waits for all.</summary>
    public void Run(Action<int> work)
    {
        if (_members.Length == 0)
        {
            work(0);
            return;
        }

        _work = work;
        Volatile.Write(ref _pending, _members.Length);
        Interlocked.Increment(ref _generation);
        foreach (var member in _members)
        {
            member.Wake();
        }

        try
        {
            work(0);
        }
        finally
        {
            var spins = 0;
            while (Volatile.Read(ref _pending) != 0)
            {
                Pause(ref spins);
            }
        }

        if (_fault is { } fault)
        {
            _fault = null;
            fault.Throw();
        }
    }

    /// <summary>The rows of one part when count rows are divided evenly.</summary>
    public (int First, int End) Share(int part, int count) =>
        ((int)((long)count * part / Size), (int)((long)count * (part + 1) / Size));

    public void Dispose()
    {
        if (_stopping)
        {
            return;
        }

        _stopping = true;
        Interlocked.Increment(ref _generation);
        foreach (var member in _members)
        {
            member.Stop();
        }
    }

    private static void Pause(ref int spins)
    {
        if (++spins < SpinsBeforeSleep)
        {
            Thread.SpinWait(8);
        }
        else
        {
            Thread.Yield();
        }
    }

    private sealed class Member
    {
        private readonly Team _team;
        private readonly int _part;
        private readonly SemaphoreSlim _bell = new(0);
        private readonly Thread _thread;
        private int _asleep;

        public Member(Team team, int part)
        {
            (_team, _part) = (team, part);
            _thread = new Thread(Loop) { IsBackground = true, Name = $"brain {part}" };
            _thread.Start();
        }

        public void Wake()
        {
            if (Interlocked.Exchange(ref _asleep, 0) == 1)
            {
                _bell.Release();
            }
        }

        public void Stop()
        {
            Wake();
            _thread.Join();
            _bell.Dispose();
        }

        private void Loop()
        {
            var seen = 0;
            while (true)
            {
                Await(seen);
                seen++;
                if (_team._stopping)
                {
                    return;
                }

                try
                {
                    _team._work!(_part);
                }
                catch (Exception e)
                {
                    _team._fault = ExceptionDispatchInfo.Capture(e);
                }

                Interlocked.Decrement(ref _team._pending);
            }
        }

        private void Await(int seen)
        {
            for (var spins = 0; Volatile.Read(ref _team._generation) == seen;)
            {
                if (++spins < SpinsBeforeSleep)
                {
                    Thread.SpinWait(8);
                    continue;
                }

                Interlocked.Exchange(ref _asleep, 1);
                if (Volatile.Read(ref _team._generation) != seen && Interlocked.Exchange(ref _asleep, 0) == 1)
                {
                    return;
                }

                _bell.Wait();
            }
        }
    }
}
