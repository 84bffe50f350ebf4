using System.Globalization;
using HwSeed.Hdl;

namespace HwSeed.Toolchain;

/// <summary>A text file of a project.</summary>
/// <param name="Name">Its name in the folder.</param>
/// <param name="Text">What it says.</param>
public sealed record ProjectFile(string Name, string Text);

/// <summary>What a project is made of.</summary>
/// <param name="Device">The device.</param>
/// <param name="Engine">Name of the engine's module, in <c>ENGINE.v</c>.</param>
/// <param name="ClockMhz">The clock that the tools have to meet.</param>
/// <param name="Dsps">Whether multipliers may become DSP blocks.</param>
/// <param name="Seed">Seed of nextpnr.</param>
public sealed record VendorProjectRequest(VendorDevice Device, string Engine, double ClockMhz, bool Dsps, int Seed);

/// <summary>
/// Projects for tools that need not be installed here: nextpnr-ecp5 and ecppack, nextpnr for Gowin and gowin_pack, Vivado. Their
/// script looks for the tools first, names all that are missing and ends with 3.
/// </summary>
public static class VendorProject
{
    /// <summary>Module with a board's pins, in <c>chip.v</c>.</summary>
    public const string ChipTop = "chip";

    /// <summary>Name of the script that makes everything.</summary>
    public const string ScriptName = "build.sh";

    /// <summary>The outermost module of a board: the engine behind its UART, and a reset of sixteen edges after power-up.</summary>
    /// <param name="host">The module with ports clk, rst, rx, tx, busy and error.</param>
    public static string Chip(string host) => $"""
        module {ChipTop}(
            input clk,
            input rx,
            output tx
        );
          reg [4:0] held = 5'd0;
          always @(posedge clk) if (!held[4]) held <= held + 5'd1;
          {host} host (.clk(clk), .rst(~held[4]), .rx(rx), .tx(tx), .busy(), .error());
        endmodule

        """.ReplaceLineEndings("\n");

    /// <summary>All files but Verilog and the counting script.</summary>
    public static IReadOnlyList<ProjectFile> Files(VendorProjectRequest request) =>
        request.Device.Family == VendorFamily.Xilinx7 ? XilinxProject.Files(request)
        : request.Device.Family == VendorFamily.Gowin ? GowinFiles(request)
        : EcpFiles(request);

    /// <summary>The script: looks for tools, then runs the commands in the folder, with what they write below <c>build/</c>.</summary>
    internal static ProjectFile Script(string what, (string Program, string From)[] tools, string commands) => new(ScriptName,
        $$"""
        #!/bin/sh
        # {{what}}
        # None of this ran when the folder was written.
        set -eu
        cd "$(dirname "$0")"
        missing=
        need() {
            command -v "$1" >/dev/null 2>&1 || missing="$missing
          $1: $2"
        }

        """.ReplaceLineEndings("\n")
        + string.Concat(tools.Select(t => $"need {t.Program} '{t.From}'\n"))
        + """
        if [ -n "$missing" ]; then
            printf 'not installed:%s\n' "$missing" >&2
            exit 3
        fi
        mkdir -p build

        """.ReplaceLineEndings("\n") + commands.ReplaceLineEndings("\n"));

    /// <summary>The makefile: <c>report</c> counts again and compares, <c>project</c> runs the script.</summary>
    internal static ProjectFile Makefile(VendorProjectRequest request, string more = "") => new("Makefile", $"""
        # 'make report' counts the cells anew with Yosys and compares; 'make project' runs {ScriptName}.
        .PHONY: report project
        report:
        	mkdir -p replay
        	cp {request.Engine}.v {request.Engine}.ys replay/
        	cd replay && yosys -q -s {request.Engine}.ys
        	cmp {request.Engine}.stat.json replay/{request.Engine}.stat.json
        project:
        	sh {ScriptName}

        """.ReplaceLineEndings("\n") + more.ReplaceLineEndings("\n"));

