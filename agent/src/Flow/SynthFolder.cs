using System.Text.Json;
using System.Text.Json.Nodes;
using HwSeed.Agent.Documents;
using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Generators;
using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog;
using HwSeed.Toolchain;

namespace HwSeed.Agent.Flow;

/// <summary>What <c>hwseed synth</c> wrote, opened to be verified.</summary>
/// <param name="Architecture">The engine.</param>
/// <param name="Design">Its hardware, generated anew.</param>
/// <param name="Device">The device.</param>
/// <param name="Pins">What each pin carries.</param>
/// <param name="Bitstream">The bytes that are flashed.</param>
public sealed record SynthFolder(
    Architecture Architecture, Design Design, FpgaDevice Device, IReadOnlyList<PinAssignment> Pins, ReadOnlyMemory<byte> Bitstream)
{
    /// <summary>Name of the report.</summary>
    public const string ReportName = "report.json";

    private const string ArchitectureName = "architecture.yaml";

    /// <summary>Opens a folder and checks its files.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>The folder. HW5112: it is none of synth's. HW5113: a file is not the one that was written. HW5114: the
    /// Verilog is not what the architecture gives.</returns>
    public static Checked<SynthFolder> Open(string folder)
    {
        string[] names = [ArchitectureName, ReportName, .. ((string[])["v", "pcf", "bin"]).Select(e => $"{AcceleratorGenerator.TopName}.{e}")];
        if (names.Append(Checksums.FileName).FirstOrDefault(n => !File.Exists(Path.Combine(folder, n))) is { } absent)
        {
            return Checked.Fail<SynthFolder>(AgentDiagnostics.NotASynthFolder(folder, $"it holds no {absent}"));
        }

        string PathOf(string extension) => Path.Combine(folder, $"{AcceleratorGenerator.TopName}.{extension}");
        if (Checksums.Check(folder, names) is { Count: > 0 } problems)
        {
            return Checked.Fail<SynthFolder>(problems);
        }

        return ArchitectureDocument.Read(Path.Combine(folder, ArchitectureName),
            architecture => ArchitectureRules.Check(architecture).Select(v => new FieldFinding(v.Field, v.Diagnostic)))
            .Then(document => AcceleratorGenerator.Generate(document.Architecture).Then(design =>
                File.ReadAllText(PathOf("v")) != VerilogWriter.Write(design)
                    ? Checked.Fail<SynthFolder>(AgentDiagnostics.OtherVerilog(PathOf("v")))
                    : DeviceOf(folder).Then(device => PinFile.Read(File.ReadAllText(PathOf("pcf")), PathOf("pcf")).Then(pins =>
                        Checked.Ok(new SynthFolder(document.Architecture, design, device, pins, File.ReadAllBytes(PathOf("bin"))))))));
    }

    private static Checked<FpgaDevice> DeviceOf(string folder)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(Path.Combine(folder, ReportName)))?["device"]?["name"]?.GetValue<string>() is { } name
                ? FpgaDevices.Find(name)
                : Checked.Fail<FpgaDevice>(AgentDiagnostics.NotASynthFolder(folder, $"{ReportName} names no device"));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            return Checked.Fail<FpgaDevice>(AgentDiagnostics.NotASynthFolder(folder, $"{ReportName} names no device"));
        }
    }
}
