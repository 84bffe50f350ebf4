using System.Numerics;
using HwSeed.Hdl;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Sim.Coverage;

/// <summary>Counts the states that state machines are in and the transitions that they make.</summary>
internal sealed class StateMachineCounter
{
    private readonly List<(StateMachine Machine, string Path, Func<BigInteger, string?> NameOf)> _machines = [];
    private readonly List<Dictionary<ulong, long>> _visits = [];
    private readonly List<Dictionary<(ulong, ulong), long>> _moves = [];
    private readonly SignalProbe _probe;
    private readonly ulong[] _last;
    private bool _started;

    public StateMachineCounter(Simulator simulator, Func<string, string, BigInteger, string?> nameOf)
    {
        var known = new Dictionary<Module, IReadOnlyList<StateMachine>>(ReferenceEqualityComparer.Instance);
        foreach (var scope in simulator.Netlist.Scopes)
        {
            if (!known.TryGetValue(scope.Module, out var machines))
            {
                known.Add(scope.Module, machines = StateMachine.Of(scope.Module));
            }

            _machines.AddRange(machines.Select(m => (
                m, scope.PathOf(m.Register), (Func<BigInteger, string?>)(value => nameOf(scope.Module.Name, m.Register, value)))));
        }

        _probe = simulator.Probe([.. _machines.Select(m => m.Path)]);
        _last = new ulong[_machines.Count];
        foreach (var _ in _machines)
        {
            _visits.Add([]);
            _moves.Add([]);
        }
    }

    /// <summary>The design has settled; visits are counted once a cycle.</summary>
    public void Settled(bool beginsCycle)
    {
        _probe.Sample();
        var now = _probe.Words;
        for (var machine = 0; machine < now.Length; machine++)
        {
            var (state, last) = (now[machine], _last[machine]);
            _visits[machine][state] = _visits[machine].GetValueOrDefault(state) + (beginsCycle ? 1 : 0);
            if (_started && state != last)
            {
                _moves[machine][(last, state)] = _moves[machine].GetValueOrDefault((last, state)) + 1;
            }
        }

        now.CopyTo(_last);
        _started = true;
    }

    public EquatableArray<StateMachineCover> Report() => _machines.Select((m, i) =>
    {
        var visits = _visits[i];
        var moves = _moves[i].ToDictionary(p => ((BigInteger)p.Key.Item1, (BigInteger)p.Key.Item2), p => p.Value);
        var expected = m.Machine.Transitions.ToHashSet();
        return new StateMachineCover(
            m.Path,
            m.Machine.States.Concat(visits.Keys.Select(v => (BigInteger)v)).Distinct().Order()
                .Select(s => new StateCover(s, m.NameOf(s), visits.GetValueOrDefault((ulong)s))).ToEquatableArray(),
            expected.Concat(moves.Keys).Distinct().Order()
                .Select(t => new TransitionCover(t.Item1, t.Item2, moves.GetValueOrDefault(t), expected.Contains(t))).ToEquatableArray());
    }).ToEquatableArray();
}
