using System.Reflection;
using HwSeed.Hdl.Architectures;
using HwSeed.Toolchain;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Statistics;

namespace HwSeed.Agent.Estimates;

/// <summary>What a design probably needs, before synthesis.</summary>
/// <param name="LogicCells">Logic cells.</param>
/// <param name="Brams">Block RAMs.</param>
/// <param name="FmaxMhz">Routed clock.</param>
public sealed record AreaEstimate(double LogicCells, int Brams, double FmaxMhz);

/// <summary>How far estimates lie from runs that the model was not fitted on.</summary>
/// <param name="MedianLogicCells">Median relative error of logic cells.</param>
/// <param name="MedianFmax">Median relative error of the clock.</param>
/// <param name="RankLogicCells">Spearman's rank correlation of estimated and real logic cells, -1..1.</param>
/// <param name="RankFmax">The same of the clock.</param>
/// <param name="Rows">Rows held out, one at a time.</param>
public sealed record CalibrationError(double MedianLogicCells, double MedianFmax, double RankLogicCells, double RankFmax, int Rows);

/// <summary>
/// Area and clock of an engine on iCE40, by ridge regression on structural features over a recorded table of real
/// yosys and nextpnr runs (hx8k.csv beside this file; <c>hwseed bench area --record</c> makes it anew). Relative errors
/// are minimised, so small engines count as much as large ones. The error of an estimate is measured by leaving out
/// each row in turn.
/// </summary>
public sealed class AreaModel
{
    private const double Ridge = 1e-4;
    private readonly Vector<double> _cells;
    private readonly Vector<double> _period;

    /// <summary>Fits the model; rows that did not place are left out.</summary>
    public AreaModel(IEnumerable<SynthesisRow> rows)
    {
        var placed = rows.Where(r => r.FmaxMhz > 0).ToList();
        _cells = Fit(placed, r => CellFeatures(r.Architecture), r => r.LogicCells);
        _period = Fit(placed, r => PeriodFeatures(r.Architecture), r => 1000 / r.FmaxMhz);
    }

    /// <summary>The model of the table in this assembly.</summary>
    public static AreaModel Hx8k { get; } = new(Hx8kTable());

