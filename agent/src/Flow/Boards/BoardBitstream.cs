using System.Text.Json;
using System.Text.Json.Nodes;
using HwSeed.Agent.Documents;
using HwSeed.Agent.Evaluations;
using HwSeed.Agent.Seeds;
using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Rtl;
using HwSeed.Toolchain;

namespace HwSeed.Agent.Flow.Boards;

/// <summary>What <c>synth --board</c> wrote, opened to be verified.</summary>
/// <param name="Request">The engine, the board and the port.</param>
/// <param name="Design">The engine with its port, generated anew.</param>
/// <param name="ClockMhz">Its clock.</param>
/// <param name="Product">The product of the folder's vectors.</param>
/// <param name="Seed">The seed of place and route that was kept.</param>
/// <param name="TargetMhz">Its constraint.</param>
/// <param name="Verilog">All of <c>board.v</c>.</param>
/// <param name="Bitstream">The bytes that are flashed.</param>
public sealed record BoardBitstream(
    BoardRequest Request, Design Design, double ClockMhz, EngineCase Product, int Seed, double TargetMhz, string Verilog,
    ReadOnlyMemory<byte> Bitstream)
{
    private const string ArchitectureName = "architecture.yaml";

    private static readonly string[] s_names =
        [ArchitectureName, SynthFolder.ReportName, .. ((string[])["v", "pcf", "bin"]).Select(e => $"{BoardTop.Name}.{e}"), "vectors/a.json", "vectors/b.json"];

    /// <summary>Whether a folder looks like a board's.</summary>
    public static bool IsIn(string folder) => File.Exists(Path.Combine(folder, $"{BoardTop.Name}.v"));

    /// <summary>Opens a folder and checks its files.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>The folder. HW5112: it is none of synth's. HW5113: a file is not the one that was written. HW5114: a file is not what
    /// this version of HwSeed makes of the architecture.</returns>
    public static Checked<BoardBitstream> Open(string folder)
    {
        if (s_names.Append(Checksums.FileName).FirstOrDefault(n => !File.Exists(Path.Combine(folder, n))) is { } absent)
        {
            return Checked.Fail<BoardBitstream>(AgentDiagnostics.NotASynthFolder(folder, $"it holds no {absent}"));
        }

        if (Checksums.Check(folder, s_names) is { Count: > 0 } problems)
        {
            return Checked.Fail<BoardBitstream>(problems);
        }

        return ArchitectureDocument.Read(Path.Combine(folder, ArchitectureName),
                architecture => ArchitectureRules.Check(architecture).Select(v => new FieldFinding(v.Field, v.Diagnostic)))
            .Then(document => Open(folder, document.Architecture));
    }

    private static Checked<BoardBitstream> Open(string folder, Architecture architecture)
    {
        Report report;
        try
        {
            report = Report.Read(JsonNode.Parse(File.ReadAllText(Path.Combine(folder, SynthFolder.ReportName)))!);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or NullReferenceException)
        {
            return Checked.Fail<BoardBitstream>(AgentDiagnostics.NotASynthFolder(folder, $"{SynthFolder.ReportName} is not the report of a board"));
        }

        return HwSeed.Toolchain.Boards.Find(report.Board).Then(board =>
        {
            var request = new BoardRequest(architecture, board, report.Port, report.Baud);
            var clock = report.Pll?.OutputMhz ?? board.ClockMhz;
            return request.Design(clock).Then(design => Same(folder, request, design, clock, report));
        });
    }

    // Everything that is used is made anew, and compared with what the folder holds.
    private static Checked<BoardBitstream> Same(string folder, BoardRequest request, Design design, double clock, Report report)
    {
        var (board, architecture) = (request.Board, request.Architecture);
        var (product, reason) = EngineCase.Best(architecture, report.Shape, new Seed((ulong)report.FirstSeed).For("vectors"), isBehindPort: true);
        if (product is null)
        {
            return Checked.Fail<BoardBitstream>(AgentDiagnostics.NoProgram(report.Shape, reason!.Reason));
        }

        var verilog = BoardTop.WriteAll(board, design, report.Pll);
        (string Name, string Text)[] expected =
        [
            ($"{BoardTop.Name}.v", verilog),
            ($"{BoardTop.Name}.pcf", PinFile.Write(BoardTop.Pins(board, design.Top))),
            ("vectors/a.json", BoardFolder.Vector(product.Activations)),
            ("vectors/b.json", BoardFolder.Vector(product.Weights)),
        ];
        Diagnostic[] others = [.. expected.Select(e => (Path: Path.Combine(folder, e.Name), e.Text)).Where(e => File.ReadAllText(e.Path) != e.Text)
            .Select(e => AgentDiagnostics.OtherVerilog(e.Path))];
        return others.Length > 0
            ? Checked.Fail<BoardBitstream>(others)
            : Checked.Ok(new BoardBitstream(
                request, design, clock, product, report.KeptSeed, report.TargetMhz, verilog, File.ReadAllBytes(Path.Combine(folder, $"{BoardTop.Name}.bin"))));
    }

    // Those of a board's report from which its bitstream follows.
    private sealed record Report(
        string Board, HostPort Port, int Baud, Pll? Pll, GemmShape Shape, int FirstSeed, int KeptSeed, double TargetMhz)
    {
        public static Report Read(JsonNode json)
        {
            var (rounds, shape) = (json["rounds"]!.AsArray(), json["gemm"]!.GetValue<string>().Split('x'));
            return new(
                json["board"]!.GetValue<string>(), json["port"]!.GetValue<string>() == "spi" ? HostPort.Spi : HostPort.Uart, json["baud"]?.GetValue<int>() ?? 0,
                json["pll"] is { } pll ? AgentJson.Read<Pll>(pll.ToJsonString()) : null,
                shape is [var m, var k, var n] ? new(int.Parse(m, null), int.Parse(k, null), int.Parse(n, null)) : throw new FormatException("no shape"),
                rounds[0]!["attempts"]![0]!["seed"]!.GetValue<int>(), rounds[^1]!["kept_seed"]!.GetValue<int>(), rounds[^1]!["target_mhz"]!.GetValue<double>());
        }
    }
}
