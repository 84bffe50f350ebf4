using HwSeed.Hdl.Netlists;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Sim.Stimulus;

/// <summary>The clock and the reset of a design, where they are inputs of its top module.</summary>
/// <param name="Clock">The input whose edges change most state; null when there is none.</param>
/// <param name="Reset">The input that resets, by its edges or else by its name; null when there is none.</param>
/// <param name="ResetIsLow">Whether it resets while it is 0.</param>
public sealed record ClockAndReset(string? Clock, string? Reset, bool ResetIsLow)
{
    private static readonly string[] s_resetNames = ["rst", "reset", "arst", "areset", "srst", "clr", "clear", "res"];

    /// <summary>What the registers and memories of a design say.</summary>
    /// <param name="netlist">The design.</param>
    /// <param name="clock">The clock, when it is known.</param>
    /// <param name="reset">The reset, when it is known.</param>
    public static ClockAndReset Of(Netlist netlist, string? clock = null, string? reset = null)
    {
        var drivers = netlist.Assignments.ToDictionary(a => a.Target, a => a.Value);
        var edges = netlist.Registers.SelectMany(r => r.Register.Edges.Select(e => (r.Scope, Edge: e, Alone: r.Register.Edges.Count == 1)))
            .Concat(netlist.Memories.SelectMany(m => m.Memory.Writes.SelectMany(w => w.Edges.Select(e => (m.Scope, Edge: e, Alone: true)))))
            .Select(e => (Net: Source(e.Scope[e.Edge.Signal], drivers), e.Edge.Rising, e.Alone))
            .Where(e => e.Net.Kind == NetKind.Input)
            .ToList();
        // The only edge of a register is a clock; of two edges the clock is the one that is alone elsewhere, or so called.
        clock ??= edges.GroupBy(e => e.Net)
            .OrderByDescending(g => g.Count(e => e.Alone)).ThenByDescending(g => LooksLikeClock(g.Key.Path))
            .ThenByDescending(g => g.Count()).ThenBy(g => g.Key.Index)
            .FirstOrDefault()?.Key.Path;
        var asynchronous = edges.Where(e => e.Net.Path != clock && !e.Alone && (reset is null || e.Net.Path == reset))
            .GroupBy(e => (e.Net, e.Rising)).OrderByDescending(g => g.Count()).ThenBy(g => g.Key.Net.Index).FirstOrDefault();
        if (asynchronous is not null)
        {
            return new(clock, asynchronous.Key.Net.Path, !asynchronous.Key.Rising);
        }

        reset ??= netlist.Design.Top.InputPorts.FirstOrDefault(p => p.Width == 1 && p.Name != clock && IsResetName(p.Name))?.Name;
        return new(clock, reset, reset is not null && NamesLow(reset));
    }

    /// <summary>The value of the reset input while it resets, or not.</summary>
    public ulong ResetLevel(bool resetting) => resetting != ResetIsLow ? 1UL : 0;

    private static Net Source(Net net, Dictionary<Net, ScopedExpression> drivers)
    {
        // A chain of names is as long as the hierarchy is deep.
        while (drivers.TryGetValue(net, out var driver) && driver.Expression is Reference reference)
        {
            net = driver.Scope[reference.Name];
        }

        return net;
    }

    private static bool LooksLikeClock(string name) =>
        name.Contains("clk", StringComparison.OrdinalIgnoreCase) || name.Contains("clock", StringComparison.OrdinalIgnoreCase);

    private static bool IsResetName(string name) => s_resetNames.Contains(Bare(name));

    private static bool NamesLow(string name)
    {
        var lower = name.ToLowerInvariant();
        return Strip(lower) is var stem && (stem.EndsWith("_n", StringComparison.Ordinal) || stem.EndsWith("_ni", StringComparison.Ordinal)
            || stem.EndsWith("_b", StringComparison.Ordinal)
            || (!s_resetNames.Contains(stem) && s_resetNames.Any(r => stem == r + "n" || stem == "n" + r || stem == "n_" + r)));
    }

    // The name without the marks of direction and polarity that people put around it.
    private static string Bare(string name)
    {
        var stem = Strip(name.ToLowerInvariant());
        foreach (var tail in (string[])["_ni", "_n", "_b", "_p"])
        {
            if (stem.EndsWith(tail, StringComparison.Ordinal))
            {
                return stem[..^tail.Length];
            }
        }

        return s_resetNames.Contains(stem) ? stem
            : stem.StartsWith('n') && s_resetNames.Contains(stem[1..].TrimStart('_')) ? stem[1..].TrimStart('_')
            : stem.EndsWith('n') ? stem[..^1]
            : stem;
    }

    private static string Strip(string name)
    {
        foreach (var head in (string[])["i_", "sys_", "wb_", "s_axi_", "axi_"])
        {
            name = name.StartsWith(head, StringComparison.Ordinal) ? name[head.Length..] : name;
        }

        return name.EndsWith("_i", StringComparison.Ordinal) ? name[..^2] : name;
    }
}
