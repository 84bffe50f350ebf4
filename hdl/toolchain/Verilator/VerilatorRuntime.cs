using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using HwSeed.Hdl;
using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Toolchain;

/// <summary>
/// Verilator's own C++ library as objects and a precompiled header, built once per user, compiler and option set.
/// Compiling it takes several seconds; a small model on top of it then builds in a fraction of one.
/// </summary>
internal sealed record VerilatorRuntime(string Directory, EquatableArray<string> CompileFlags, TimeSpan BuildTime)
{
    private const string Header = "runtime.h";

    /// <summary>The object files to link.</summary>
    public IEnumerable<string> Objects => System.IO.Directory.EnumerateFiles(Directory, "*.o").Order();

    /// <summary>The flags that make the compiler use the precompiled header.</summary>
    public IEnumerable<string> IncludeFlags => ["-include", Path.Combine(Directory, Header)];

    /// <summary>Takes the runtime from the cache or builds it there; without a cache, below the work directory.</summary>
    public static async Task<Checked<VerilatorRuntime>> GetAsync(
        string compiler, string verilatorRoot, string verilatorVersion, VerilatorOptions options,
        string workDirectory, CancellationToken cancellation)
    {
        EquatableArray<string> flags = [.. Flags(verilatorRoot, options)];
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
            string.Join('\n', [verilatorVersion, CompilerIdentity(compiler), .. flags]))))[..16];
        var cache = CacheRoot(Environment.GetEnvironmentVariable("XDG_CACHE_HOME"), Environment.GetEnvironmentVariable("HOME"))
            ?? workDirectory;
        var directory = Path.Combine(cache, $"verilator-{verilatorVersion}-{key}");
        if (System.IO.Directory.Exists(directory))
        {
            return Checked.Ok(new VerilatorRuntime(directory, flags, TimeSpan.Zero));
        }

        var clock = Stopwatch.StartNew();
        var building = System.IO.Directory.CreateDirectory($"{directory}.{Guid.NewGuid():N}.tmp").FullName;
        try
        {
            var problems = await BuildAsync(compiler, verilatorRoot, flags, options, building, cancellation)
                .ConfigureAwait(false);
            if (problems.Count > 0)
            {
                return Checked.Fail<VerilatorRuntime>(problems);
            }

            Publish(building, directory);
            return Checked.Ok(new VerilatorRuntime(directory, flags, clock.Elapsed));
        }
        finally
        {
            if (System.IO.Directory.Exists(building))
            {
                System.IO.Directory.Delete(building, recursive: true);
            }
        }
    }

    private static string[] Flags(string root, VerilatorOptions options)
    {
        var trace = options.TraceVcd ? 1 : 0;
        return
        [
            $"-I{root}/include", $"-I{root}/include/vltstd", "-DVERILATOR=1", "-DVM_COVERAGE=0", "-DVM_SC=0",
            $"-DVM_TRACE={trace}", "-DVM_TRACE_FST=0", $"-DVM_TRACE_VCD={trace}", "-faligned-new",
            "-fcf-protection=none", "-std=gnu++17", $"-O{options.Optimisation}",
            .. options.NativeArch ? (string[])["-march=native"] : [],
        ];
    }

    private static async Task<List<Diagnostic>> BuildAsync(
        string compiler, string root, EquatableArray<string> flags, VerilatorOptions options, string directory,
        CancellationToken cancellation)
    {
        await File.WriteAllTextAsync(Path.Combine(directory, Header),
            options.TraceVcd ? "#include \"verilated.h\"\n#include \"verilated_vcd_c.h\"\n" : "#include \"verilated.h\"\n",
            cancellation).ConfigureAwait(false);
        string[] traceSources = options.TraceVcd ? ["verilated_vcd_c.cpp"] : [];
        string[] sources = ["verilated.cpp", "verilated_threads.cpp", .. traceSources];
        // clang refuses a precompiled header that was moved after it was made: it reads the text.
        IEnumerable<string[]> jobs =
        [
            .. options.Compiler == ExternalTool.Clang
                ? (string[][])[] : [[.. flags, "-x", "c++-header", Header, "-o", $"{Header}.gch"]],
            .. sources.Select(s => (string[])[.. flags, "-c", $"{root}/include/{s}", "-o", Path.ChangeExtension(s, ".o")]),
        ];
        var runs = await Task.WhenAll(jobs.Select(arguments => ToolProcess.RunAsync(
            new ToolCommand(compiler, [.. arguments], directory)
            {
                TimeLimit = options.StepLimit,
                MemoryLimitBytes = options.MemoryLimitBytes,
            }, cancellation))).ConfigureAwait(false);
        return [.. runs.SelectMany(r => CompileProblems.Of(r, options.StepLimit))];
    }

    // The rename is atomic: another hwseed sees either no directory or a complete one.
    private static void Publish(string building, string directory)
    {
        try
        {
            System.IO.Directory.Move(building, directory);
        }
        catch (IOException) when (System.IO.Directory.Exists(directory))
        {
            // Another process finished first; its files equal ours.
        }
    }

    private static string CompilerIdentity(string compiler)
    {
        var file = new FileInfo(File.ResolveLinkTarget(compiler, returnFinalTarget: true)?.FullName ?? compiler);
        return $"{file.FullName} {file.Length} {file.LastWriteTimeUtc.Ticks}";
    }

    /// <summary>A directory of this user's that we may write: hwseed's below the cache, or null.</summary>
    internal static string? CacheRoot(string? xdgCacheHome, string? home)
    {
        var root = xdgCacheHome is { Length: > 0 } && Path.IsPathRooted(xdgCacheHome) ? xdgCacheHome
            : home is { Length: > 0 } ? Path.Combine(home, ".cache")
            : null;
        if (root is null)
        {
            return null;
        }

        try
        {
            var cache = System.IO.Directory.CreateDirectory(Path.Combine(root, "hwseed")).FullName;
            using var probe = File.Create(
                Path.Combine(cache, $"{Guid.NewGuid():N}.probe"), 1, FileOptions.DeleteOnClose);
            return cache;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
