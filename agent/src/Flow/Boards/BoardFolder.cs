using System.Globalization;
using System.Text;
using System.Text.Json;
using HwSeed.Agent.Documents;
using HwSeed.Agent.Evaluations;
using HwSeed.Brain.Files;
using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Generators.Hosts;
using HwSeed.Toolchain;

namespace HwSeed.Agent.Flow.Boards;

/// <summary>The files that are handed over beside the bitstream.</summary>
internal static class BoardFolder
{
    // What only this run's tools need, and what holds their times.
    private static readonly string[] s_intermediate = ["asc", "json", "stat.json", "nextpnr.json", "nextpnr.log", "placed.json"];

    /// <summary>Writes everything, and the checksums last.</summary>
    public static void Write(BoardRequest request, string folder, EngineCase product, uint identity, RoutedDesign routed, BoardReport report)
    {
        var program = HostPrograms.Of(request.Architecture, product.Stream);
        var facts = HostPrograms.Facts(request.Architecture, identity);
        Text("architecture.yaml", ArchitectureDocument.Write(request.Architecture));
        Text("report.json", JsonSerializer.Serialize(report, AgentJson.Indented) + "\n");
        Text("timing.html", TimingPage.Write(report));
        Text("floorplan.svg", Floorplan.Write(routed, report));
        Text($"hwseed-{request.Board.Name}.core", Core(request, report));
        Text("README.md", BoardReadme.Write(request, report));
        Text("engine.json", JsonSerializer.Serialize(new
        {
            facts.BeatBytes,
            facts.BeatLanes,
            facts.InputBits,
            facts.WeightBits,
            facts.CommandDepth,
            facts.BeatDepth,
            Identity = report.Identity,
            report.Port,
            report.Baud,
        }, AgentJson.Indented) + "\n");
        Text("program.json", Program(program));
        foreach (var name in (string[])["EngineDriver.cs", "engine_driver.py", "Example.cs", "Example.csproj", "example.py"])
        {
            Text(name, HostDriverFiles.Read(name));
        }

        Text("vectors/commands.hex", Lines(program.Commands.Select(c => $"{c:x16}")));
        Text("vectors/beats.hex", Lines(Beats(request.Architecture, product)));
        var expected = product.Expected();
        Text("vectors/results.hex", Lines(program.Scatter.Select(place => $"{(uint)expected[place]:x8}")));
        Text("vectors/a.json", Vector(product.Activations));
        Text("vectors/b.json", Vector(product.Weights));
        Text("vectors/c.json", JsonSerializer.Serialize(expected) + "\n");
        Array.ForEach(s_intermediate, e => File.Delete(Path.Combine(folder, $"{BoardTop.Name}.{e}")));
        File.Delete(Path.Combine(folder, ".yosys_history"));
        BoardPage.Remove(folder);
        Checksums.Write(folder, "vectors");

        void Text(string name, string text) => AtomicFile.WriteText(Path.Combine(folder, name), text);
    }

    /// <summary>Operands as the folder holds them.</summary>
    public static string Vector(IEnumerable<short> operands) => JsonSerializer.Serialize(operands.Select(v => (int)v)) + "\n";

    private static string Program(Drivers.EngineProgram program) => string.Create(CultureInfo.InvariantCulture, $$"""
        {
          "m": {{program.M}}, "k": {{program.K}}, "n": {{program.N}},
          "commands": [{{string.Join(", ", program.Commands.Select(c => $"\"{c:x16}\""))}}],
          "gather": {{JsonSerializer.Serialize(program.Gather)}},
          "scatter": {{JsonSerializer.Serialize(program.Scatter)}}
        }

        """).ReplaceLineEndings("\n");

    private static IEnumerable<string> Beats(Architecture architecture, EngineCase product)
    {
        var (limbs, each) = (HostStreams.Pack<short>(architecture, product.Stream, product.Activations, product.Weights), HostStreams.LimbsPerBeat(architecture));
        var digits = 2 * HostProtocol.BeatBytes(architecture);
        for (var i = 0; i < limbs.Length; i += each)
        {
            yield return string.Concat(limbs.AsSpan(i, each).ToArray().Reverse().Select(l => $"{l:x16}"))[^digits..];
        }
    }

    private static string Lines(IEnumerable<string> lines) => lines.Aggregate(new StringBuilder(), (text, line) => text.Append(line).Append('\n')).ToString();

    private static string Core(BoardRequest request, BoardReport report)
    {
        var device = request.Board.Device;
        return string.Create(CultureInfo.InvariantCulture, $$"""
            CAPI=2:
            name: ::hwseed-{{request.Board.Name}}:1.0.0
            description: A GEMM engine of HwSeed for the {{request.Board.Title}}
            filesets:
              rtl:
                files: [board.v]
                file_type: verilogSource
              pins:
                files: [board.pcf]
                file_type: PCF
            targets:
              default: &default
                filesets: [rtl]
                toplevel: board
              {{request.Board.Name}}:
                <<: *default
                default_tool: icestorm
                filesets: [rtl, pins]
                tools:
                  icestorm:
                    pnr: next
                    yosys_synth_options: [{{string.Join(", ", device.YosysFlags.Append("-no-rw-check"))}}]
                    nextpnr_options: [--{{device.Chip}}, --package, {{device.Package}}, --freq, '{{report.Rounds[^1].TargetMhz}}', --seed, '{{report.Rounds[^1].KeptSeed}}']

            """).ReplaceLineEndings("\n");
    }
}
