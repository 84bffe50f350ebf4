using System.Globalization;
using HwSeed.Hdl.Architectures;

namespace HwSeed.Agent.Estimates;

/// <summary>One recorded run of yosys and nextpnr: an architecture and what became of it on iCE40 HX8K.</summary>
/// <param name="Architecture">The engine.</param>
/// <param name="LogicCells">Logic cells after packing, or 0 when it did not place.</param>
/// <param name="Brams">Block RAMs after synthesis.</param>
/// <param name="FmaxMhz">Routed clock, or 0 when it did not place.</param>
public sealed record SynthesisRow(Architecture Architecture, int LogicCells, int Brams, double FmaxMhz)
{
    /// <summary>First line of a table.</summary>
    public const string Header =
        "rows,columns,interconnect,dataflow,operand_bits,accumulator_bits,pe_pipeline,input_depth,weight_depth,accumulator_depth,"
        + "double_buffering,logic_cells,brams,fmax_mhz";

    /// <summary>One line of a table.</summary>
    public string ToCsv() => string.Create(CultureInfo.InvariantCulture,
        $"{Architecture.Rows},{Architecture.Columns},{(Architecture.Interconnect == Interconnect.Broadcast ? "broadcast" : "systolic")},{(Architecture.Dataflow == Dataflow.WeightStationary ? "ws" : "os")},"
        + $"{Architecture.OperandBits},{Architecture.AccumulatorBits},{Architecture.PePipeline},{Architecture.InputDepth},"
        + $"{Architecture.WeightDepth},{Architecture.AccumulatorDepth},{(Architecture.DoubleBuffering ? 1 : 0)},"
        + $"{LogicCells},{Brams},{FmaxMhz:F2}");

    /// <summary>The rows of a table; throws <see cref="FormatException"/> when it is not one.</summary>
    public static IReadOnlyList<SynthesisRow> ReadTable(TextReader table)
    {
        if (table.ReadLine() != Header)
        {
            throw new FormatException($"a synthesis table starts with '{Header}'");
        }

        var rows = new List<SynthesisRow>();
        while (table.ReadLine() is { Length: > 0 } line)
        {
            var f = line.Split(',');
            int Int(int i) => int.Parse(f[i], CultureInfo.InvariantCulture);
            var architecture = new Architecture(
                "", Int(0), Int(1), f[3] == "ws" ? Dataflow.WeightStationary : Dataflow.OutputStationary, Int(4), Int(5),
                Int(6), Int(7), Int(8), Int(9), Int(10) == 1)
            {
                Interconnect = f[2] == "broadcast" ? Interconnect.Broadcast : Interconnect.Systolic,
            };
            rows.Add(new(architecture, Int(11), Int(12), double.Parse(f[13], CultureInfo.InvariantCulture)));
        }

        return rows;
    }
}
