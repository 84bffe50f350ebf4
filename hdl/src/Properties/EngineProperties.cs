using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Generators;

namespace HwSeed.Hdl.Properties;

/// <summary>What is claimed of every engine, part by part; hdl/docs/formal.md says what follows from all of it together.</summary>
public static class EngineProperties
{
    /// <summary>The harnesses of an architecture, small ones first; an illegal architecture gives its violations instead.</summary>
    public static Checked<IReadOnlyList<PropertyHarness>> Of(Architecture architecture) =>
        ArchitectureRules.Validate(architecture).Then(arch => Checked.Ok<IReadOnlyList<PropertyHarness>>([.. Harnesses(new(arch))]));

    private static IEnumerable<PropertyHarness> Harnesses(EngineSizes sizes)
    {
        var arch = sizes.Arch;
        yield return LoadProperties.Harness(sizes);
        yield return ComputeProperties.Harness(sizes);
        foreach (var isDsp in Enumerable.Range(0, arch.Lanes).Select(arch.IsDspLane).Distinct())
        {
            yield return ElementProperties.LaneMultiplier(sizes, isDsp);
        }

        if (arch.SummedProducts > 1)
        {
            yield return ElementProperties.DotProduct(sizes);
        }

        yield return ElementProperties.Element(sizes);
        if (arch.Output is not null)
        {
            // No statement is about the output stage yet, nor about what waits for it or hands it sums.
            yield break;
        }

        if (arch.KeepsOperands)
        {
            yield return StoreProperties.Harness(sizes);
        }
        else
        {
            yield return DrainProperties.Spares(sizes);
            yield return DrainProperties.Chain(sizes);
        }

        yield return DispatchProperties.Harness(sizes);
        yield return WiringProperties.Harness(sizes);
        if (!arch.KeepsOperands)
        {
            yield return WavefrontProperties.Harness(sizes);
        }
    }
}
