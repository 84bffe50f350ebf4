using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog;
using HwSeed.Toolchain;

namespace HwSeed.Agent.Flow;

/// <summary>
/// Tries to prove that a fault changes nothing: first the module that has it, for any inputs at all, then, since an engine
/// does not give its modules every input, the engine as a whole where its memories are small enough to be taken apart.
/// </summary>
internal static class MutantProof
{
    private const int Samples = 24;
    private const int MostMemoryBits = 8192;

    public static async Task<MutantEquivalence?> TryAsync(
        Design design, FaultyDesign fault, string workDirectory, TimeSpan limit, CancellationToken cancellation)
    {
        MutantEquivalence? best = null;
        string[] whole = MemoryBits(design.Top) <= MostMemoryBits ? [design.Top.Name] : [];
        foreach (var name in whole.Prepend(fault.Module).Distinct())
        {
            var report = await Equivalence.CheckAsync(
                Path.Combine(workDirectory, name), Text(design, name), Text(fault.Design, name), name, new(limit, Samples), cancellation)
                .ConfigureAwait(false);
            switch (report.Value?.Verdict)
            {
                case Proved:
                    return new(true, $"proved: '{name}' is the same circuit");
                case Bounded bounded:
                    best = new(false, $"bounded: '{name}' has the same outputs during {bounded.Samples / 2} cycles");
                    break;
            }
        }

        return best;
    }

    private static int MemoryBits(Module module) =>
        module.Memories.Sum(m => m.Width * m.Depth) + module.Instances.Sum(i => MemoryBits(i.Module));

    private static string Text(Design design, string module) =>
        VerilogWriter.Write(new(design.ModulesBottomUp().Single(m => m.Name == module)));
}
