using HwSeed.Agent.Seeds;
using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog;

namespace HwSeed.Agent.Flow;

/// <summary>A design with one fault, as other tools get it.</summary>
/// <param name="Fault">The design and what is wrong with it.</param>
/// <param name="Verilog">Its text, another one for every mutant.</param>
public sealed record FaultyVerilog(FaultyDesign Fault, string Verilog);

/// <summary>Faults of a design, each a different one, spread over all modules and all kinds.</summary>
public static class FaultSample
{
    /// <summary>
    /// That many faults, or all that there are: in turn one from each pair of module and kind, in an order of the seed.
    /// </summary>
    /// <param name="design">The right design.</param>
    /// <param name="count">How many.</param>
    /// <param name="seed">Decides which.</param>
    public static IReadOnlyList<FaultyVerilog> Choose(Design design, int count, Seed seed)
    {
        var faults = FaultInjector.Faults(design).ToArray();
        seed.For("mutations").Random().Shuffle<FaultyDesign>(faults);
        var groups = faults.GroupBy(f => (f.Module, f.Kind)).OrderBy(g => g.Key.Module, StringComparer.Ordinal).ThenBy(g => g.Key.Kind)
            .Select(g => new Queue<FaultyDesign>(g)).ToList();
        var chosen = new List<FaultyVerilog>();
        var texts = new HashSet<string> { VerilogWriter.Write(design) };
        while (chosen.Count < count && groups.Exists(g => g.Count > 0))
        {
            foreach (var group in groups.Where(g => g.Count > 0))
            {
                var fault = group.Dequeue();
                var text = VerilogWriter.Write(fault.Design);
                if (chosen.Count < count && texts.Add(text))
                {
                    chosen.Add(new(fault, text));
                }
            }
        }

        return chosen;
    }
}
