using System.Diagnostics;
using System.Globalization;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Toolchain;

namespace HwSeed.Sim.Cosimulation;

/// <summary>A design from its Verilog files as Verilator has it: two-state, what is unknown is zero.</summary>
public sealed class VerilatorModel : ReferenceModel
{
    private readonly VerilatorExecutable _executable;

    private VerilatorModel(VerilatorExecutable executable, CosimTop top)
        : base("Verilator", top, executable.WorkDirectory) => _executable = executable;

    /// <summary>Builds the model; needs Verilator and a C++ compiler.</summary>
    /// <param name="top">The top module.</param>
    /// <param name="sources">Its files.</param>
    /// <param name="dataFiles">Files that the Verilog reads, each with the name by which it does.</param>
    /// <param name="workDirectory">A directory of this model's own.</param>
    /// <param name="options">How Verilator builds.</param>
    /// <param name="cancellation">Stops the build.</param>
    public static async Task<Checked<VerilatorModel>> BuildAsync(
        CosimTop top, VerilogSources sources, IEnumerable<DataFile> dataFiles, string workDirectory,
        VerilatorOptions? options = null, CancellationToken cancellation = default)
    {
        var clock = Stopwatch.StartNew();
        DataFile.CopyTo(workDirectory, dataFiles);
        options = (options ?? VerilatorOptions.Default) with { UnknownsAreZero = true, GoesOn = true };
        var built = await Verilator.BuildAsync(
            workDirectory, sources, top.Name, VerilatorBench.Write(top, options.TraceVcd), options, cancellation).ConfigureAwait(false);
        return built.IsOk
            ? Checked.Ok(new VerilatorModel(built.Value, top) { BuildTime = clock.Elapsed })
            : Checked.Fail<VerilatorModel>(built.Diagnostics);
    }

    /// <summary>
    /// Runs the first steps of a stimulus and writes the waves of all signals, a step a time unit; the model was built with
    /// <see cref="VerilatorOptions.TraceVcd"/>. HW1080: it wrote none.
    /// </summary>
    /// <param name="seed">Seed of the stimulus.</param>
    /// <param name="from">The first step that is written.</param>
    /// <param name="steps">Steps that are run.</param>
    /// <param name="limit">Wall-clock limit.</param>
    /// <param name="cancellation">Ends the run.</param>
    /// <returns>The file's path.</returns>
    public async Task<Checked<string>> WavesAsync(int seed, long from, long steps, TimeSpan limit, CancellationToken cancellation = default)
    {
        var (stimulus, result, waves) = (Path.Combine(Directory, "waves-stimulus"), Path.Combine(Directory, "waves-result"), Path.Combine(Directory, "waves.vcd"));
        StepFile.Write(stimulus, new(Top, seed), steps, Top.DrivenWords, 0);
        var run = await Verilator.RunAsync(
            _executable,
            [Path.GetFileName(stimulus), Path.GetFileName(result), Path.GetFileName(waves), from.ToString(CultureInfo.InvariantCulture)],
            limit, cancellation).ConfigureAwait(false);
        return run.Succeeded && File.Exists(waves)
            ? Checked.Ok(waves)
            : Checked.Fail<string>(CosimDiagnostics.NoResult(Simulator, "it wrote no waves"));
    }

    private protected override async Task<(ToolRun? Run, ReferenceRun? Result, string Problem)> RunAsync(
        RandomStimulus stimulus, long steps, string stimulusPath, string resultPath, UInt128 nonce, TimeSpan limit, CancellationToken cancellation)
    {
        StepFile.Write(stimulusPath, stimulus, steps, Top.DrivenWords, nonce);
        var run = await Verilator.RunAsync(
            _executable, [Path.GetFileName(stimulusPath), Path.GetFileName(resultPath)], limit, cancellation).ConfigureAwait(false);
        var (file, problem) = StepFile.Open(resultPath, steps, Top.ComparedWords, nonce);
        return (run, file is null ? null : new Steps(file, resultPath, run.Elapsed), problem);
    }

    private sealed class Steps(FileStream file, string path, TimeSpan runTime) : ReferenceRun(path, runTime)
    {
        private readonly BufferedStream _stream = new(file, 1 << 16);

        public override void Read(Span<ulong> values, Span<ulong> known)
        {
            StepFile.Read(_stream, values);
            known.Fill(ulong.MaxValue);
        }

        private protected override void Close() => _stream.Dispose();
    }
}
