using HwSeed.Agent.Documents;
using HwSeed.Agent.Seeds;
using HwSeed.Brain.Files;
using HwSeed.Drivers;
using HwSeed.Hdl;
using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Generators.Hosts;
using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog;
using HwSeed.Sim;
using HwSeed.Sim.Hosts;
using HwSeed.Sim.Traces;
using HwSeed.Toolchain;

namespace HwSeed.Agent.Flow.Boards;

/// <summary>How a board's bitstream is made.</summary>
/// <param name="Seed">First seed of place and route.</param>
/// <param name="Seeds">Seeds that are tried in each round.</param>
/// <param name="ClockMhz">The clock that is wanted; null takes it from the routed design.</param>
/// <param name="Shape">The product of program and vectors; null takes a small one.</param>
public sealed record BoardOptions(int Seed, int Seeds, double? ClockMhz, GemmShape? Shape);

/// <summary>
/// An engine with its host port as a bitstream for a board. The clock follows from the design: it is routed once, the PLL is set
/// to the fastest clock below what was reached less a margin, and it is synthesised and routed again for that clock, each round
/// with further seeds. At least half of the margin has to be left in the end.
/// </summary>
public static class BoardBuild
{
    /// <summary>Share of the routed clock that is not used. nextpnr's delays are those of the slow corner already.</summary>
    public const double Margin = 0.10;

    /// <summary>What has to be left of the margin when the design is routed again.</summary>
    public const double LeastMargin = 0.05;

    private const int MostRounds = 6;

    // Each kind of chip is first routed for a clock that it hardly reaches, so that the tools try.
    private static double FirstTargetMhz(Board board) => board.Device.Chip == "up5k" ? 50 : 120;

    /// <summary>Builds, and writes the whole folder.</summary>
    /// <param name="request">The engine, the board and the port.</param>
    /// <param name="folder">Made when absent.</param>
    /// <param name="options">Seeds and clock.</param>
    /// <param name="cancellation">Stops the tools.</param>
    /// <returns>The report. HW5115: too big. HW5116: the clock is not met. HW5117: no such baud rate. HW3001: a tool is missing.</returns>
    public static async Task<Checked<BoardReport>> RunAsync(
        BoardRequest request, string folder, BoardOptions options, CancellationToken cancellation = default)
    {
        var (architecture, board) = (request.Architecture, request.Board);
        var first = Pll.Fastest(board.ClockMhz, options.ClockMhz ?? FirstTargetMhz(board));
        if (first is null)
        {
            return Checked.Fail<BoardReport>(AgentDiagnostics.ClockNotMet(Pll.LeastMhz, options.ClockMhz ?? 0, 0, folder));
        }

        var identity = request.Identity;
        var found = request.Design(first.OutputMhz, identity);
        var problems = found.IsOk ? BoardLegality.Check(request, found.Value) : found.Diagnostics;
        if (problems.Count > 0)
        {
            return Checked.Fail<BoardReport>(problems);
        }

        var shape = options.Shape ?? SmallShape(architecture);
        var (product, reason) = EngineCase.Best(architecture, shape, new Seed((ulong)options.Seed).For("vectors"), isBehindPort: true);
        if (product is null)
        {
            return Checked.Fail<BoardReport>(AgentDiagnostics.NoProgram(shape, reason!.Reason));
        }

        Directory.CreateDirectory(folder);
        var rounds = new List<BoardRound>();
        var (clock, pll) = (first.OutputMhz, (Pll?)first);
        var seed = options.Seed;
        while (true)
        {
            var design = request.Design(clock, identity);
            if (!design.IsOk)
            {
                return Checked.Fail<BoardReport>(design.Diagnostics);
            }

            var isFirst = rounds.Count == 0 && options.ClockMhz is null;
            var target = isFirst ? FirstTargetMhz(board) : options.ClockMhz is null ? clock / (1 - Margin) : clock;
            var synthesis = await Fpga.SynthesiseAsync(
                folder, BoardTop.WriteAll(board, design.Value, pll), BoardTop.Name, board.Device,
                Synthesis(board, design.Value.Top, seed, options.Seeds, Math.Round(target, 3)), cancellation).ConfigureAwait(false);
            if (!synthesis.IsOk)
            {
                return Checked.Fail<BoardReport>(BoardLegality.Explain(request, synthesis.Diagnostics));
            }

            var report = synthesis.Value;
            seed += options.Seeds;
            rounds.Add(new(isFirst ? "find the clock" : "with the clock", Round(clock), Math.Round(target, 3), report.Attempts, report.Seed, Round(report.FmaxMhz)));
            if (!isFirst && report.FmaxMhz * (options.ClockMhz is null ? 1 - LeastMargin : 1) >= clock)
            {
                var routed = RoutedDesign.Read(folder, BoardTop.Name);
                var done = Report(request, identity, design.Value, product, report, routed, pll, clock, rounds);
                BoardFolder.Write(request, folder, product, identity, routed, done);
                return Checked.Ok(done);
            }

            if (options.ClockMhz is not null || rounds.Count == MostRounds)
            {
                return Checked.Fail<BoardReport>(AgentDiagnostics.ClockNotMet(report.FmaxMhz, options.ClockMhz ?? target, options.Seeds, folder));
            }

            // What one round reaches, the next may miss, since its PLL and its seeds are others: then a little slower.
            var most = isFirst ? report.FmaxMhz * (1 - Margin) : clock * 0.95;
            pll = Pll.Fastest(board.ClockMhz, most);
            clock = pll?.OutputMhz ?? board.ClockMhz;
            if (clock > most)
            {
                return Checked.Fail<BoardReport>(AgentDiagnostics.ClockNotMet(report.FmaxMhz, clock / (1 - Margin), options.Seeds, folder));
            }
        }
    }

