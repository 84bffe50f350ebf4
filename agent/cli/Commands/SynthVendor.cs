using HwSeed.Agent.Flow.Vendors;
using HwSeed.Cli.Screens;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Toolchain;
using Spectre.Console;

namespace HwSeed.Cli.Commands;

/// <summary><c>hwseed synth --device</c> for ECP5, Xilinx 7 and Gowin: a resource report without place and route, and a project.</summary>
internal static class SynthVendor
{
    private const int LargestMhz = 1000;

    public static async Task<int> RunAsync(VendorRequest request, string folder, Screen screen, CancellationToken cancellation)
    {
        if (request.ConstraintMhz is { } mhz && mhz is not (> 0 and <= LargestMhz))
        {
            throw InvalidInputException.Of(CommandDiagnostics.Choice($"--mhz is above 0 and at most {LargestMhz}"));
        }

        var report = screen.Need(await Waiting.ForAsync(
            screen, $"yosys for {request.Device.Title}",
            VendorBuild.RunAsync(request, folder, SynthesisOptions.Default, cancellation)).ConfigureAwait(false));
        var table = Show.Table(
            $"{Show.Escape(report.Architecture)} on {report.Title}, after synthesis", ("resource", false), ("used", true), ("of", true), ("share", true), ("counted as", false));
        foreach (var use in report.Resources)
        {
            table.AddRow(use.Name, Show.Number(use.Used), Show.Number(use.Available), Show.Share((double)use.Used / use.Available), Show.Escape(use.CountedAs));
        }

        screen.Show(table);
        screen.Show(Show.Facts(
            ("clock", $"[yellow]not measured[/]: nothing was placed or routed; the project asks for {report.ConstraintMhz:0.###} MHz"),
            ("besides", $"{Show.Number(report.WideMuxes)} wide multiplexers, {Show.Number(report.CarryBits)} carry bits, {Show.Number(report.LutRams)} memories in look-up tables; the design has {Show.Number(report.RegisterBits)} register bits"),
            ("available", Show.Escape(report.Source)),
            ("tools", Show.Escape(report.Tools)),
            ("project", $"sh {Show.Escape(Path.Combine(folder, VendorProject.ScriptName))} for {Show.Escape(report.Part)}"),
            ("files", Show.Escape(Path.Combine(folder, "README.md")))));
        foreach (var note in report.Notes.Skip(1))
        {
            screen.Line($"[yellow]note[/]: {Show.Escape(note)}");
        }

        screen.Result(report);
        return ExitCode.Done;
    }
}
