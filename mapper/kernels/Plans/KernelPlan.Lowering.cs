using HwSeed.Hdl;
using HwSeed.Hdl.Architectures;
using HwSeed.Kernels.Plans;
using HwSeed.Mapper.Mappings;

namespace HwSeed.Kernels;

public sealed partial record KernelPlan
{
    /// <summary>The kernel plan of a chip mapping: the same loop nest with the PE array as a register tile.</summary>
    /// <param name="mapping">A legal mapping.</param>
    public static KernelPlan From(Mapping mapping) => PlanLowering.Of(mapping).Plan;

    /// <summary>What of the design became what of the kernel, one line a rule, and what could not be kept.</summary>
    /// <param name="mapping">A legal mapping.</param>
    public static EquatableArray<string> Explain(Mapping mapping) => PlanLowering.Of(mapping).Lines;
}
