using System.Diagnostics;
using System.Text.RegularExpressions;
using HwSeed.Hdl;
using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Toolchain;

/// <summary>Verilator: lints Verilog, and builds and runs a model of it together with a C++ bench.</summary>
public static partial class Verilator
{
    /// <summary>The class and header prefix of the model: a bench includes <c>Vtop.h</c> and uses <c>Vtop</c>,
    /// whatever the top module is called.</summary>
    public const string Prefix = "Vtop";

    private const string ObjectDirectory = "obj";
    private const int SplitSlowBytes = 64 << 10;

    /// <summary>Builds an executable from Verilog and a bench that has <c>main</c>.</summary>
    /// <param name="workDirectory">A directory of this build's own; made when absent. Everything is written here.</param>
    /// <param name="verilogText">All modules.</param>
    /// <param name="top">Top module.</param>
    /// <param name="benchCpp">C++17 source; includes <c>Vtop.h</c>.</param>
    /// <param name="options">How to build.</param>
    /// <param name="cancellation">Stops the compilers.</param>
    /// <returns>The executable with Verilator's warnings, or what Verilator or the compiler refused.</returns>
    public static async Task<Checked<VerilatorExecutable>> BuildAsync(
        string workDirectory, string verilogText, string top, string benchCpp, VerilatorOptions options,
        CancellationToken cancellation = default) =>
        VerilogNames.IsPlainIdentifier(top)
            ? await BuildAsync(
                workDirectory, await VerilogSources.WriteAsync(workDirectory, top, verilogText, cancellation).ConfigureAwait(false),
                top, benchCpp, options, cancellation).ConfigureAwait(false)
            : Checked.Fail<VerilatorExecutable>(ToolDiagnostics.BadTopName(top));

    /// <summary>Builds an executable from Verilog files as they are and a bench that has <c>main</c>.</summary>
    /// <param name="workDirectory">A directory of this build's own; made when absent. Everything is written here.</param>
    /// <param name="sources">The files with their macros and parameters.</param>
    /// <param name="top">Top module.</param>
    /// <param name="benchCpp">C++17 source; includes <c>Vtop.h</c>.</param>
    /// <param name="options">How to build.</param>
    /// <param name="cancellation">Stops the compilers.</param>
    /// <returns>The executable with Verilator's warnings, or what Verilator or g++ refused.</returns>
    public static async Task<Checked<VerilatorExecutable>> BuildAsync(
        string workDirectory, VerilogSources sources, string top, string benchCpp, VerilatorOptions options,
        CancellationToken cancellation = default)
    {
        var directory = Directory.CreateDirectory(Path.GetFullPath(workDirectory)).FullName;
        await File.WriteAllTextAsync(Path.Combine(directory, "bench.cpp"), benchCpp, cancellation).ConfigureAwait(false);
        var missing = ExternalTool.Missing(ExternalTool.Verilator, options.Compiler);
        if (missing.Count > 0)
        {
            return Checked.Fail<VerilatorExecutable>(missing);
        }

        // A stale model from an earlier build in this directory must not be linked in.
        var objects = Path.Combine(directory, ObjectDirectory);
        if (Directory.Exists(objects))
        {
            Directory.Delete(objects, recursive: true);
        }

        string[] arguments =
        [
            "--cc", "--prefix", Prefix, "--Mdir", ObjectDirectory, "--no-timing", "-Wno-fatal",
            $"-O{options.Optimisation}", .. options.TraceVcd ? (string[])["--trace"] : [],
            .. options.UnknownsAreZero ? (string[])["--x-assign", "0", "--x-initial", "0", "-fno-dfg"] : [],
            .. options.Flatten ? (string[])["--flatten"] : [],
            .. options.FastUnknowns ? (string[])["--x-assign", "fast", "--x-initial", "fast", "--noassert"] : [],
        ];
        var clock = Stopwatch.StartNew();
        var (verilation, messages) = await VerilateAsync(directory, sources, top, arguments, options, cancellation)
            .ConfigureAwait(false);
        if (messages.Any(m => m.Severity == Severity.Error))
        {
            return Checked.Fail<VerilatorExecutable>(messages);
        }

        var (root, version) = InstalledVersion(objects);
        var compiler = options.Compiler.Locate()!;
        var runtime = await VerilatorRuntime.GetAsync(compiler, root, version, options, directory, cancellation)
            .ConfigureAwait(false);
        if (!runtime.IsOk)
        {
            return Checked.Fail<VerilatorExecutable>([.. messages, .. runtime.Diagnostics]);
        }

        clock.Restart();
        var problems = await CompileAsync(directory, compiler, runtime.Value, options, cancellation).ConfigureAwait(false);
        return problems.Count > 0
            ? Checked.Fail<VerilatorExecutable>([.. messages, .. problems])
            : Checked.Ok(new VerilatorExecutable(Path.Combine(directory, "simulation"), directory,
                verilation.Elapsed, clock.Elapsed, runtime.Value.BuildTime), messages);
    }

