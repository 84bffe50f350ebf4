using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Toolchain;

namespace HwSeed.Sim.Cosimulation;

/// <summary>A design as another simulator has it, ready to run stimuli.</summary>
public abstract class ReferenceModel
{
    private protected ReferenceModel(string simulator, CosimTop top, string directory) => (Simulator, Top, Directory) = (simulator, top, directory);

    /// <summary>Name of the simulator.</summary>
    public string Simulator { get; }

    /// <summary>The top module.</summary>
    public CosimTop Top { get; }

    /// <summary>Verilog to something that runs.</summary>
    public TimeSpan BuildTime { get; private protected init; }

    private protected string Directory { get; }

    /// <summary>Runs a stimulus. HW1080: there is no result.</summary>
    /// <param name="seed">Seed of the stimulus.</param>
    /// <param name="steps">Its steps.</param>
    /// <param name="limit">Wall-clock limit.</param>
    /// <param name="cancellation">Ends the run.</param>
    public async Task<Checked<ReferenceRun>> RunAsync(int seed, long steps, TimeSpan limit, CancellationToken cancellation = default)
    {
        var nonce = BinaryPrimitives.ReadUInt128LittleEndian(RandomNumberGenerator.GetBytes(16));
        var name = nonce.ToString("x32", CultureInfo.InvariantCulture)[..8];
        var (stimulus, result) = (Path.Combine(Directory, $"stimulus-{name}"), Path.Combine(Directory, $"result-{name}"));
        try
        {
            var (run, opened, problem) = await RunAsync(new(Top, seed), steps, stimulus, result, nonce, limit, cancellation).ConfigureAwait(false);
            return run is not null && run.TimedOut ? Fail(ToolDiagnostics.TimedOut(Simulator, limit))
                : run is not null && !run.Succeeded ? Fail(CosimDiagnostics.NoResult(Simulator, $"it ended with status {run.ExitCode}: {run.LastLines()}"))
                : opened is null ? Fail(CosimDiagnostics.NoResult(Simulator, problem))
                : Checked.Ok(opened);
        }
        finally
        {
            File.Delete(stimulus);
        }

        static Checked<ReferenceRun> Fail(Diagnostic diagnostic) => Checked.Fail<ReferenceRun>(diagnostic);
    }

    private protected abstract Task<(ToolRun? Run, ReferenceRun? Result, string Problem)> RunAsync(
        RandomStimulus stimulus, long steps, string stimulusPath, string resultPath, UInt128 nonce, TimeSpan limit, CancellationToken cancellation);
}

/// <summary>What another simulator's ports showed, step by step; disposing removes the file.</summary>
public abstract class ReferenceRun(string path, TimeSpan runTime) : IDisposable
{
    /// <summary>Time of the run.</summary>
    public TimeSpan RunTime { get; } = runTime;

    /// <summary>Reads the next step.</summary>
    /// <param name="values">Words of the compared ports.</param>
    /// <param name="known">The bits of them that have a value.</param>
    public abstract void Read(Span<ulong> values, Span<ulong> known);

    /// <inheritdoc/>
    public void Dispose()
    {
        Close();
        File.Delete(path);
        GC.SuppressFinalize(this);
    }

    private protected abstract void Close();
}
