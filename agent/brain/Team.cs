using System.Runtime.ExceptionServices;

namespace HwSeed.Brain;

/// <summary>
/// Threads that share pieces of work of a few microseconds, where starting tasks would cost more than the work.
/// Pieces are handed out as members come for them, so that a member which the system keeps waiting holds nobody up.
/// One caller at a time.
/// </summary>
internal sealed class Team : IDisposable
{
    private const int Spins = 20;
    private const int Yields = 200;
    private readonly Member[] _members;
    private Action<int, int>? _work;

    // Number of the run in the upper half, pieces not handed out in the lower: one swap takes a piece of that run.
    private long _ticket;
    private int _pending;
    private ExceptionDispatchInfo? _fault;
    private volatile bool _stopping;

    public Team(int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        Size = size;
        _members = [.. Enumerable.Range(1, size - 1).Select(member => new Member(this, member))];
    }

    /// <summary>Threads, the caller's own among them.</summary>
    public int Size { get; }

    /// <summary>As many threads as processors, at most 16.</summary>
    public static Team OfProcessors() => new(Math.Clamp(Environment.ProcessorCount, 1, 16));

    /// <summary>The share of one of several even pieces in count things.</summary>
    public static (int First, int End) Share(int piece, int pieces, int count) =>
        ((int)((long)count * piece / pieces), (int)((long)count * (piece + 1) / pieces));

    /// <summary>Calls work(piece, member) for every piece once and waits for all; a member is 0..Size-1.</summary>
    public void Run(int pieces, Action<int, int> work)
    {
        if (_members.Length == 0 || pieces <= 1)
        {
            for (var piece = 0; piece < pieces; piece++)
            {
                work(piece, 0);
            }

            return;
        }

        _work = work;
        Volatile.Write(ref _pending, pieces);
        var run = (int)(_ticket >> 32) + 1;
        Interlocked.Exchange(ref _ticket, ((long)run << 32) | (uint)pieces);
        for (var i = 0; i < _members.Length && i < pieces - 1; i++)
        {
            _members[i].Wake();
        }

        Take(run, 0);
        for (var waited = 0; Volatile.Read(ref _pending) != 0;)
        {
            Pause(ref waited);
        }

        if (Interlocked.Exchange(ref _fault, null) is { } fault)
        {
            fault.Throw();
        }
    }

    public void Dispose()
    {
        if (_stopping)
        {
            return;
        }

        _stopping = true;
        foreach (var member in _members)
        {
            member.Stop();
        }
    }

    /// <summary>Works on pieces of a run until none is left.</summary>
    private void Take(int run, int member)
    {
        while (true)
        {
            var ticket = Volatile.Read(ref _ticket);
            var left = (int)ticket;
            if ((int)(ticket >> 32) != run || left == 0)
            {
                return;
            }

            if (Interlocked.CompareExchange(ref _ticket, ticket - 1, ticket) != ticket)
            {
                continue;
            }

            try
            {
                _work!(left - 1, member);
            }
            catch (Exception e)
            {
                Interlocked.CompareExchange(ref _fault, ExceptionDispatchInfo.Capture(e), null);
            }

            Interlocked.Decrement(ref _pending);
        }
    }

    /// <summary>Spins a little, then lets others run: the kernel's own threads need the processors too.</summary>
    private static void Pause(ref int waited)
    {
        if (++waited < Spins)
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
        private readonly int _number;
        private readonly SemaphoreSlim _bell = new(0);
        private readonly Thread _thread;
        private int _asleep;

        public Member(Team team, int number)
        {
            (_team, _number) = (team, number);
            _thread = new Thread(Loop) { IsBackground = true, Name = $"brain {number}" };
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
                if (_team._stopping)
                {
                    return;
                }

                seen = (int)(Volatile.Read(ref _team._ticket) >> 32);
                _team.Take(seen, _number);
            }
        }

        private bool Called(int seen) =>
            _team._stopping || (int)(Volatile.Read(ref _team._ticket) >> 32) != seen;

        private void Await(int seen)
        {
            for (var waited = 0; !Called(seen);)
            {
                if (waited < Spins + Yields)
                {
                    Pause(ref waited);
                    continue;
                }

                Interlocked.Exchange(ref _asleep, 1);
                if (Called(seen) && Interlocked.Exchange(ref _asleep, 0) == 1)
                {
                    return;
                }

                _bell.Wait();
            }
        }
    }
}
