using HwSeed.Hdl;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Netlists;
using HwSeed.Hdl.Verilog;
using HwSeed.Hdl.Verilog.Binding;
using HwSeed.Toolchain;

namespace HwSeed.Sim.Cosimulation.Fuzzing;

/// <summary>
/// Random modules through every reading of them: designs of the hardware language as they were built, their printed text
/// read back, and random Verilog source; each in our simulator, in Verilator and in Icarus, on the same random inputs.
/// </summary>
public static class HdlFuzz
{
    private const int BatchSize = 25;

    /// <summary>
    /// Runs modules in batches, half designs and half source programs. Designs with latches and other edges are not given
    /// to Icarus, whose power-up they see. Fails when a simulator is missing.
    /// </summary>
    /// <param name="count">How many modules.</param>
    /// <param name="seed">The first module's seed; the others follow.</param>
    /// <param name="cycles">Cycles for each module.</param>
    /// <param name="workDirectory">A directory of this run's own.</param>
    /// <param name="progress">Told how many modules are done.</param>
    /// <param name="cancellation">Ends the run.</param>
    public static async Task<Checked<FuzzReport>> RunAsync(
        int count, int seed, long cycles, string workDirectory, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        if (ExternalTool.Missing(ExternalTool.Verilator, ExternalTool.Compiler, ExternalTool.Icarus) is { Count: > 0 } missing)
        {
            return Checked.Fail<FuzzReport>(missing);
        }

        var failures = new List<FuzzFailure>();
        var (done, unknown) = (0, 0L);
        foreach (var (index, seeds) in Enumerable.Range(seed, count).Chunk(BatchSize).Index())
        {
            var batch = (index % 4) switch
            {
                0 => FuzzBatch.Designs(seeds, isClockedOnly: false),
                2 => FuzzBatch.Designs(seeds, isClockedOnly: true),
                _ => FuzzBatch.Programs(seeds),
            };
            unknown += await RunAsync(batch, seeds[0], cycles, Path.Combine(workDirectory, $"batch{index}"), failures, cancellation)
                .ConfigureAwait(false);
            done += seeds.Length;
            progress?.Report(done);
        }

        return Checked.Ok(new FuzzReport(done, cycles, unknown, failures.ToEquatableArray()));
    }

    private static async Task<long> RunAsync(
        FuzzBatch batch, int seed, long cycles, string directory, List<FuzzFailure> failures, CancellationToken cancellation)
    {
        var file = Path.Combine(Directory.CreateDirectory(directory).FullName, $"{FuzzBatch.TopName}.v");
        await File.WriteAllTextAsync(file, batch.Text, cancellation).ConfigureAwait(false);
        var ours = VerilogReader.Read([file], null, new BindOptions { Top = FuzzBatch.TopName })
            .Then(read => Netlist.Elaborate(read.Design)).Then(Simulator.Compile);
        if (!ours.IsOk)
        {
            failures.Add(new(batch.Kind, seed, "the reader", string.Join("; ", ours.Diagnostics.Take(3)), batch.Text));
            return 0;
        }

        if (batch.Original is { } original)
        {
            Simulator built = Simulator.Compile(original).OrThrow(), read = ours.Value;
            if (PrintedDesign.FirstDifference(built, read, seed, cycles) is { } port)
            {
                failures.Add(Failure(batch, "the design before it was printed", port, $"output '{port}' differs"));
            }
        }

        var sources = new VerilogSources([file]);
        var models = new List<Checked<ReferenceModel>>();
        var verilator = await VerilatorModel.BuildAsync(batch.Top, sources, [], Path.Combine(directory, "verilator"), null, cancellation)
            .ConfigureAwait(false);
        models.Add(verilator.Then(m => Checked.Ok<ReferenceModel>(m)));
        if (batch.FitsIcarus)
        {
            Directory.CreateDirectory(Path.Combine(directory, "icarus"));
            models.Add(IcarusModel.Prepare(batch.Top, sources, [], Path.Combine(directory, "icarus")).Then(m => Checked.Ok<ReferenceModel>(m)));
        }

        var unknown = 0L;
        foreach (var (model, name) in models.Zip(["Verilator", "Icarus"]))
        {
            var report = model.IsOk
                ? await Cosimulation.RunAsync(ours.Value, model.Value, seed, cycles, null, cancellation).ConfigureAwait(false)
                : Checked.Fail<CosimReport>(model.Diagnostics);
            if (!report.IsOk)
            {
                failures.Add(new(batch.Kind, seed, name, string.Join("; ", report.Diagnostics.Where(d => d.Severity == Severity.Error).Take(3)), batch.Text));
            }
            else if (report.Value.Difference is { } difference)
            {
                failures.Add(Failure(batch, name, difference.Port,
                    $"output '{difference.Port}' in step {difference.Step} is {difference.Got}, {name} has {difference.Expected}"));
            }

            unknown += report.Value?.UnknownBits ?? 0;
        }

        return unknown;
    }

    private static FuzzFailure Failure(FuzzBatch batch, string against, string port, string reason)
    {
        var seed = FuzzBatch.SeedOf(port);
        return new(batch.Kind, seed, against, reason, batch.Texts[seed]);
    }
}
