using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HwSeed.Agent.Documents;
using HwSeed.Agent.Evaluations;
using HwSeed.Agent.Flow.Boards;
using HwSeed.Brain.Files;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Generators;
using HwSeed.Hdl.Generators.Hosts;
using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog;
using HwSeed.Toolchain;

namespace HwSeed.Agent.Flow.Vendors;

/// <summary>An engine counted for a device of another vendor, with a project for the tools that place it.</summary>
public static class VendorBuild
{
    // Files of an earlier run, of whichever family, that this one may not write.
    private static readonly string[] s_stale =
        ["report.json", "report.txt", "chip.v", "chip.ys", "chip.lpf", "chip.cst", "vivado.tcl", $"{AcceleratorGenerator.TopName}.xdc", Checksums.FileName];

    /// <summary>Counts, and writes the folder when the engine fits.</summary>
    /// <param name="request">The engine and its device.</param>
    /// <param name="folder">Made when absent.</param>
    /// <param name="options">Limits of Yosys.</param>
    /// <param name="cancellation">Stops Yosys.</param>
    /// <returns>The report. HW5115: too big, by how much. HW5117: the board's clock cannot make the baud rate. HW3001: no Yosys.</returns>
    public static async Task<Checked<VendorReport>> RunAsync(
        VendorRequest request, string folder, SynthesisOptions options, CancellationToken cancellation = default)
    {
        var engine = AcceleratorGenerator.Generate(request.Architecture);
        if (!engine.IsOk)
        {
            return Checked.Fail<VendorReport>(engine.Diagnostics);
        }

        if (VendorLegality.CheckBefore(request) is { Count: > 0 } certain)
        {
            return Checked.Fail<VendorReport>(certain);
        }

        var verilog = VerilogWriter.Write(engine.Value);
        var chip = ChipOf(request, verilog);
        if (chip is { IsOk: false })
        {
            return Checked.Fail<VendorReport>(chip.Diagnostics);
        }

        Directory.CreateDirectory(folder);
        foreach (var name in s_stale)
        {
            File.Delete(Path.Combine(folder, name));
        }

        var counts = await VendorSynthesis.CountAsync(
            folder, verilog, engine.Value.Top.Name, request.Device.Family, request.Dsps, options, cancellation).ConfigureAwait(false);
        if (!counts.IsOk)
        {
            return Checked.Fail<VendorReport>(counts.Diagnostics);
        }

        var report = VendorReport.Of(request, VendorLegality.RegisterBits(engine.Value), counts.Value);
        if (VendorLegality.Check(request, report.Resources) is { Count: > 0 } excess)
        {
            return Checked.Fail<VendorReport>(excess);
        }

        Text("architecture.yaml", ArchitectureDocument.Write(request.Architecture));
        if (chip is { IsOk: true })
        {
            Text($"{VendorProject.ChipTop}.v", VendorProject.Chip(HostPorts.UartTop) + VerilogWriter.Write(chip.Value));
        }

        foreach (var file in VendorProject.Files(new(request.Device, engine.Value.Top.Name, request.ClockMhz, request.Dsps, request.Seed)))
        {
            Text(file.Name, file.Text);
        }

        Text("report.json", JsonSerializer.Serialize(report, AgentJson.Indented) + "\n");
        Text("report.txt", VendorReportText.Write(report));
        Text("README.md", VendorReadme.Write(request, report));
        Checksums.Write(folder);
        return Checked.Ok(report);

        void Text(string name, string text) => AtomicFile.WriteText(Path.Combine(folder, name), text);
    }

    // The engine behind a UART at the board's oscillator; null where the project has no pins.
    private static Checked<Design>? ChipOf(VendorRequest request, string verilog) => request.Device.Board is { } board
        ? EngineHosts.Uart(request.Architecture, request.Baud, board.ClockMhz, EngineHosts.Identity(verilog))
        : null;
}
