using System.Diagnostics;
using System.Security.Cryptography;
using HwSeed.Agent.Seeds;
using HwSeed.Hdl;
using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog;
using HwSeed.Hdl.Verilog.Binding;
using HwSeed.Sim;
using HwSeed.Sim.Lockstep;
using HwSeed.Sim.Traces;
using HwSeed.Toolchain;

namespace HwSeed.Agent.Flow.Boards;

/// <summary>A product that the driver computed through the design's pins, and what the chip's netlist did with the same inputs.</summary>
/// <param name="Shape">The product.</param>
/// <param name="DesignExact">Whether the driver got the integer reference's results from the design.</param>
/// <param name="Lockstep">The comparison of every output pin in every cycle.</param>
public sealed record BoardCase(GemmShape Shape, bool DesignExact, LockstepReport Lockstep)
{
    /// <summary>Whether both are right.</summary>
    public bool Passed => DesignExact && Lockstep.Agreed;

    /// <summary>The first thing that is wrong, in a few words.</summary>
    public string Verdict => Passed ? "exact" : DesignExact ? Lockstep.Reason : "the design's results differ from the integer reference";
}

/// <summary>The netlist in one simulator beside the design.</summary>
/// <param name="Model">The simulator that ran it.</param>
/// <param name="Cases">Every product that ran.</param>
/// <param name="BuildTime">Netlist to model.</param>
public sealed record BoardComparison(string Model, EquatableArray<BoardCase> Cases, TimeSpan BuildTime);

