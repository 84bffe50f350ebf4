using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Generators.Hosts.Soc;
using HwSeed.Sim;

namespace HwSeed.VerilatorTests.Soc;

/// <summary>What the registers of an engine are to hold, in the cycle in which a bus reads or writes one.</summary>
internal sealed class RegisterModel(Simulator simulator, Architecture architecture, uint identity)
{
    private readonly EngineCounts _counts = new(simulator);
    private uint _scratch;
    private uint _keptHigh;
    private bool _stop;
    private bool _clears;

    /// <summary>Counters as a read in this cycle shows them.</summary>
    public IReadOnlyDictionary<string, long> Counters => _counts.Shown;

    /// <summary>Looks at the settled cycle before its edge, and before its reads and writes.</summary>
    public void Observe() => _counts.Observe(_stop);

    /// <summary>After the reads and writes of the cycle.</summary>
    public void EndCycle(bool inReset)
    {
        if (inReset)
        {
            (_scratch, _keptHigh, _stop) = (0, 0, false);
        }

        if (inReset || _clears)
        {
            _counts.Clear();
        }

        _clears = false;
    }

    /// <summary>What a read in this cycle answers; no value with an error, or where it is not known here.</summary>
    public (bool IsError, uint? Value) Read(int offset)
    {
        if (offset >= RegisterMap.Counters && offset < RegisterMap.Counters + (8 * RegisterMap.CounterNames.Count))
        {
            var value = _counts.Shown[RegisterMap.CounterNames[(offset - RegisterMap.Counters) / 8].Name];
            if (offset % 8 != 0)
            {
                return (false, _keptHigh);
            }

            _keptHigh = (uint)(value >> 32);
            return (false, (uint)value);
        }

        return offset switch
        {
            RegisterMap.Identity => (false, identity),
            RegisterMap.VersionOffset => (false, RegisterMap.Version),
            RegisterMap.BeatBits => (false, (uint)architecture.InputStreamBits),
            RegisterMap.Control => (false, (_counts.Status >> 1 & 1) | (_stop ? 1u << RegisterMap.StopBit : 0)),
            RegisterMap.Scratch => (false, _scratch),
            RegisterMap.Status => (false, _counts.Status),
            RegisterMap.CommandSpace or RegisterMap.DataSpace or RegisterMap.ResultCount
                when simulator.Netlist.Design.Top.Name == SocPorts.WishboneTop => (false, null),
            _ => (true, null),
        };
    }

    /// <summary>A write in this cycle; whether it is an error.</summary>
    public bool Write(int offset, uint value, int bytes)
    {
        switch (offset)
        {
            case RegisterMap.Control:
                _clears |= (bytes & 1) == 1 && (value >> RegisterMap.ClearBit & 1) == 1;
                _stop = (bytes & 2) == 2 ? (value >> RegisterMap.StopBit & 1) == 1 : _stop;
                return false;
            case RegisterMap.Scratch:
                for (var i = 0; i < 4; i++)
                {
                    var mask = (bytes >> i & 1) == 1 ? 0xFFu << (8 * i) : 0;
                    _scratch = (_scratch & ~mask) | (value & mask);
                }

                return false;
            default:
                return true;
        }
    }
}