    private static List<ProjectFile> EcpFiles(VendorProjectRequest request)
    {
        var (device, board) = (request.Device, request.Device.Board!);
        return
        [
            new("chip.lpf", Invariant($"""
                # {board.Title}
                FREQUENCY PORT "clk" {request.ClockMhz} MHZ;
                LOCATE COMP "clk" SITE "{board.ClockPin}";
                LOCATE COMP "rx" SITE "{board.Rx}";
                LOCATE COMP "tx" SITE "{board.Tx}";
                IOBUF PORT "clk" IO_TYPE=LVCMOS33;
                IOBUF PORT "rx" IO_TYPE=LVCMOS33 PULLMODE=UP;
                IOBUF PORT "tx" IO_TYPE=LVCMOS33;

                """)),
            new("chip.ys", ChipScript($"synth_ecp5 {(request.Dsps ? "" : "-nodsp ")}-top {ChipTop} -json build/chip.json")),
            Script($"The engine behind a UART for the {board.Title}: build/chip.bit",
                [("yosys", "Debian package yosys"), ("nextpnr-ecp5", "nextpnr built with -DARCH=ecp5, or OSS CAD Suite"), ("ecppack", "Project Trellis, or OSS CAD Suite")],
                Invariant($"""
                yosys -q -l build/yosys.log -s chip.ys
                nextpnr-ecp5 --{device.Chip} --package CABGA381 --speed 6 --seed {request.Seed} --freq {request.ClockMhz} \
                    --json build/chip.json --lpf chip.lpf --textcfg build/chip.config --report build/timing.json --log build/nextpnr.log
                ecppack --compress build/chip.config build/chip.bit

                """)),
            Makefile(request, Flash(board, "build/chip.bit")),
        ];
    }

    private static List<ProjectFile> GowinFiles(VendorProjectRequest request)
    {
        var (device, board) = (request.Device, request.Device.Board!);
        return
        [
            new("chip.cst", Invariant($"""
                // {board.Title}
                IO_LOC "clk" {board.ClockPin};
                IO_PORT "clk" IO_TYPE=LVCMOS33;
                IO_LOC "rx" {board.Rx};
                IO_PORT "rx" IO_TYPE=LVCMOS33 PULL_MODE=UP;
                IO_LOC "tx" {board.Tx};
                IO_PORT "tx" IO_TYPE=LVCMOS33;

                """)),
            new("chip.ys", ChipScript($"synth_gowin -top {ChipTop} -json build/chip.json")),
            Script($"The engine behind a UART for the {board.Title}: build/chip.fs",
                [("yosys", "Debian package yosys"), ("gowin_pack", "Project Apicula (pip install apycula), or OSS CAD Suite")],
                Invariant($"""
                # nextpnr-himbaechel took the place of nextpnr-gowin, which places no block memories.
                if command -v nextpnr-himbaechel >/dev/null 2>&1; then
                    nextpnr="nextpnr-himbaechel --vopt family={device.Chip} --vopt cst=chip.cst"
                elif command -v nextpnr-gowin >/dev/null 2>&1; then
                    nextpnr="nextpnr-gowin --family {device.Chip} --cst chip.cst"
                else
                    echo 'not installed: nextpnr-himbaechel with Gowin (or the older nextpnr-gowin), from nextpnr with Project Apicula' >&2
                    exit 3
                fi
                yosys -q -l build/yosys.log -s chip.ys
                $nextpnr --device {device.Part} --seed {request.Seed} --freq {request.ClockMhz} \
                    --json build/chip.json --write build/placed.json --report build/timing.json --log build/nextpnr.log
                gowin_pack -d {device.Chip} -o build/chip.fs build/placed.json

                """)),
            Makefile(request, Flash(board, "build/chip.fs")),
        ];
    }

    private static string ChipScript(string synthesis) => $"""
        read_verilog chip.v
        # No memory is read and written at one address on one edge.
        setattr -set no_rw_check 1 m:*
        {synthesis}

        """.ReplaceLineEndings("\n");

    private static string Flash(VendorBoard board, string file) => $"""
        .PHONY: flash
        flash:
        	openFPGALoader -b {board.Programmer} {file}

        """;

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture).ReplaceLineEndings("\n");
}
