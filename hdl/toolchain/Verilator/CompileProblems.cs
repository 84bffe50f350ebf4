using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Toolchain;

/// <summary>What a run of the C++ compiler or linker did wrong.</summary>
internal static class CompileProblems
{
    /// <summary>Diagnostics of a failed run; none of a good one.</summary>
    public static IEnumerable<Diagnostic> Of(ToolRun run, TimeSpan limit)
    {
        if (run.Succeeded)
        {
            return [];
        }

        if (run.TimedOut)
        {
            return [ToolDiagnostics.TimedOut("g++", limit)];
        }

        var errors = VerilatorMessages.ParseCompiler(run.StandardError);
        return errors.Count > 0 ? errors : [ToolDiagnostics.ToolFailed("g++", run.ExitCode, run.LastLines())];
    }
}
