using System.CommandLine;
using HwSeed.Agent.Flow;
using HwSeed.Cli.Screens;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Rtl;
using Spectre.Console;

namespace HwSeed.Cli.Commands;

/// <summary><c>hwseed emit</c>: an architecture as Verilog.</summary>
internal static class EmitCommand
{
    public static Command Create()
    {
        var architecture = Words.Architecture();
        var folder = Words.Out("Where the files go");
        var host = new Option<EngineHost?>("--host") { Description = "A port around the engine: uart, spi, axi or wishbone", HelpName = "PORT" };
        var baud = Words.Count("--baud", "B", "Bits a second of a UART", 115_200, 300);
        var clock = new Option<double?>("--mhz") { Description = "The engine's clock, from which a UART makes its bits", HelpName = "F" };
        return CommandLine.Define("emit", "Write the Verilog of an architecture", (words, screen, _) =>
            Task.FromResult(Run(
                words.GetRequiredValue(architecture), words.GetValue(host), words.GetValue(baud), words.GetValue(clock),
                words.GetRequiredValue(folder), screen)),
            architecture, folder, host, baud, clock);
    }

    private static int Run(string path, EngineHost? host, int baud, double? clockMhz, string folder, Screen screen)
    {
        if (host == EngineHost.Uart && clockMhz is not > 0)
        {
            throw InvalidInputException.Of(CommandDiagnostics.Choice("--host uart needs --mhz, the clock from which its bits are made"));
        }

        var engine = screen.Need(Words.ReadArchitecture(path)).Architecture;
        var files = screen.Need(host is { } around
            ? EngineHosts.Write(engine, around, baud, clockMhz ?? 0, folder)
            : EngineFiles.Write(engine, folder));
        var modules = files.Design.ModulesBottomUp();
        screen.Line($"[bold]{Show.Escape(engine.Name)}[/]  {Show.Engine(engine)}");

        var table = Show.Table("modules", ("module", false), ("registers", true), ("memory bits", true), ("instances", true));
        foreach (var module in modules)
        {
            table.AddRow(module.Name, Show.Number(RegisterBits(module)), Show.Number(MemoryBits(module)), Show.Number(module.Instances.Count));
        }

        screen.Show(table);
        var ports = Show.Table($"ports of {files.Design.Top.Name}", ("port", false), ("direction", false), ("bits", true));
        ports.AddRow("clk", "input", "1");
        foreach (var port in files.Design.Top.Ports)
        {
            ports.AddRow(port.Name, Direction(port), Show.Number(port.Width));
        }

        screen.Show(ports);
        screen.Line($"[green]wrote[/] {Show.Escape(Repository.Shown(files.Verilog))} ({Show.Number(files.Lines)} lines)");
        screen.Line($"[green]wrote[/] {Show.Escape(Repository.Shown(files.ArchitecturePath))}");
        foreach (var other in files.Others)
        {
            screen.Line($"[green]wrote[/] {Show.Escape(Repository.Shown(other))}");
        }

        screen.Result(new
        {
            Architecture = engine,
            Top = files.Design.Top.Name,
            Files = new[] { files.Verilog, files.ArchitecturePath }.Concat(files.Others).ToArray(),
            Modules = modules.Select(m => new
            {
                m.Name,
                RegisterBits = RegisterBits(m),
                MemoryBits = MemoryBits(m),
                Instances = m.Instances.Count,
            }).ToArray(),
            Ports = files.Design.Top.Ports.Select(p => new { p.Name, Direction = Direction(p), Bits = p.Width }).ToArray(),
        });
        return ExitCode.Done;
    }

    private static long RegisterBits(Module module) => module.Registers.Sum(r => (long)r.Width);

    private static long MemoryBits(Module module) => module.Memories.Sum(m => (long)m.Width * m.Depth);

    private static string Direction(Port port) => port.Direction == PortDirection.Input ? "input" : "output";
}
