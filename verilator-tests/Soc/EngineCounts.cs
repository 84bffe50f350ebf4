using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Generators.Hosts.Soc;
using HwSeed.Sim;

namespace HwSeed.VerilatorTests.Soc;

/// <summary>
/// Counts at the engine's own ports what the counters should count, cycle by cycle, from the meaning of the ports alone. A
/// counter that is read in cycle c shows what happened up to cycle c - 2, and what happened in c does not count if the counters stand
/// still in c + 1.
/// </summary>
internal sealed class EngineCounts(Simulator simulator)
{
    private readonly SignalProbe _probe = simulator.Probe([
        "core.cmd_valid", "core.cmd_ready", "core.cmd_data", "core.in_valid", "core.engine_in_ready", "core.engine_out_valid", "core.out_ready",
        "core.reset_q"]);

    private readonly List<string> _happened = [];
    private readonly Queue<Dictionary<string, long>> _late = [];
    private Dictionary<string, long> _now = Zeros();
    private long _resultsDue;

    /// <summary>Every counter as a read in the cycle that was observed last shows it.</summary>
    public IReadOnlyDictionary<string, long> Shown { get; private set; } = Zeros();

    /// <summary>The status register in the cycle that was observed last.</summary>
    public uint Status { get; private set; }

    /// <summary>Looks at the settled cycle before its edge.</summary>
    public void Observe(bool stopped)
    {
        foreach (var counter in stopped ? [] : _happened)
        {
            _now[counter]++;
        }

        _happened.Clear();
        _late.Enqueue(new(_now));
        if (_late.Count > 2)
        {
            _late.Dequeue();
        }

        Shown = _late.Peek();
        _probe.Sample();
        var (offered, operands, loads, result, takes) = (Is(0), Is(3), Is(4), Is(5), Is(6));
        var busy = offered || loads || _resultsDue > 0;
        Status = (busy ? 1u : 0) | (Is(7) ? 2u : 0) | (offered ? 4u : 0) | (loads ? 8u : 0) | (result ? 16u : 0);
        Count("CYCLES", true);
        Count("BUSY", busy);
        Count("INPUT_BEATS", operands && loads);
        Count("INPUT_STALLS", loads && !operands);
        Count("OUTPUT_BEATS", result && takes);
        Count("OUTPUT_STALLS", result && !takes);
        if (offered && Is(1))
        {
            var command = _probe[2].ToUInt64();
            var opcode = (int)(command >> CommandEncoding.OpcodeLow);
            Count(opcode switch
            {
                CommandEncoding.LoadOpcode => "LOADS",
                CommandEncoding.ComputeOpcode => "COMPUTES",
                CommandEncoding.StoreOpcode => "STORES",
                CommandEncoding.ConfigureOpcode => "CONFIGURES",
                _ => "SYNCS",
            }, true);
            _resultsDue += opcode == CommandEncoding.StoreOpcode ? Field(command, 1) * Field(command, 2) : 0;
        }

        _resultsDue = Is(7) ? 0 : _resultsDue - (result && takes ? 1 : 0);
    }

    /// <summary>The counters become zero at the edge that comes.</summary>
    public void Clear()
    {
        _happened.Clear();
        _now = Zeros();
        _late.Clear();
        _late.Enqueue(Zeros());
        _late.Enqueue(Zeros());
    }

    private bool Is(int signal) => _probe[signal].ToUInt64() != 0;

    private void Count(string counter, bool happens)
    {
        if (happens)
        {
            _happened.Add(counter);
        }
    }

    private static Dictionary<string, long> Zeros() => RegisterMap.CounterNames.ToDictionary(c => c.Name, _ => 0L);

    private static long Field(ulong command, int i) => (long)(command >> CommandEncoding.FieldLow(i)) & ((1 << CommandEncoding.FieldBits) - 1);
}
