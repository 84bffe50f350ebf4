using HwSeed.Hdl.Rtl;

namespace HwSeed.Agent.Flow;

/// <summary>What all modules of a design have together.</summary>
internal static class DesignTotals
{
    /// <summary>The sum over all instances, of a module that is there often as often.</summary>
    /// <param name="design">The design.</param>
    /// <param name="own">What a module has without its instances.</param>
    public static int Total(this Design design, Func<Module, int> own)
    {
        Dictionary<string, int> counted = [];
        foreach (var module in design.ModulesBottomUp())
        {
            counted[module.Name] = own(module) + module.Instances.Sum(i => counted[i.Module.Name]);
        }

        return counted[design.Top.Name];
    }
}