    /// <summary>The recorded table.</summary>
    public static IReadOnlyList<SynthesisRow> Hx8kTable()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("HwSeed.Agent.Estimates.hx8k.csv")!;
        using var reader = new StreamReader(stream);
        return SynthesisRow.ReadTable(reader);
    }

    /// <summary>The estimate for a legal architecture.</summary>
    public AreaEstimate Estimate(Architecture arch)
    {
        var period = Math.Max(4, Dot(_period, PeriodFeatures(arch)));
        return new(Math.Max(100, Dot(_cells, CellFeatures(arch)) + OutputCells(arch)), Brams(arch), 1000 / period);
    }

    /// <summary>The error on rows left out one at a time.</summary>
    public static CalibrationError LeaveOneOut(IReadOnlyList<SynthesisRow> rows)
    {
        var placed = rows.Where(r => r.FmaxMhz > 0).ToList();
        var estimates = placed.ConvertAll(row => new AreaModel(placed.Where(r => r != row)).Estimate(row.Architecture));
        var cells = (Estimated: estimates.ConvertAll(e => e.LogicCells), Real: placed.ConvertAll(r => (double)r.LogicCells));
        var clocks = (Estimated: estimates.ConvertAll(e => e.FmaxMhz), Real: placed.ConvertAll(r => r.FmaxMhz));
        return new(
            MedianError(cells), MedianError(clocks), Correlation.Spearman(cells.Estimated, cells.Real),
            Correlation.Spearman(clocks.Estimated, clocks.Real), placed.Count);

        static double MedianError((List<double> Estimated, List<double> Real) pairs) =>
            pairs.Estimated.Zip(pairs.Real, (estimated, real) => Math.Abs(estimated - real) / real).Median();
    }

    /// <summary>Block RAMs of the memories.</summary>
    public static int Brams(Architecture arch)
    {
        var operands = FpgaDevice.BramsOf(arch.InputWordBits, arch.InputDepth)
            + FpgaDevice.BramsOf(arch.WeightWordBits, arch.WeightDepth);
        var halves = arch.DoubleBuffering ? 2 : 1;
        operands += arch.Output is { } stage
            ? FpgaDevice.BramsOf(arch.AccumulatorBits, stage.Channels)
                + FpgaDevice.BramsOf(stage.FractionBits + CommandEncoding.ShiftBits, stage.Channels)
                + (stage.Table ? FpgaDevice.BramsOf(arch.InputBits, 1 << arch.InputBits) : 0)
            : 0;
        return arch.KeepsOperands
            ? operands + (arch.Columns * halves * FpgaDevice.BramsOf(arch.AccumulatorBits, arch.AccumulatorDepth / halves))
            : operands;
    }

    /// <summary>Structures that take logic cells: multipliers by kind, adders, sums, skew registers, drain chains, control.</summary>
    private static double[] CellFeatures(Architecture arch)
    {
        var (r, c, lanes, sum) = (arch.Rows, arch.Columns, arch.Lanes, arch.AccumulatorBits);
        var (a, b) = (arch.StreamedBits, arch.KeptBits);
        double pes = r * c, products = pes * lanes;
        var isBroadcast = arch.Interconnect == Interconnect.Broadcast;
        var keeps = arch.KeepsOperands;
        double Multiplier(int operand, int low, int high) =>
            WidthClass(arch) == operand && TreeStages(arch) is var stages && stages >= low && stages <= high
                ? products * a * b / (operand * operand) : 0;
        return
        [
            1,
            Multiplier(8, 0, 0), Multiplier(8, 1, 1), Multiplier(8, 2, 2), Multiplier(8, 3, 3),
            Multiplier(4, 0, 0), Multiplier(4, 1, 1), Multiplier(4, 2, 3),
            pes * (lanes - 1) * (a + b),
            pes * sum,
            keeps ? 0 : pes * sum,
            keeps ? products * b : 0,
            isBroadcast ? 0 : lanes * ((a * r * (r + 1)) + (keeps ? 0 : b * c * (c + 1))) / 2.0,
            keeps || isBroadcast ? 0 : products * (a + b) / 2.0,
            keeps ? sum * Math.Log2(1 + c) : 0,
            keeps ? c * sum : 0,
            keeps && arch.DoubleBuffering ? c * sum : 0,
            isBroadcast ? 1 : 0,
            Math.Log2(arch.InputDepth) + Math.Log2(arch.WeightDepth),
        ];
    }

    /// <summary>
    /// Logic cells of an output stage: 84 + 6.4 W + 2.1 F W look-up tables for W = accumulator bits + 1 and F fraction bits (fitted on
    /// seven engines that yosys synthesised with and without, within 2 %), and the registers that have no look-up table before them.
    /// </summary>
    private static double OutputCells(Architecture arch)
    {
        if (arch.Output is not { } stage)
        {
            return 0;
        }

        var width = arch.AccumulatorBits + 1;
        var choices = (stage.Table ? 2 * arch.InputBits : 0) + (stage.Residual ? 5 * arch.InputBits : 0);
        var delays = arch.AccumulatorBits + stage.FractionBits + (CommandEncoding.ShiftBits * ArchitectureRules.AdderLevels(stage.FractionBits));
        return 84 + (6.4 * width) + (2.1 * stage.FractionBits * width) + choices + delays;
    }

    /// <summary>What makes paths long, in nanoseconds when weighted: multiplier kind, carry chains, fan-out, memory.</summary>
    private static double[] PeriodFeatures(Architecture arch)
    {
        double Kind(int operand, int stages) => WidthClass(arch) == operand && TreeStages(arch) == stages ? 1 : 0;
        var isBroadcast = arch.Interconnect == Interconnect.Broadcast;
        return
        [
            1,
            isBroadcast ? 1 : 0,
            Kind(8, 0), Kind(8, 1), Kind(8, 2), Kind(4, 0), Kind(4, 1),
            arch.AdderPipeline == 0 ? Math.Log2(arch.Lanes) : 0,
            arch.AccumulatorBits / 16.0,
            Math.Log2(arch.MacsPerCycle),
            arch.KeepsOperands ? 1 : 0,
            arch.KeepsOperands && arch.DoubleBuffering ? 1 : 0,
            Math.Log2(Math.Max(arch.InputDepth, arch.WeightDepth) / 64.0),
        ];
    }

    /// <summary>
    /// 4 or 8: the recorded widths. Other products count in proportion to their bits (a x b), which is an extrapolation.
    /// </summary>
    private static int WidthClass(Architecture arch) => Math.Min(arch.InputBits, arch.WeightBits) < 8 ? 4 : 8;

    /// <summary>Stages of a recorded multiplier of the same structure; registers behind an operator do not shorten its path.</summary>
    private static int TreeStages(Architecture arch) =>
        arch.Multiplier == Hdl.Architectures.Multiplier.Operator ? Math.Min(1, arch.PePipeline) : arch.PePipeline;

    private static Vector<double> Fit(
        IReadOnlyList<SynthesisRow> rows, Func<SynthesisRow, double[]> features, Func<SynthesisRow, double> target)
    {
        // Each row is divided by its target: the fit minimises relative errors.
        var x = Matrix<double>.Build.DenseOfRowArrays(rows.Select(r => features(r).Select(f => f / target(r)).ToArray()));
        var y = Vector<double>.Build.Dense(rows.Count, 1);
        var gram = x.TransposeThisAndMultiply(x);
        var scaled = Matrix<double>.Build.DenseOfDiagonalVector(gram.Diagonal().Map(d => (d * Ridge) + 1e-12));
        return (gram + scaled).Solve(x.TransposeThisAndMultiply(y));
    }

    private static double Dot(Vector<double> weights, double[] features)
    {
        var sum = 0.0;
        for (var i = 0; i < features.Length; i++)
        {
            sum += weights[i] * features[i];
        }

        return sum;
    }
}
