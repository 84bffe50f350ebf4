using HwSeed.Hdl.Tests.Verilog.Corpus;
using HwSeed.Sim.Cosimulation;
using HwSeed.Toolchain;

namespace HwSeed.Sim.Tests.Cosimulation;

/// <summary>Every accepted file runs as Verilator runs it: all outputs, in every half cycle, for 10,000 cycles.</summary>
[Category("verilator")]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class CorpusLockstepTests
{
    private const long Cycles = 10_000;

    private static IEnumerable<string> Files => CorpusFolder.Accepted
        .Where(f => !new CorpusHeader(CorpusFolder.PathOf("accept", f)).All("oracle").Any());

    private static IEnumerable<string> OthersFiles => CorpusFolder.Accepted.Except(Files);

    [TestCaseSource(nameof(Files))]
    public async Task A_file_agrees_with_Verilator(string name)
    {
        Tools.Require();
        var (path, directory) = (CorpusFolder.PathOf("accept", name), Directory.CreateTempSubdirectory("hwseed-cosim-").FullName);
        try
        {
            var header = new CorpusHeader(path);
            var cosim = new VerilogCosim([path], header.Top)
            {
                Options = new() { Defines = header.Pairs("define") },
                Parameters = header.Pairs("param"),
                Cycles = Cycles,
            };
            var report = (await cosim.RunAsync(directory)).OrThrow();
            Assert.That(report.Difference, Is.Null, string.Join('\n', report.Cone));
            Assert.That(report.Steps, Is.GreaterThan(Cycles));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [TestCaseSource(nameof(OthersFiles))]
    public async Task A_file_that_Verilator_cannot_run_agrees_with_Icarus(string name)
    {
        Tools.Require(ExternalTool.Icarus);
        var (path, directory) = (CorpusFolder.PathOf("accept", name), Directory.CreateTempSubdirectory("hwseed-cosim-").FullName);
        try
        {
            var design = new VerilogCosim([path], new CorpusHeader(path).Top).Read().OrThrow();
            var model = IcarusModel.Prepare(design.Top, new([path]), [], directory).OrThrow();
            var report = (await Sim.Cosimulation.Cosimulation.RunAsync(Simulator.Compile(design.Netlist).OrThrow(), model, 1, Cycles / 5)).OrThrow();
            Assert.That(report.Difference, Is.Null);
            Assert.That(report.Steps, Is.GreaterThan(Cycles / 5));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [TestCaseSource(nameof(Files))]
    public void Its_clocks_and_resets_are_found(string name)
    {
        var path = CorpusFolder.PathOf("accept", name);
        var header = new CorpusHeader(path);
        var top = new VerilogCosim([path], header.Top) { Options = new() { Defines = header.Pairs("define") }, Parameters = header.Pairs("param") }
            .Read().OrThrow().Top;
        var resets = top.Resets.Select(r => r.ActiveLow ? $"{r.Port} low" : r.Port);
        Assert.That(top.Clocks, Is.SubsetOf(header.All("clock")));
        Assert.That(header.All("reset"), Is.SubsetOf(resets));
    }
}
