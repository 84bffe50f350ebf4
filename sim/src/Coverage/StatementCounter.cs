using HwSeed.Hdl;
using HwSeed.Hdl.Netlists;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Sim.Coverage;

/// <summary>
/// Counts how often statements are executed: those of clocked code at an edge, with the values before it, and those of
/// combinational code whenever the design has settled.
/// </summary>
internal sealed class StatementCounter
{
    private readonly List<(string File, int Line, int Column)> _places = [];
    private readonly List<(int Place, int[] Rising, int[] Falling)> _clocked = [];
    private readonly List<int> _combinational = [];
    private readonly SignalProbe _clockedConditions;
    private readonly SignalProbe _conditions;
    private readonly SignalProbe _clocks;
    private readonly ulong[] _clocksBefore;
    private readonly long[] _hits;
    private bool _started;

    public StatementCounter(Simulator simulator)
    {
        var placeOf = new Dictionary<(string, int, int), int>();
        var clocks = new Dictionary<Net, int>();
        var (clocked, combinational) = (new List<ScopedExpression>(), new List<ScopedExpression>());
        foreach (var scope in simulator.Netlist.Scopes)
        {
            foreach (var point in scope.Module.CoverPoints)
            {
                var key = (point.File, point.Line, point.Column);
                if (placeOf.TryAdd(key, _places.Count))
                {
                    _places.Add(key);
                }

                if (point.Edges.Count == 0)
                {
                    combinational.Add(new(point.Condition, scope));
                    _combinational.Add(placeOf[key]);
                }
                else
                {
                    clocked.Add(new(point.Condition, scope));
                    _clocked.Add((placeOf[key], Clocks(point, scope, rising: true), Clocks(point, scope, rising: false)));
                }
            }
        }

        _clockedConditions = simulator.Probe(clocked);
        _conditions = simulator.Probe(combinational);
        _clocks = simulator.Probe([.. clocks.Keys.Select(n => n.Path)]);
        _clocksBefore = new ulong[_clocks.Words.Length];
        _hits = new long[_places.Count];

        int[] Clocks(CoverPoint point, NetScope scope, bool rising) => [.. point.Edges.Where(e => e.Rising == rising)
            .Select(e => clocks.TryAdd(scope[e.Signal], clocks.Count) ? clocks.Count - 1 : clocks[scope[e.Signal]])];
    }

    /// <summary>Inputs have changed, and what they set off has not happened yet.</summary>
    public void Changing()
    {
        if (_clocked.Count == 0)
        {
            return;
        }

        _clocks.Glance();
        var clocks = _clocks.Words;
        if (_started && !clocks.SequenceEqual(_clocksBefore))
        {
            _clockedConditions.Glance();
            var conditions = _clockedConditions.Words;
            for (var point = 0; point < _clocked.Count; point++)
            {
                if (conditions[point] != 0 && (Any(_clocked[point].Rising, 1, clocks) || Any(_clocked[point].Falling, 0, clocks)))
                {
                    _hits[_clocked[point].Place]++;
                }
            }
        }

        clocks.CopyTo(_clocksBefore);
        _started = true;
    }

    /// <summary>The design has settled.</summary>
    public void Settled()
    {
        _conditions.Sample();
        var conditions = _conditions.Words;
        for (var point = 0; point < _combinational.Count; point++)
        {
            _hits[_combinational[point]] += conditions[point] == 0 ? 0 : 1;
        }
    }

    public EquatableArray<StatementCover> Report() => _places
        .Select((p, i) => new StatementCover(p.File, p.Line, p.Column, _hits[i]))
        .OrderBy(s => s.File, StringComparer.Ordinal).ThenBy(s => s.Line).ThenBy(s => s.Column).ToEquatableArray();

    private bool Any(int[] edges, ulong level, ReadOnlySpan<ulong> clocks)
    {
        foreach (var clock in edges)
        {
            if (clocks[clock] == level && _clocksBefore[clock] != level)
            {
                return true;
            }
        }

        return false;
    }
}
