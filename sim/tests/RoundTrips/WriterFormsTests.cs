using HwSeed.Hdl;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog;
using HwSeed.Hdl.Verilog.Binding;
using HwSeed.Sim.Cosimulation;
using HwSeed.Sim.Tests.Cosimulation;
using HwSeed.Toolchain;

namespace HwSeed.Sim.Tests.RoundTrips;

/// <summary>
/// The Verilog of several clocks, asynchronous resets, initial values, latches, masks and contents of memories: written,
/// read and written again it is proved to be one circuit by Yosys, and Icarus runs it as our simulator does.
/// </summary>
public sealed class WriterFormsTests
{
    private string _folder = "";

    [SetUp]
    public void Make() => _folder = Directory.CreateTempSubdirectory("hwseed-forms-").FullName;

    [TearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    private static IEnumerable<TestCaseData> Forms =>
    [
        new TestCaseData(Registers()).SetArgDisplayNames("two clocks, both edges, asynchronous reset, initial values"),
        new TestCaseData(Latches()).SetArgDisplayNames("latches"),
        new TestCaseData(Memories()).SetArgDisplayNames("memory with contents, masks and two writes"),
    ];

    [TestCaseSource(nameof(Forms))]
    [Category("fpga")]
    public async Task Yosys_proves_what_is_written_again_equal(Design design)
    {
        Tools.Require(ExternalTool.Yosys);
        var (first, second) = (VerilogWriter.Write(design), VerilogWriter.Write(Read(design).Design));
        var report = (await Equivalence.CheckAsync(_folder, first, second, design.Top.Name, EquivalenceOptions.Default)).OrThrow();
        Assert.That(report.Verdict, Is.TypeOf<Proved>().Or.TypeOf<Bounded>(), $"{report.Note}\n{first}\n{second}");
    }

    [TestCaseSource(nameof(Forms))]
    [Category("verilator")]
    public async Task Icarus_and_Verilator_run_it_as_we_do(Design design)
    {
        Tools.Require(ExternalTool.Icarus, ExternalTool.Verilator, ExternalTool.Compiler);
        var file = Path.Combine(_folder, "t.v");
        await File.WriteAllTextAsync(file, VerilogWriter.Write(design));
        var top = CosimDesign.Of(Read(design), design.Top.Name, [], []).OrThrow().Top;
        var simulator = Simulator.Compile(design).OrThrow();
        ReferenceModel[] models =
        [
            IcarusModel.Prepare(top, new([file]), [], Directory.CreateDirectory(Path.Combine(_folder, "icarus")).FullName).OrThrow(),
            (await VerilatorModel.BuildAsync(top, new([file]), [], Path.Combine(_folder, "verilator"))).OrThrow(),
        ];
        foreach (var model in models)
        {
            var report = (await HwSeed.Sim.Cosimulation.Cosimulation.RunAsync(simulator, model, 1, 500)).OrThrow();
            Assert.That(report.Difference, Is.Null, model.Simulator);
            Assert.That(report.UnknownBits, Is.LessThan(report.Steps), "almost all bits are known");
        }
    }

    private static VerilogDesign Read(Design design) =>
        VerilogReader.ReadText(VerilogWriter.Write(design), "t.v", null, new BindOptions { Top = design.Top.Name }).OrThrow();

    private static Design Registers()
    {
        var m = new ModuleBuilder("registers", hasImplicitClock: false);
        var (clk, other, reset, d) = (m.Input("clk"), m.Input("other_clk"), m.Input("rst_n"), m.Input("d", 8));
        _ = (clk, other);
        var (q, p, n) = (m.Register("q", 8), m.Register("p", 8), m.Register("n", 3));
        m.Drive(new Register("q", Expression.Mux(~reset, Expression.FromInteger(5, 8), q + d), null, null, BitVector.Zero(8))
        {
            Edges = [new("clk", true), new("rst_n", false)],
            InitialValue = new(9, 8),
        });
        m.Drive(new Register("p", q ^ p, null, null, BitVector.Zero(8)) { Edges = [new("other_clk", true)], InitialValue = new(77, 8) });
        m.Drive(new Register("n", n + p[0, 3], null, null, BitVector.Zero(3)) { Edges = [new("clk", false)], InitialValue = new(6, 3) });
        m.Output("y", Expression.Concat(q, p, n));
        return new(m.Build());
    }

    private static Design Latches()
    {
        var m = new ModuleBuilder("latches", hasImplicitClock: false);
        var (enable, clear, d) = (m.Input("enable"), m.Input("clear"), m.Input("d", 8));
        var held = m.Latch("held", enable | clear, Expression.Mux(clear, Expression.FromInteger(3, 8), d));
        m.Output("y", held ^ m.Latch("second", ~enable, held));
        return new(m.Build());
    }

    private static Design Memories()
    {
        var m = new ModuleBuilder("memories", hasImplicitClock: false);
        var (clk, enable, strobes, d, a) = (m.Input("clk"), m.Input("enable"), m.Input("strobes", 2), m.Input("d", 8), m.Input("a", 2));
        _ = clk;
        m.Memory(new("words", 8, 4,
            [
                new(enable, a, d) { Edges = [new("clk", true)] },
                new(strobes[0, 1], Expression.FromInteger(1, 2), ~d)
                {
                    Mask = Expression.Concat(Expression.SignExtend(strobes[1, 1], 4), Expression.SignExtend(strobes[0, 1], 4)),
                    Edges = [new("clk", true)],
                },
            ],
            [])
        {
            Contents = [new(1, 8), new(200, 8), new(3, 8), new(4, 8)],
        });
        m.Output("y", new MemoryWord("words", a, 8));
        return new(m.Build());
    }
}
