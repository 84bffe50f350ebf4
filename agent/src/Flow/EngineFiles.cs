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
    /// <summary>Writes Verilog and architecture.yaml, each atomically.</summary>
    /// <param name="architecture">The engine.</param>
    /// <param name="folder">Made when absent.</param>
    public static Checked<EngineFiles> Write(Architecture architecture, string folder) =>
        AcceleratorGenerator.Generate(architecture).Then(design =>
        {
            var text = VerilogWriter.Write(design);
            var verilog = Path.Combine(folder, $"{design.Top.Name}.v");
            var description = Path.Combine(folder, "architecture.yaml");
            AtomicFile.WriteText(verilog, text);
            AtomicFile.WriteText(description, ArchitectureDocument.Write(architecture));
            return Checked.Ok(new EngineFiles(design, verilog, description, text.Count(c => c == '\n')));
        });
}
