using System.Text.RegularExpressions;
using HwSeed.Hdl;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog;
using HwSeed.Hdl.Verilog.Binding;
using HwSeed.Sim.Cosimulation.Programs;

namespace HwSeed.Sim.Cosimulation.Fuzzing;

/// <summary>A random module as Verilog. The names of its modules begin with <see cref="Prefix"/>, so that several stand in one file.</summary>
/// <param name="Kind">What it was made as.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Prefix">How the names of its modules begin; alone, it is the top module's name.</param>
/// <param name="Text">All of its modules.</param>
/// <param name="Original">The design before it was printed; null for source.</param>
internal sealed partial record FuzzModule(FuzzKind Kind, int Seed, string Prefix, string Text, Design? Original)
{
    /// <summary>The module of a seed; the seed decides the kind too.</summary>
    public static FuzzModule Generate(int seed)
    {
        var (kind, prefix) = ((FuzzKind)(seed % 4), $"m{seed}");
        if (kind is FuzzKind.Program or FuzzKind.CastingProgram)
        {
            return new(kind, seed, prefix, RandomProgram.Generate(seed, prefix, forIcarus: kind == FuzzKind.Program).Text, null);
        }

        var top = Named(RandomModules.Generate(seed, kind == FuzzKind.ClockedDesign).Top, prefix);
        return new(kind, seed, prefix, VerilogWriter.Write(new(top)), new(top));
    }

    /// <summary>What another simulator gets in place of the text: how tests make a difference.</summary>
    public Func<string, string>? Theirs { get; init; }

    /// <summary>What people call the kind.</summary>
    public string KindName => Kind switch
    {
        FuzzKind.Design => "design",
        FuzzKind.Program => "program",
        FuzzKind.ClockedDesign => "clocked design",
        _ => "program with casts",
    };

    /// <summary>Whether Icarus, which has four states, gives the same values where it knows them.</summary>
    public bool FitsIcarus => Kind is FuzzKind.Program or FuzzKind.ClockedDesign;

    /// <summary>Reads the text.</summary>
    public Checked<VerilogDesign> Read() =>
        VerilogReader.ReadText(Text, $"{Prefix}.sv", null, new BindOptions { Top = Prefix });

    /// <summary>The same module with another text, and names that begin otherwise.</summary>
    public FuzzModule With(string text, string prefix)
    {
        var names = ModuleNames().Matches(text).Select(m => Regex.Escape(m.Groups[1].Value));
        return this with
        {
            Prefix = prefix,
            Original = null,
            Text = Regex.Replace(text, $@"\b(?:{string.Join('|', names)})\b", m => prefix + m.Value[Prefix.Length..]),
        };
    }

    // The names of modules are all in one space, those of the top and of all below it.
    private static Module Named(Module top, string prefix)
    {
        var done = new Dictionary<Module, Module>(ReferenceEqualityComparer.Instance);
        return Below(top) with { Name = prefix };

        Module Below(Module module)
        {
            if (!done.TryGetValue(module, out var renamed))
            {
                renamed = module with
                {
                    Name = $"{prefix}_{module.Name}",
                    Instances = module.Instances.Select(i => i with { Module = Below(i.Module) }).ToEquatableArray(),
                };
                done.Add(module, renamed);
            }

            return renamed;
        }
    }

    [GeneratedRegex(@"^\s*module\s+(\w+)", RegexOptions.Multiline)]
    private static partial Regex ModuleNames();
}

/// <summary>What a random module was made as; its seed modulo 4.</summary>
internal enum FuzzKind
{
    /// <summary>A design of the hardware language with latches and edges, printed; a four-state simulator powers it up otherwise.</summary>
    Design,

    /// <summary>Source that Icarus reads as well.</summary>
    Program,

    /// <summary>A design all of whose state is in registers on the rising implicit clock, printed.</summary>
    ClockedDesign,

    /// <summary>Source with casts to a sign, which Icarus 11 does not have.</summary>
    CastingProgram,
}
