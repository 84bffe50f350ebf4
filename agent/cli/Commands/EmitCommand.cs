using System.CommandLine;
using HwSeed.Agent.Flow;
using HwSeed.Cli.Screens;
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
        return CommandLine.Define("emit", "Write the Verilog of an architecture", (words, screen, _) =>
            Task.FromResult(Run(words.GetRequiredValue(architecture), words.GetRequiredValue(folder), screen)),
            architecture, folder);
    }

    private static int Run(string path, string folder, Screen screen)
    {
        var engine = screen.Need(Words.ReadArchitecture(path)).Architecture;
        var files = screen.Need(EngineFiles.Write(engine, folder));
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
        screen.Result(new
        {
            Architecture = engine,
            Top = files.Design.Top.Name,
            Files = new[] { files.Verilog, files.ArchitecturePath },
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
