using System.Globalization;
using System.Numerics;
using HwSeed.Hdl;
using HwSeed.Hdl.Netlists;

namespace HwSeed.Sim.Cosimulation;

/// <summary>
/// The signals that a differing port depends on, with the values of both simulators at the step of the difference, and the
/// one with which it began: it differs although what it is made from does not.
/// </summary>
internal sealed class Cone
{
    private const int MostShown = 24;
    private const int MostFollowed = 2000;

    private readonly Simulator _simulator;
    private readonly CosimDesign _design;
    private readonly FanIn _fanIn;
    private readonly Dictionary<Net, string> _paths;
    private readonly List<(Net Net, int Depth)> _nets;
    private readonly Dictionary<Net, long> _first = [];
    private readonly Dictionary<Net, BigInteger> _theirs = [];

    private Cone(Simulator simulator, CosimDesign design, CosimDifference difference, Waves? waves)
    {
        (_simulator, _design, _fanIn) = (simulator, design, new(simulator.Netlist));
        _paths = SourcePaths(waves);
        var name = difference.Port.Split('[')[0];
        _nets = Walk(design.Top.Compared.First(p => p.Name == name).Names.Where(n => simulator.Netlist.TryFind(n, out _)).Select(n => simulator.Netlist.Top[n]));
    }

    /// <summary>Follows a difference back.</summary>
    /// <param name="simulator">Our simulator; it runs anew.</param>
    /// <param name="design">The design.</param>
    /// <param name="seed">Seed of the inputs.</param>
    /// <param name="difference">The difference.</param>
    /// <param name="waves">The other simulator's waves; null when there are none.</param>
    /// <param name="from">The first step of the waves.</param>
    public static EquatableArray<ConeSignal> Of(
        Simulator simulator, CosimDesign design, int seed, CosimDifference difference, Waves? waves, long from)
    {
        var cone = new Cone(simulator, design, difference, waves);
        cone.Run(seed, difference.Step, waves, from);
        return cone.Signals();
    }

    private void Run(int seed, long last, Waves? waves, long from)
    {
        var (stimulus, ours) = (new RandomStimulus(_design.Top, seed), new SteppedSimulator(_simulator, _design.Top));
        var shown = new ulong[_design.Top.ComparedWords];
        var followed = _nets.Where(n => waves is not null && _paths.TryGetValue(n.Net, out var path) && waves.PathOf(path) == path).Select(n => n.Net).Distinct().ToList();
        var probe = _simulator.Probe([.. followed.Select(n => n.Path)]);
        for (var step = 0L; step <= last; step++)
        {
            ours.Step(stimulus.Next(), shown);
            if (waves is null || step < from)
            {
                continue;
            }

            waves.GoTo(step);
            probe.Sample();
            for (var i = 0; i < followed.Count; i++)
            {
                var theirs = waves[_paths[followed[i]]];
                if (step == last)
                {
                    _theirs[followed[i]] = theirs;
                }

                if (!_first.ContainsKey(followed[i]) && probe[i].Unsigned != theirs)
                {
                    _first.Add(followed[i], step);
                }
            }
        }
    }

    private EquatableArray<ConeSignal> Signals()
    {
        var origin = Origin();
        var shown = _nets.Where(n => _paths.ContainsKey(n.Net)).ToList();
        // What differs tells more than what does not.
        var chosen = shown.Where(n => _first.ContainsKey(n.Net)).Concat(shown.Where(n => !_first.ContainsKey(n.Net))).Take(MostShown).ToList();
        if (shown.FirstOrDefault(n => n.Net == origin) is { Net: not null } found && !chosen.Contains(found))
        {
            chosen[^1] = found;
        }

        return chosen.OrderBy(n => n.Depth).Select(n => new ConeSignal(
            _paths[n.Net], n.Depth, Hex(_simulator.Peek(n.Net.Path).Unsigned, n.Net.Width), _theirs.TryGetValue(n.Net, out var theirs) ? Hex(theirs, n.Net.Width) : null,
            _first.TryGetValue(n.Net, out var first) ? first : null)
        {
            IsOrigin = n.Net == origin,
        }).ToEquatableArray();
    }

    // As many digits as the width has; a leading zero of the number format is cut.
    private static string Hex(BigInteger value, int width)
    {
        var digits = (width + 3) / 4;
        return value.ToString($"x{digits}", CultureInfo.InvariantCulture)[^digits..];
    }

    // Of the signals that differ first, the one farthest from the port none of whose inputs differs at that time.
    private Net? Origin()
    {
        if (_first.Count == 0)
        {
            return null;
        }

        var earliest = _first.Values.Min();
        var candidates = _nets.Where(n => _first.TryGetValue(n.Net, out var step) && step == earliest).Select(n => n.Net).ToHashSet();
        return _nets.Where(n => candidates.Contains(n.Net) && !Followed(n.Net).Any(candidates.Contains))
            .OrderByDescending(n => n.Depth).Select(n => n.Net).FirstOrDefault() ?? _nets.Last(n => candidates.Contains(n.Net)).Net;
    }

    // The nearest signals of the source that a net follows at the same time; what our reader made between them is passed.
    private IEnumerable<Net> Followed(Net net)
    {
        var (seen, open) = (new HashSet<Net> { net }, new Stack<Net>(_fanIn.Now(net)));
        while (open.TryPop(out var next))
        {
            if (!seen.Add(next))
            {
                continue;
            }

            if (_theirs.ContainsKey(next))
            {
                yield return next;
                continue;
            }

            foreach (var inner in _fanIn.Now(next))
            {
                open.Push(inner);
            }
        }
    }

    private List<(Net Net, int Depth)> Walk(IEnumerable<Net> ports)
    {
        var (seen, found, open) = (new HashSet<Net>(), new List<(Net, int)>(), new Queue<(Net Net, int Depth)>(ports.Select(p => (p, 0))));
        while (open.TryDequeue(out var next) && found.Count < MostFollowed)
        {
            if (seen.Add(next.Net))
            {
                found.Add(next);
                var inner = _fanIn.Now(next.Net).Concat(_fanIn.Before(next.Net));
                foreach (var net in inner)
                {
                    // Wires that the source does not have are no steps of their own.
                    open.Enqueue((net, next.Depth + (_paths.ContainsKey(next.Net) ? 1 : 0)));
                }
            }
        }

        return found;
    }

    // Each net by the name that the source has for it, from the top module down; the outermost of several names.
    private Dictionary<Net, string> SourcePaths(Waves? waves)
    {
        var byModule = _design.Signals.Where(s => !s.IsMemory).ToLookup(s => s.Module, StringComparer.Ordinal);
        var paths = new Dictionary<Net, string>();
        foreach (var scope in _simulator.Netlist.Scopes)
        {
            foreach (var signal in byModule[scope.Module.Name])
            {
                for (var i = 0; i < signal.Names.Count; i++)
                {
                    if (scope.TryFind(signal.Names[i], out var net))
                    {
                        var path = scope.PathOf(signal.Names.Count == 1 ? signal.Path : $"{signal.Path}[{signal.FirstIndex + i}]");
                        paths.TryAdd(net, waves?.PathOf(path) ?? path);
                    }
                }
            }
        }

        return paths;
    }
}
