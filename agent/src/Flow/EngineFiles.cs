using HwSeed.Agent.Archives;
using HwSeed.Agent.Documents;
using HwSeed.Brain.Files;
using HwSeed.Hdl;
using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Generators;
using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog;

namespace HwSeed.Agent.Flow;

/// <summary>An engine as files that other tools read.</summary>
/// <param name="Design">The hardware.</param>
/// <param name="Verilog">Path of the Verilog file.</param>
/// <param name="ArchitecturePath">Path of the architecture that it was made from.</param>
/// <param name="Lines">Lines of Verilog.</param>
public sealed record EngineFiles(Design Design, string Verilog, string ArchitecturePath, int Lines)
{
    /// <summary>Paths of what was written beside them.</summary>
    public EquatableArray<string> Others { get; init; }

    /// <summary>Writes Verilog and architecture.yaml, each atomically.</summary>
    /// <param name="architecture">The engine.</param>
    /// <param name="folder">Made when absent.</param>
    public static Checked<EngineFiles> Write(Architecture architecture, string folder) =>
        AcceleratorGenerator.Generate(architecture).Then(design => Checked.Ok(Write(architecture, design, folder)));

    /// <summary>The same of a design that was made of an engine, such as one with a port to its host.</summary>
    /// <param name="architecture">The engine.</param>
    /// <param name="design">What was made of it.</param>
    /// <param name="folder">Made when absent.</param>
    public static EngineFiles Write(Architecture architecture, Design design, string folder)
    {
        var text = VerilogWriter.Write(design);
        var verilog = Path.Combine(folder, $"{design.Top.Name}.v");
        var description = Path.Combine(folder, "architecture.yaml");
        AtomicFile.WriteText(verilog, text);
        AtomicFile.WriteText(description, ArchitectureDocument.Write(architecture));
        return new(design, verilog, description, text.Count(c => c == '\n'));
    }

    /// <summary>Writes one more file beside the Verilog.</summary>
    internal EngineFiles With(string name, string text)
    {
        var path = Path.Combine(Path.GetDirectoryName(Verilog)!, name);
        AtomicFile.WriteText(path, text);
        return this with { Others = [.. Others, path] };
    }
}