/// <summary>
/// A board's bitstream, which holds what cannot be read back (DSP blocks, a PLL): it is placed and routed anew, which has to give its very
/// bytes, and the netlist that was routed runs with the vendor's cell models beside the design, through the pins.
/// </summary>
/// <param name="Netlist">What ran.</param>
/// <param name="Sha256">Of the bitstream, given and made anew.</param>
/// <param name="RouteTime">Synthesis, place and route.</param>
/// <param name="Comparisons">Each simulator that ran the netlist; at least one.</param>
/// <param name="Skipped">Each simulator that did not, with the reason.</param>
public sealed record BoardVerification(
    RoutedNetlist Netlist, string Sha256, TimeSpan RouteTime, EquatableArray<BoardComparison> Comparisons, EquatableArray<Diagnostic> Skipped)
{
    /// <summary>What was compared.</summary>
    public const string Compared = "routed netlist with the vendor's cell models; the bytes of board.bin were reproduced from it";

    /// <summary>What was not: what has to be believed.</summary>
    public const string NotCompared = "the bitstream was not read back, so that nextpnr and icepack write the netlist that they routed is believed; the PLL is a wire and always locked, pads are plain";

    // A UART takes hundreds of cycles a bit: then the folder's own product is enough.
    private const int EnoughCycles = 100_000;

    private const string Chip = "routed_chip";

    /// <summary>Whether the netlist agreed in every simulator.</summary>
    public bool Passed => Comparisons.All(c => c.Cases.All(r => r.Passed));

    /// <summary>What is known after it: as many products as every simulator ran.</summary>
    /// <param name="seed">The seed of the operands.</param>
    public string Level(Seed seed) => Passed ? $"sampled(n={Comparisons.Min(c => c.Cases.Count)}, seed={seed.Value})" : "unverified";

    /// <summary>Routes anew, compares the bytes, and runs.</summary>
    /// <param name="given">The folder.</param>
    /// <param name="seed">Decides the operands of further products.</param>
    /// <param name="workDirectory">A directory of this verification's own.</param>
    /// <param name="verilator">Whether Verilator runs the netlist too; without it our simulator alone does.</param>
    /// <param name="cancellation">Stops the tools.</param>
    /// <returns>The comparison. HW5119: other bytes. HW3213: a cell without a model.</returns>
    public static async Task<Checked<BoardVerification>> RunAsync(
        BoardBitstream given, Seed seed, string workDirectory, bool verilator = true, CancellationToken cancellation = default)
    {
        var clock = Stopwatch.StartNew();
        var placed = await RouteAsync(given, Path.Combine(workDirectory, "chip"), cancellation).ConfigureAwait(false);
        if (!placed.IsOk)
        {
            return Checked.Fail<BoardVerification>(placed.Diagnostics);
        }

        var routed = clock.Elapsed;
        var compared = await CompareAsync(given, placed.Value, seed, workDirectory, verilator, cancellation).ConfigureAwait(false);
        return compared.Then(found => Checked.Ok(found with { RouteTime = routed }));
    }

    /// <summary>The folder's own commands once more; gives nextpnr's netlist if that makes the folder's own bitstream.</summary>
    /// <param name="given">The folder.</param>
    /// <param name="workDirectory">A directory of this run's own.</param>
    /// <param name="cancellation">Stops the tools.</param>
    /// <returns>The file of <c>nextpnr --write</c>. HW5119: the bitstream is another one.</returns>
    public static async Task<Checked<byte[]>> RouteAsync(BoardBitstream given, string workDirectory, CancellationToken cancellation = default)
    {
        var (board, options) = (given.Request.Board, BoardBuild.Synthesis(given.Request.Board, given.Design.Top, given.Seed, 1, given.TargetMhz));
        var made = await Fpga.SynthesiseAsync(workDirectory, given.Verilog, BoardTop.Name, board.Device, options, cancellation).ConfigureAwait(false);
        var wanted = Hash(given);
        return made.Then(report => report.BitstreamSha256 == wanted
            ? Checked.Ok(File.ReadAllBytes(Path.Combine(workDirectory, $"{BoardTop.Name}.placed.json")))
            : Checked.Fail<byte[]>(AgentDiagnostics.OtherBitstream(wanted, report.BitstreamSha256, given.Seed)));
    }

    /// <summary>Runs a routed netlist beside the design.</summary>
    /// <param name="given">The folder.</param>
    /// <param name="placed">What nextpnr wrote.</param>
    /// <param name="seed">Decides the operands of further products.</param>
    /// <param name="workDirectory">A directory of this run's own.</param>
    /// <param name="verilator">Whether Verilator runs the netlist too; without it our simulator alone does.</param>
    /// <param name="cancellation">Stops the tools.</param>
    public static async Task<Checked<BoardVerification>> CompareAsync(
        BoardBitstream given, ReadOnlyMemory<byte> placed, Seed seed, string workDirectory, bool verilator = true, CancellationToken cancellation = default)
    {
        var board = given.Request.Board;
        var pins = BoardPins.Around(board, given.Design);
        var netlist = RoutedNetlist.Read(placed, Chip);
        var simulator = Simulator.Compile(pins);
        if (!netlist.IsOk || !simulator.IsOk)
        {
            return Checked.Fail<BoardVerification>(netlist.Diagnostics.Concat(simulator.Diagnostics));
        }

        var runs = Record(given, simulator.Value, seed);
        var text = BoardPins.AroundChip(board, pins.Top, Chip) + netlist.Value.Verilog;
        var (done, skipped) = (new List<BoardComparison>(), new List<Diagnostic>());
        var ours = VerilogReader.ReadText(text, "chip.v", bind: new BindOptions { Top = BoardPins.Name }).Then(read => SimulatorReplay.Of(read.Design, pins.Top));
        skipped.AddRange(ours.IsOk ? [] : ours.Diagnostics.Take(1));
        if (ours.IsOk)
        {
            await AddAsync(BitstreamVerification.Ours, ours.Value.BuildTime, (trace, stop) => Task.Run(() => ours.Value.Replay(trace, stop), stop)).ConfigureAwait(false);
        }

        // A difference that one simulator saw is a difference.
        if (verilator && done.All(c => c.Cases.All(r => r.Passed)))
        {
            var model = await LockstepModel.BuildAsync(
                pins, Path.Combine(workDirectory, "verilator"), verilogText: text, cancellation: cancellation).ConfigureAwait(false);
            skipped.AddRange(model.IsOk ? [] : model.Diagnostics.Where(d => d.Severity == Severity.Error).Take(1));
            if (model.IsOk)
            {
                await AddAsync("Verilator", model.Value.BuildTime, (trace, stop) => model.Value.ReplayAsync(trace, cancellation: stop)).ConfigureAwait(false);
            }
        }

        return done.Count == 0
            ? Checked.Fail<BoardVerification>(skipped)
            : Checked.Ok(new BoardVerification(netlist.Value, Hash(given), TimeSpan.Zero, [.. done], [.. skipped]));

        async Task AddAsync(string name, TimeSpan buildTime, Func<PortTrace, CancellationToken, Task<LockstepReport>> replay)
        {
            var cases = new List<BoardCase>();
            foreach (var (shape, isExact, trace) in runs)
            {
                cases.Add(new(shape, isExact, await replay(trace, cancellation).ConfigureAwait(false)));
            }

            done.Add(new(name, [.. cases], buildTime));
        }
    }

    // The folder's vectors, then products with ragged tiles while they are short.
    private static List<(GemmShape Shape, bool IsExact, PortTrace Trace)> Record(BoardBitstream given, Simulator simulator, Seed seed)
    {
        var architecture = given.Request.Architecture;
        var runs = new List<(GemmShape Shape, bool IsExact, PortTrace Trace)>();
        Run(given.Product);
        foreach (var shape in VerificationShapes.Of(architecture))
        {
            if (runs.Sum(r => r.Trace.Cycles) < EnoughCycles
                && EngineCase.Best(architecture, shape, seed.For("operands", runs.Count), isBehindPort: true).Case is { } product)
            {
                Run(product);
            }
        }

        return runs;

        void Run(EngineCase product)
        {
            var trace = new PortTrace(simulator);
            var isExact = BoardBuild.Drive(given.Request, given.Request.Identity, simulator, product, given.ClockMhz, trace);
            runs.Add((product.Mapping.Shape, isExact, trace));
        }
    }

    private static string Hash(BoardBitstream given) => Convert.ToHexStringLower(SHA256.HashData(given.Bitstream.Span));
}
