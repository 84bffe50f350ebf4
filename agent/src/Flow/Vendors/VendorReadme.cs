using System.Globalization;
using HwSeed.Toolchain;

namespace HwSeed.Agent.Flow.Vendors;

/// <summary>The page of the folder.</summary>
internal static class VendorReadme
{
    public static string Write(VendorRequest request, VendorReport report)
    {
        var project = request.Device.Board is { } board
            ? string.Create(CultureInfo.InvariantCulture, $"""
                | `chip.v`, `chip.ys` | the engine behind a UART of {request.Baud} baud (8N1) at {board.ClockMhz} MHz, and its Yosys script |
                | `{(request.Device.Family == VendorFamily.Ecp5 ? "chip.lpf" : "chip.cst")}` | pins of the {board.Title}; for another board change them |
                | `build.sh` | places, routes and packs `chip.v` for {report.Part} |
                """)
            : string.Create(CultureInfo.InvariantCulture, $"""
                | `gemm_engine.xdc` | a clock of {report.ConstraintMhz} MHz |
                | `vivado.tcl` | a Vivado project for {report.Part}, out of context: reports of utilisation and timing |
                | `build.sh` | runs it; `sh build.sh route` places and routes too |
                """);
        return $"""
            # {report.Architecture} on {report.Title}

            ```
            {VendorReportText.Write(report).TrimEnd()}
            ```

            | file | what it is |
            |---|---|
            | `report.json`, `report.txt` | the counts above |
            | `architecture.yaml`, `gemm_engine.v` | the engine |
            | `gemm_engine.ys`, `gemm_engine.stat.json` | the Yosys script that counts, and what it wrote; `make report` does it again and compares |
            {project}
            | `SHA256SUMS` | hash of every file |

            `build.sh` names the tools that are missing and ends with 3. It did not run when this folder was written.

            """.ReplaceLineEndings("\n");
    }
}
