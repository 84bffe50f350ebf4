using HwSeed.Hdl;
using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog;
using HwSeed.Sim.Cosimulation.Programs;

namespace HwSeed.Sim.Cosimulation.Fuzzing;

/// <summary>
/// Random modules side by side in one top module, so that one build of a simulator serves many. The ports of the module
/// with seed 7 begin with <c>m7_</c>, which is how a difference tells its seed.
/// </summary>
internal sealed record FuzzBatch(string Kind, string Text, CosimTop Top, Design? Original, IReadOnlyDictionary<int, string> Texts)
{
    /// <summary>Whether Icarus, which has four states, gives the same values where it knows them.</summary>
    public bool FitsIcarus => Kind != "design";

    public const string TopName = "fuzz_top";

    /// <summary>Random source programs.</summary>
    public static FuzzBatch Programs(IEnumerable<int> seeds)
    {
        var programs = seeds.Select(s => (Seed: s, Program: RandomProgram.Generate(s, $"m{s}", known: true))).ToList();
        var (text, top) = RandomProgram.Batch([.. programs.Select(p => p.Program)], TopName);
        return new("program", text, top, null, programs.ToDictionary(p => p.Seed, p => p.Program.Text));
    }

    /// <summary>Random designs of the hardware language, printed.</summary>
    /// <param name="seeds">Their seeds.</param>
    /// <param name="isClockedOnly">
    /// Whether all state is in registers on the rising implicit clock. Elsewhere a four-state simulator starts otherwise: the
    /// step from unknown to zero at power-up is a falling edge to it, and an unknown condition counts as false.
    /// </param>
    public static FuzzBatch Designs(IEnumerable<int> seeds, bool isClockedOnly)
    {
        var tops = seeds.Select(s => (Seed: s, Module: Prefixed(RandomModules.Generate(s, isClockedOnly).Top, $"m{s}_", []))).ToList();
        var builder = new ModuleBuilder(TopName);
        var ports = new List<CosimPort> { new("clk", CosimDirection.Input, 1, 1, ["clk"]) };
        foreach (var (seed, module) in tops)
        {
            var inputs = module.InputPorts.Select(p => (p.Name, builder.Input($"m{seed}_{p.Name}", p.Width))).ToArray();
            var outputs = builder.Instance($"u{seed}", module, inputs);
            foreach (var port in module.Ports)
            {
                var (name, isInput) = ($"m{seed}_{port.Name}", port.Direction == PortDirection.Input);
                ports.Add(new(name, isInput ? CosimDirection.Input : CosimDirection.Output, port.Width, 1, [name]));
                if (!isInput)
                {
                    builder.Output(name, outputs[port.Name]);
                }
            }
        }

        var design = new Design(builder.Build());
        return new(isClockedOnly ? "clocked design" : "design", VerilogWriter.Write(design), new(TopName, ports.ToEquatableArray(), ["clk"], []), design,
            tops.ToDictionary(t => t.Seed, t => VerilogWriter.Write(new(t.Module))));
    }

    /// <summary>The seed of the module to which a port belongs.</summary>
    public static int SeedOf(string port) => int.Parse(port.AsSpan(1, port.IndexOf('_', StringComparison.Ordinal) - 1), provider: null);

    // Modules of different designs must not share names; equal ones of one design stay one object.
    private static Module Prefixed(Module module, string prefix, Dictionary<Module, Module> done)
    {
        if (!done.TryGetValue(module, out var renamed))
        {
            renamed = module with
            {
                Name = prefix + module.Name,
                Instances = module.Instances.Select(i => i with { Module = Prefixed(i.Module, prefix, done) }).ToEquatableArray(),
            };
            done.Add(module, renamed);
        }

        return renamed;
    }
}
