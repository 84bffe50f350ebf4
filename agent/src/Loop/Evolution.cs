using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Agent.Loop;

/// <summary>The main job: generations of proposals, climbed as far as each deserves, until the budget is spent.</summary>
public static class Evolution
{
    /// <summary>Runs or resumes; the run's folder is whole at every moment.</summary>
    /// <param name="options">What to do.</param>
    /// <param name="progress">Told of everything that happens, in order, on the caller's thread of work.</param>
    /// <param name="cancellation">Stops within seconds and leaves a resumable run.</param>
    public static Task<Checked<RunSummary>> RunAsync(
        EvolveOptions options, IProgress<EvolveEvent> progress, CancellationToken cancellation = default) =>
        throw new NotImplementedException();
}
