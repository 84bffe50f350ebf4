using HwSeed.Hdl;
using HwSeed.Hdl.Netlists;
using HwSeed.Hdl.Verilog.Binding;
using HwSeed.Sim.Cosimulation;
using HwSeed.Sim.Stimulus;

namespace HwSeed.Sim.RoundTrips;

/// <summary>The top module of a design that was read, as stimuli drive it.</summary>
internal static class RoundTripTop
{
    public static CosimTop Of(string name, VerilogDesign design, Netlist netlist)
    {
        var ports = design.Ports.Select(p => new CosimPort(
            p.Name,
            p.Direction switch { "input" => CosimDirection.Input, "output" => CosimDirection.Output, _ => CosimDirection.Inout },
            p.Width, p.Direction == "inout" ? 1 : p.Names.Count, p.Names)).ToEquatableArray();
        var known = ClockAndReset.Of(netlist);
        var inputs = ports.Where(p => p is { Direction: CosimDirection.Input, Width: 1, Elements: 1 }).ToDictionary(p => p.Names[0], p => p.Name);
        var edges = netlist.Registers.Select(r => r.Edges).Concat(netlist.Memories.SelectMany(m => m.WriteEdges)).ToList();

        // The only edge of a state is a clock; what shares a list with a clock resets.
        var clocks = edges.Where(e => e.Count == 1).SelectMany(e => e).Select(e => e.Clock.Path).Prepend(known.Clock ?? "")
            .Where(inputs.ContainsKey).Distinct().ToList();
        var resets = edges.Where(e => e.Count > 1).SelectMany(e => e)
            .Where(e => inputs.ContainsKey(e.Clock.Path) && !clocks.Contains(e.Clock.Path))
            .Select(e => new CosimReset(inputs[e.Clock.Path], !e.Rising)).ToList();
        if (known.Reset is { } reset && inputs.TryGetValue(reset, out var port) && !clocks.Contains(reset) && resets.All(r => r.Port != port))
        {
            resets.Add(new(port, known.ResetIsLow));
        }

        return new(name, ports, clocks.Select(c => inputs[c]).ToEquatableArray(), resets.DistinctBy(r => r.Port).ToEquatableArray());
    }

    /// <summary>Whether outputs follow inputs alone, without state.</summary>
    public static bool IsCombinational(Netlist netlist) =>
        netlist.Registers.Count == 0 && netlist.Latches.Count == 0 && netlist.Memories.All(m => m.Memory.Writes.Count == 0 && m.Reads.Count == 0);
}