    /// <summary>Runs a built model.</summary>
    /// <param name="executable">What <c>BuildAsync</c> made.</param>
    /// <param name="arguments">Arguments for the bench.</param>
    /// <param name="limit">Wall-clock limit.</param>
    /// <param name="cancellation">Ends the run.</param>
    public static Task<ToolRun> RunAsync(
        VerilatorExecutable executable, IReadOnlyList<string> arguments, TimeSpan limit,
        CancellationToken cancellation = default) =>
        ToolProcess.RunAsync(
            new ToolCommand(executable.Path, [.. arguments], executable.WorkDirectory) { TimeLimit = limit }, cancellation);

    /// <summary>Checks Verilog with all of Verilator's lint rules.</summary>
    /// <param name="verilogText">All modules.</param>
    /// <param name="top">Top module.</param>
    /// <param name="cancellation">Ends the run.</param>
    /// <returns>Errors and warnings; empty when clean.</returns>
    public static async Task<IReadOnlyList<Diagnostic>> LintAsync(
        string verilogText, string top, CancellationToken cancellation = default)
    {
        if (ExternalTool.Missing(ExternalTool.Verilator) is { Count: > 0 } missing)
        {
            return missing;
        }

        var directory = Directory.CreateTempSubdirectory("hwseed-lint-").FullName;
        try
        {
            if (!VerilogNames.IsPlainIdentifier(top))
            {
                return [ToolDiagnostics.BadTopName(top)];
            }

            var sources = await VerilogSources.WriteAsync(directory, top, verilogText, cancellation).ConfigureAwait(false);
            return (await VerilateAsync(directory, sources, top, ["--lint-only", "-Wall", "-Wno-fatal", "--no-timing"],
                VerilatorOptions.Default, cancellation).ConfigureAwait(false)).Messages;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task<(ToolRun Run, IReadOnlyList<Diagnostic> Messages)> VerilateAsync(
        string directory, VerilogSources sources, string top, string[] arguments, VerilatorOptions options,
        CancellationToken cancellation)
    {
        if (!VerilogNames.IsPlainIdentifier(top))
        {
            return (new ToolRun(-1, "", "", TimeSpan.Zero, false, false), [ToolDiagnostics.BadTopName(top)]);
        }

        var command = new ToolCommand(ExternalTool.Verilator.Locate()!,
            [.. arguments, "-Wno-DECLFILENAME", "--top-module", top, .. sources.Verilator(directory)], directory)
        {
            ReadOnlyPaths = [.. sources.Directories(directory)],
            TimeLimit = options.StepLimit,
            MemoryLimitBytes = options.MemoryLimitBytes,
        };
        var run = await ToolProcess.RunAsync(command, cancellation).ConfigureAwait(false);
        var messages = VerilatorMessages.Parse(run.StandardError).ToList();
        if (run.TimedOut)
        {
            messages.Add(ToolDiagnostics.TimedOut("verilator", options.StepLimit));
        }
        else if (run.ExitCode != 0 && messages.All(m => m.Severity != Severity.Error))
        {
            messages.Add(ToolDiagnostics.ToolFailed("verilator", run.ExitCode, run.LastLines()));
        }

        return (run, messages);
    }

    private static async Task<List<Diagnostic>> CompileAsync(
        string directory, string compiler, VerilatorRuntime runtime, VerilatorOptions options,
        CancellationToken cancellation)
    {
        // Few large units: the headers dominate small ones. Code that runs once is not worth optimising.
        var generated = Directory.GetFiles(Path.Combine(directory, ObjectDirectory), "*.cpp").Order(StringComparer.Ordinal)
            .Select(f => new FileInfo(f)).ToLookup(f => IsSlow(f.Name));
        var slow = string.Concat(generated[true].Select(Include));
        var fast = string.Concat(generated[false].Select(Include)) + "#include \"bench.cpp\"\n";
        var noOptimisation = options.Compiler == ExternalTool.Clang ? "#pragma clang optimize off\n" : "#pragma GCC optimize(\"O0\")\n";
        var start = options.GoesOn
            ? "#include \"verilated.h\"\n#define VL_FINISH_MT(...) static_cast<void>(0)\n#define VL_STOP_MT(...) static_cast<void>(0)\n"
            : "";
        string[] units = generated[true].Sum(f => f.Length) > SplitSlowBytes
            ? [start + fast, noOptimisation + start + slow]
            : [start + slow + fast];

        async Task<ToolRun> Compile(IEnumerable<string> arguments) => await ToolProcess.RunAsync(
            new ToolCommand(compiler, [.. arguments], directory)
            {
                TimeLimit = options.StepLimit,
                MemoryLimitBytes = options.MemoryLimitBytes,
                ReadOnlyPaths = [runtime.Directory],
            }, cancellation).ConfigureAwait(false);

        var runs = await Task.WhenAll(units.Select(async (text, i) =>
        {
            await File.WriteAllTextAsync(Path.Combine(directory, $"unit{i}.cpp"), text, cancellation).ConfigureAwait(false);
            return await Compile([.. runtime.CompileFlags, .. runtime.IncludeFlags, $"-I{ObjectDirectory}", "-I.",
                "-c", $"unit{i}.cpp", "-o", $"unit{i}.o"]).ConfigureAwait(false);
        })).ConfigureAwait(false);
        List<Diagnostic> problems = [.. runs.SelectMany(r => CompileProblems.Of(r, options.StepLimit))];
        if (problems.Count == 0)
        {
            var link = await Compile([.. units.Select((_, i) => $"unit{i}.o"), .. runtime.Objects,
                "-pthread", "-latomic", "-o", "simulation"]).ConfigureAwait(false);
            problems.AddRange(CompileProblems.Of(link, options.StepLimit));
        }

        return problems;
    }

    private static bool IsSlow(string file) =>
        file.EndsWith("Slow.cpp", StringComparison.Ordinal) || file.EndsWith("__Syms.cpp", StringComparison.Ordinal);

    private static string Include(FileInfo file) => $"#include \"{ObjectDirectory}/{file.Name}\"\n";

    // The makefile that Verilator wrote names its root, so a relocated installation works without asking it again.
    private static (string Root, string Version) InstalledVersion(string objects)
    {
        var makefile = File.ReadAllText(Path.Combine(objects, $"{Prefix}.mk"));
        var root = RootLine().Match(makefile) is { Success: true } m
            ? m.Groups["root"].Value.Trim()
            : throw new InvalidDataException("Verilator's makefile names no VERILATOR_ROOT");
        var config = File.ReadAllText(Path.Combine(root, "include", "verilated_config.h"));
        var version = ConfigVersion().Match(config) is { Success: true } v ? v.Groups["version"].Value : "unknown";
        return (root, version);
    }

    [GeneratedRegex(@"^VERILATOR_ROOT\s*[?:]?=\s*(?<root>.+)$", RegexOptions.Multiline)]
    private static partial Regex RootLine();

    [GeneratedRegex(@"VERILATOR_VERSION_INTEGER\s+(?<version>\d+)|VERILATOR_VERSION\s+""(?<version>[\w.]+)")]
    private static partial Regex ConfigVersion();
}
