using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Toolchain;

/// <summary>Icarus Verilog: compiles Verilog together with a bench in Verilog, and runs it.</summary>
public static class Icarus
{
    private const string Compiled = "bench.vvp";

    /// <summary>Compiles the sources with a bench.</summary>
    /// <param name="workDirectory">A directory of this run's own; made when absent.</param>
    /// <param name="sources">The files with their macros; parameters belong into the bench.</param>
    /// <param name="bench">Name of the bench module.</param>
    /// <param name="benchText">Verilog text of the bench.</param>
    /// <param name="limit">Wall-clock limit.</param>
    /// <param name="cancellation">Ends the compiler.</param>
    /// <returns>The compiled file's path, or what the compiler refused.</returns>
    public static async Task<Checked<string>> BuildAsync(
        string workDirectory, VerilogSources sources, string bench, string benchText, TimeSpan limit,
        CancellationToken cancellation = default)
    {
        if (ExternalTool.Missing(ExternalTool.Icarus) is { Count: > 0 } missing)
        {
            return Checked.Fail<string>(missing);
        }

        var directory = Directory.CreateDirectory(Path.GetFullPath(workDirectory)).FullName;
        await File.WriteAllTextAsync(Path.Combine(directory, $"{bench}.v"), benchText, cancellation).ConfigureAwait(false);
        var run = await ToolProcess.RunAsync(
            new ToolCommand(ExternalTool.Icarus.Locate()!,
                ["-g2012", "-s", bench, "-o", Compiled, .. sources.Icarus(bench), $"{bench}.v"], directory)
            {
                TimeLimit = limit,
                ReadOnlyPaths = [.. sources.Directories(directory)],
            }, cancellation).ConfigureAwait(false);
        return run.TimedOut ? Checked.Fail<string>(ToolDiagnostics.TimedOut("iverilog", limit))
            : run.ExitCode != 0 ? Checked.Fail<string>(ToolDiagnostics.ToolFailed("iverilog", run.ExitCode, run.LastLines(6)))
            : Checked.Ok(Path.Combine(directory, Compiled));
    }

    /// <summary>Runs what was compiled, in its directory.</summary>
    public static Task<ToolRun> RunAsync(string compiled, TimeSpan limit, CancellationToken cancellation = default) =>
        ToolProcess.RunAsync(
            new ToolCommand(SearchPath.Find("vvp") ?? "/usr/bin/vvp", ["-N", Path.GetFileName(compiled)], Path.GetDirectoryName(compiled)!)
            {
                TimeLimit = limit,
            }, cancellation);
}
