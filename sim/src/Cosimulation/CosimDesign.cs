using HwSeed.Hdl;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Netlists;
using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog.Binding;
using HwSeed.Hdl.Verilog.Syntax;
using HwSeed.Sim.Stimulus;

namespace HwSeed.Sim.Cosimulation;

/// <summary>A design that was read from Verilog, elaborated, with its clocks and resets found.</summary>
/// <param name="Top">The top module.</param>
/// <param name="Netlist">The elaborated design.</param>
public sealed record CosimDesign(CosimTop Top, Netlist Netlist)
{
    /// <summary>Where each signal of each module was declared.</summary>
    public EquatableArray<SignalDeclaration> Signals { get; init; }

    /// <summary>The places in the files of what the reader left out.</summary>
    public EquatableArray<Origin> LeftOut { get; init; }

    /// <summary>Elaborates a design and finds its clocks and resets. HW1081: a named one is no input of one bit.</summary>
    /// <param name="read">The design.</param>
    /// <param name="sourceTop">Name of the top module in the source.</param>
    /// <param name="clocks">Names of the clocks; none to find them.</param>
    /// <param name="resets">Names of the resets; none to find them.</param>
    public static Checked<CosimDesign> Of(VerilogDesign read, string sourceTop, IReadOnlyList<string> clocks, IReadOnlyList<string> resets)
    {
        var bits = read.Ports.Where(p => p.Direction == "input" && p.Width == 1 && p.Names.Count == 1).Select(p => p.Name).ToList();
        var unknown = clocks.Select(c => ("clock", c)).Concat(resets.Select(r => ("reset", r)))
            .Where(n => !bits.Contains(n.Item2)).Select(n => CosimDiagnostics.NoSuchInput(n.Item1, n.Item2, bits)).ToList();
        return unknown.Count > 0
            ? Checked.Fail<CosimDesign>(unknown)
            : Netlist.Elaborate(read.Design).Then(netlist => Checked.Ok(Find(read, sourceTop, netlist, clocks, resets)));
    }

    private static CosimDesign Find(
        VerilogDesign read, string sourceTop, Netlist netlist, IReadOnlyList<string> namedClocks, IReadOnlyList<string> namedResets)
    {
        var first = ClockAndReset.Of(netlist, namedClocks.FirstOrDefault(), namedResets.FirstOrDefault());
        var (clocking, resetting) = EdgesOf(netlist);
        List<string> clocks = [.. namedClocks];
        if (namedClocks.Count == 0)
        {
            clocks = [.. first.Clock is null ? (string[])[] : [first.Clock], .. clocking.Select(e => e.Clock.Path)];
        }

        var resets = namedResets.Select(r => new CosimReset(r, ClockAndReset.Of(netlist, first.Clock, r).ResetIsLow)).ToList();
        if (namedResets.Count == 0)
        {
            resets.AddRange(resetting.Select(e => new CosimReset(e.Clock.Path, !e.Rising)));
            resets.AddRange(first.Reset is null ? [] : [new(first.Reset, first.ResetIsLow)]);
            resets.AddRange(read.Ports.Where(p => p.Width == 1 && LooksLikeReset(p.Name))
                .Select(p => new CosimReset(p.Name, ClockAndReset.Of(netlist, first.Clock, p.Name).ResetIsLow)));
        }

        clocks = [.. clocks.Distinct()];
        var ports = read.Ports.Select(p => new CosimPort(
            p.Name, Direction(p, read.Design.Top), p.Width, p.Direction == "inout" ? 1 : p.Names.Count,
            Direction(p, read.Design.Top) == CosimDirection.Input ? p.Direction == "inout" ? [p.Names[0]] : p.Names : p.Names));
        var kept = resets.Where(r => !clocks.Contains(r.Port)).DistinctBy(r => r.Port);
        var inputs = read.Ports.Where(p => p.Direction == "input").SelectMany(p => p.Names).ToHashSet();
        return new(
            new(sourceTop, ports.ToEquatableArray(), clocks.Where(inputs.Contains).ToEquatableArray(), kept.Where(r => inputs.Contains(r.Port)).ToEquatableArray()),
            netlist)
        {
            Signals = read.Signals,
            LeftOut = read.LeftOut,
        };
    }

    // Of several edges of one register, those that its next value asks for are resets, and another one is the clock.
    private static (List<NetEdge> Clocks, List<NetEdge> Resets) EdgesOf(Netlist netlist)
    {
        var (clocks, resets, references) = (new List<NetEdge>(), new List<NetEdge>(), new References());
        clocks.AddRange(netlist.Memories.SelectMany(m => m.WriteEdges).Where(e => e.Count == 1).Select(e => e[0]));
        foreach (var register in netlist.Registers)
        {
            for (var i = 0; i < register.Edges.Count; i++)
            {
                var isReset = register.Edges.Count > 1 && references.Of(register.Register.Next).Contains(register.Register.Edges[i].Signal);
                (isReset ? resets : clocks).Add(register.Edges[i]);
            }
        }

        return (Inputs(clocks), Inputs(resets));

        static List<NetEdge> Inputs(List<NetEdge> edges) => [.. edges.Where(e => e.Clock.Kind == NetKind.Input).Distinct()];
    }

    private static bool LooksLikeReset(string name) =>
        name.Contains("rst", StringComparison.OrdinalIgnoreCase) || name.Contains("reset", StringComparison.OrdinalIgnoreCase);

    // Verilator lets an inout be driven from outside only when nothing inside drives it.
    private static CosimDirection Direction(SourcePort port, Module top) => port.Direction switch
    {
        "input" => CosimDirection.Input,
        "output" => CosimDirection.Output,
        _ => port.Names.Count < 3 || top.Outputs.Any(o => o.Port == port.Names[2] && o.Value is Constant { Value.Unsigned.IsZero: true })
            ? CosimDirection.Input
            : CosimDirection.Inout,
    };
}
