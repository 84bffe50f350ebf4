using System.Globalization;
using System.Text.RegularExpressions;
using HwSeed.Agent.Estimates;
using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Rtl;
using HwSeed.Toolchain;

namespace HwSeed.Agent.Flow.Boards;

/// <summary>
/// Whether an engine can be put on a board, before synthesis: block memories and DSP blocks are counted, logic cells estimated.
/// What is too big is said by how much, with the parameters that would help.
/// </summary>
public static partial class BoardLegality
{
    /// <summary>Logic cells of a host port with its queues, measured on an HX8K with engines from 1x1 to 4x4.</summary>
    public const int HostLogicCells = 430;

    private static readonly Lazy<double> s_error =
        new(() => AreaModel.LeaveOneOut(AreaModel.Hx8kTable()).MedianLogicCells);

    /// <summary>Median relative error of the estimate of logic cells, on synthesis runs that were left out of its fit.</summary>
    public static double LogicCellError => s_error.Value;

    /// <summary>Logic cells that an engine with its host port will probably take.</summary>
    public static double LogicCells(Architecture architecture) => AreaModel.Hx8k.Estimate(architecture).LogicCells + HostLogicCells;

    /// <summary>HW5115 for each resource of which an engine needs more than the board has; empty when it may fit.</summary>
    /// <param name="build">The engine, its board and port.</param>
    /// <param name="design">The engine with its port.</param>
    public static IReadOnlyList<Diagnostic> Check(BoardRequest build, Design design) =>
    [
        .. Needs(build, design).Where(n => n.Certain > n.Has)
            .Select(n => AgentDiagnostics.TooBigForBoard(build.Board, n.Needs, n.Has, n.Words, n.Note, Remedy(build, n.Words))),
    ];

    /// <summary>What Yosys or nextpnr found too large (HW3204), in the same words; other failures as they are.</summary>
    public static IEnumerable<Diagnostic> Explain(BoardRequest build, IEnumerable<Diagnostic> failures) => failures.Select(f =>
        f.Code == "HW3204" && TooLarge().Match(f.Message) is { Success: true } match
            ? AgentDiagnostics.TooBigForBoard(
                build.Board, int.Parse(match.Groups["needs"].ValueSpan, NumberStyles.AllowThousands, CultureInfo.InvariantCulture),
                Limit(build.Board.Device, match.Groups["words"].Value), match.Groups["words"].Value, " after synthesis",
                Remedy(build, match.Groups["words"].Value))
            : f);

    private static int Limit(FpgaDevice device, string words) => words switch
    {
        "block memories" => device.Brams,
        "DSP blocks" => device.Dsps,
        _ => device.LogicCells,
    };

    // An estimate refuses only what would not fit if it were as wrong as half of all estimates are.
    private static IEnumerable<(int Needs, int Certain, int Has, string Words, string Note)> Needs(BoardRequest build, Design design)
    {
        var (device, found) = (build.Board.Device, DesignResources.Of(design));
        yield return (found.Brams, found.Brams, device.Brams, "block memories", "");
        var dsps = device.Dsps > 0 ? found.Dsps : 0;
        yield return (dsps, dsps, device.Dsps, "DSP blocks", " (SB_MAC16)");

        // DSP blocks take the place of multipliers that the model counts as logic.
        if (dsps == 0)
        {
            var cells = LogicCells(build.Architecture);
            yield return ((int)cells, (int)(cells / (1 + LogicCellError)), device.LogicCells, "logic cells",
                string.Create(CultureInfo.InvariantCulture, $" (estimated, give or take {100 * LogicCellError:F0} %)"));
        }
    }

    /// <summary>Parameters that alone, lowered as little as possible, bring the resource below its limit.</summary>
    private static string Remedy(BoardRequest build, string words)
    {
        return EngineRemedy.Find(build.Architecture, words, Fits, dsps: true);

        bool Fits(Architecture candidate) => (build with { Architecture = candidate }).Design(100, identity: 0) is { IsOk: true } design
            && Needs(build with { Architecture = candidate }, design.Value).Where(n => n.Words == words).All(n => n.Needs <= n.Has);
    }

    [GeneratedRegex(@"^needs (?<needs>[\d,]+) (?<words>[A-Za-z ]+), ")]
    private static partial Regex TooLarge();
}
