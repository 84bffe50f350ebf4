namespace HwSeed.Hdl.Rtl;

/// <summary>A design with one fault.</summary>
/// <param name="Design">The design; it still keeps <see cref="RtlRules"/>.</param>
/// <param name="Module">Name of the module that has the fault.</param>
/// <param name="Kind">The kind of mistake.</param>
/// <param name="Description">Where the fault is and what it does, as in "pe.sum: '+' became '-'".</param>
public sealed record FaultyDesign(Design Design, string Module, FaultKind Kind, string Description);

/// <summary>
/// Single faults of the kind that people make: a wrong operator, swapped branches, an enable inverted, a constant off
/// by one, a reset forgotten, a slice one bit off, an assignment left out. A fault is in one module, hence in all its
/// instances. Used to show that a verification would notice. A few faults cannot be seen from outside (an operand that is
/// always zero).
/// </summary>
public static class FaultInjector
{
    /// <summary>Every single fault of a design in a fixed order.</summary>
    public static IReadOnlyList<FaultyDesign> Faults(Design design) =>
        [.. Mutants(design).Select(m => Inject(design, m))];

    /// <summary>One fault, chosen by the seed; throws when the design has no place for one.</summary>
    public static FaultyDesign Inject(Design design, int seed)
    {
        var mutants = Mutants(design).ToList();
        return mutants.Count == 0
            ? throw new ArgumentException($"design '{design.Top.Name}' drives nothing that could be changed")
            : Inject(design, mutants[new Random(seed).Next(mutants.Count)]);
    }

    private static FaultyDesign Inject(Design design, Fault<Module> mutant) =>
        new(Replace(design, mutant.Faulty), mutant.Faulty.Name, mutant.Kind, mutant.What);

    private static IEnumerable<Fault<Module>> Mutants(Design design) =>
        design.ModulesBottomUp().SelectMany(ModuleFaults.Of);

    /// <summary>The design with a module replaced by the one of the same name.</summary>
    private static Design Replace(Design design, Module faulty)
    {
        var rebuilt = new Dictionary<string, Module> { [faulty.Name] = faulty };
        foreach (var module in design.ModulesBottomUp().Where(m => m.Name != faulty.Name))
        {
            rebuilt[module.Name] = module with
            {
                Instances = module.Instances.Select(i => i with { Module = rebuilt[i.Module.Name] }).ToEquatableArray(),
            };
        }

        return new(rebuilt[design.Top.Name]);
    }
}