    /// <summary>How a board is synthesised: the same again gives the same bytes.</summary>
    internal static SynthesisOptions Synthesis(Board board, Module top, int seed, int seeds, double targetMhz) => new()
    {
        Seed = seed,
        Seeds = seeds,
        TargetMhz = targetMhz,
        AssumeNoReadWriteCollision = true,
        Pins = [.. BoardTop.Pins(board, top)],
        KeepPlacement = true,
        MakeTargets = $".PHONY: flash\nflash:\n\t{board.Flash}\n",
    };

    /// <summary>A product of two tiles each way that fits the engine's sums.</summary>
    private static GemmShape SmallShape(Architecture architecture) => new(
        2 * architecture.Rows, (int)Math.Min(16, architecture.LargestK), 2 * architecture.Columns);

    private static double Round(double mhz) => Math.Round(mhz, 4);

    private static BoardReport Report(
        BoardRequest request, uint identity, Design design, EngineCase product, SynthesisReport synthesis, RoutedDesign routed, Pll? pll, double clock,
        List<BoardRound> rounds)
    {
        var (board, device) = (request.Board, request.Board.Device);
        var resources = DesignResources.Of(design);
        var names = new SignalNames(design, VerilogWriter.Write(design));
        var uart = request.Port == HostPort.Uart;
        return new(
            request.Architecture.Name, board.Name, device.Name, device.Package, uart ? "uart" : "spi", uart ? request.Baud : null,
            uart ? request.Divider(clock) : null, uart ? null : Math.Round(clock / HostPorts.LeastSpiPeriod, 3), Round(clock), board.ClockMhz, pll,
            Round(synthesis.FmaxMhz), Math.Round(1 - (clock / synthesis.FmaxMhz), 4), [.. rounds],
            [
                new("logic cells", synthesis.LogicCells, device.LogicCells,
                    device.Dsps > 0 && resources.Dsps > 0 ? null : (int)BoardLegality.LogicCells(request.Architecture)),
                new("block memories", synthesis.Brams, device.Brams, resources.Brams),
                new("DSP blocks", synthesis.Dsps, device.Dsps, device.Dsps > 0 ? resources.Dsps : 0),
                new("pins", synthesis.Ios, device.Ios, BoardTop.Pins(board, design.Top).Count),
            ],
            Math.Round(BoardLegality.LogicCellError, 4), Math.Round(request.Architecture.MacsPerCycle * clock / 1000, 4),
            Math.Round(routed.CriticalNs, 3), [.. Timing(routed.CriticalPath, names)], product.Mapping.Shape.ToString(),
            product.Cost.Cycles, Try(request, identity, design, product, clock), $"{identity:x8}",
            synthesis.ReportText.Split(": ")[0], synthesis.BitstreamSha256);
    }

    // The instance of the design in the board's top stands in front of each path. What nextpnr made has no name of ours: it lies
    // behind the signal before it.
    private static IEnumerable<TimingStep> Timing(IEnumerable<PathStep> steps, SignalNames names)
    {
        var last = "";
        foreach (var step in steps)
        {
            var signal = step.Signal.StartsWith($"{BoardTop.Instance}.", StringComparison.Ordinal) ? step.Signal[(BoardTop.Instance.Length + 1)..] : step.Signal;
            var (name, known) = signal.Length > 0 ? names.Of(signal) : (last, false);
            last = name;
            yield return new(step.Kind, name, known, step.DelayNs, step.X, step.Y);
        }
    }

    /// <summary>The driver multiplies on the simulated pins of the very design that was synthesised.</summary>
    private static string Try(BoardRequest request, uint identity, Design design, EngineCase product, double clock) =>
        Drive(request, identity, Simulator.Compile(design).OrThrow(), product, clock, null) ? "sampled(n=1)" : "unverified";

    /// <summary>Whether the driver's product on the simulated pins is exact.</summary>
    /// <param name="request">The engine, the board and the port.</param>
    /// <param name="identity">What the chip answers.</param>
    /// <param name="simulator">The design with its port.</param>
    /// <param name="product">What is computed.</param>
    /// <param name="clock">Its clock in MHz: a UART counts bits by it.</param>
    /// <param name="trace">Takes every port in every cycle, if given.</param>
    internal static bool Drive(BoardRequest request, uint identity, Simulator simulator, EngineCase product, double clock, PortTrace? trace)
    {
        using SimulatedPort port = request.Port == HostPort.Spi
            ? new SimulatedSpi(simulator, HostPorts.LeastSpiPeriod / 2, trace)
            : new SimulatedUart(simulator, clock * 1e6 / request.Baud, trace) { PatienceCycles = 40L * request.Divider(clock) };
        var driver = new EngineDriver(port, HostPrograms.Facts(request.Architecture, identity));
        driver.Connect();
        var (shape, program) = (product.Mapping.Shape, HostPrograms.Of(request.Architecture, product.Stream));
        return driver.Multiply(program, product.Activations, product.Weights).Select(c => (long)c).SequenceEqual(product.Expected()) && driver.Errors() == 0;
    }
}
