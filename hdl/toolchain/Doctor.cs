using System.Text.RegularExpressions;
using HwSeed.Hdl;

namespace HwSeed.Toolchain;

/// <summary>One line of <c>hwseed doctor</c>.</summary>
/// <param name="Name">Program or library.</param>
/// <param name="Package">The Debian package that has it.</param>
/// <param name="Purpose">What HwSeed uses it for.</param>
/// <param name="Version">What it says of itself; null when it is missing or says nothing.</param>
/// <param name="Path">Where it is; null when it is missing.</param>
/// <param name="HowToInstall">The command that installs it.</param>
/// <param name="Works">Whether it was found and ran.</param>
/// <param name="Optional">Whether HwSeed does everything without it.</param>
/// <param name="Note">What else to know, such as why it does not work; empty when nothing.</param>
public sealed record ToolStatus(
    string Name, string Package, string Purpose, string? Version, string? Path, string HowToInstall, bool Works,
    bool Optional, string Note);

/// <summary>Looks for every external tool and tries each once.</summary>
public static partial class Doctor
{
    private const string LoaderPackage = "ocl-icd-libopencl1";
    private const string PoclPackage = "pocl-opencl-icd";

    private static readonly (ExternalTool Tool, EquatableArray<string> Probe, bool Optional)[] s_programs =
    [
        (ExternalTool.Verilator, ["--version"], false),
        (ExternalTool.Compiler, ["--version"], false),
        (ExternalTool.Clang, ["--version"], true),
        (ExternalTool.Yosys, ["-V"], false),
        (ExternalTool.Z3, ["--version"], true),
        (ExternalTool.Nextpnr, ["--version"], false),
        (ExternalTool.Icepack, ["-h"], false),
        (ExternalTool.Iceunpack, ["-h"], false),
        (ExternalTool.IceboxVlog, ["-h"], false),
        (ExternalTool.Python, ["--version"], false),
        (ExternalTool.Icarus, ["-V"], true),
        (ExternalTool.FstReader, ["--help"], true),
        (ExternalTool.Bubblewrap, ["--version"], false),
    ];

    /// <summary>The state of all tools, in the order in which the walk needs them.</summary>
    public static async Task<IReadOnlyList<ToolStatus>> InspectAsync(CancellationToken cancellation = default)
    {
        var programs = await Task.WhenAll(s_programs.Select(p => InspectAsync(p.Tool, p.Probe, p.Optional, cancellation)))
            .ConfigureAwait(false);
        return [.. programs, OpenClLoader(), OpenClDriver()];
    }

    internal static async Task<ToolStatus> InspectAsync(
        ExternalTool tool, EquatableArray<string> probe, bool optional, CancellationToken cancellation)
    {
        if (tool.Locate() is not { } path)
        {
            return new(tool.Program, tool.Package, tool.Purpose, null, null, tool.HowToInstall, false, optional,
                "not installed");
        }

        var directory = Directory.CreateTempSubdirectory("hwseed-doctor-").FullName;
        try
        {
            var run = await ToolProcess.RunAsync(
                new ToolCommand(path, probe, directory) { TimeLimit = TimeSpan.FromSeconds(20) }, cancellation)
                .ConfigureAwait(false);
            var version = Version().Match(run.StandardOutput + run.StandardError) is { Success: true } m ? m.Value : null;
            // Some tools print their usage with a failing status; that they print anything shows that they start.
            var works = run.Succeeded || (!run.TimedOut && run.ExitCode == 1 && version is null && UsageSeen(run));
            return new(tool.Program, tool.Package, tool.Purpose, version, path, tool.HowToInstall,
                works && !ConfinementFails(tool), optional, Note(tool, run, works));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static bool UsageSeen(ToolRun run) =>
        (run.StandardOutput + run.StandardError).Contains("usage", StringComparison.OrdinalIgnoreCase);

    private static bool ConfinementFails(ExternalTool tool) =>
        tool == ExternalTool.Bubblewrap && Confinement.Level != ConfinementLevel.Bubblewrap;

    private static string Note(ExternalTool tool, ToolRun run, bool works) =>
        ConfinementFails(tool) ? "this machine does not let it make namespaces; tools run unconfined but limited"
        : works ? ""
        : run.LastLines(1);

    private static ToolStatus OpenClLoader()
    {
        string[] roots = ["/usr/lib", "/usr/local/lib", "/lib", "/usr/lib64"];
        var path = roots.SelectMany(r => (string[])[r, .. Subdirectories(r)])
            .Select(d => Path.Combine(d, "libOpenCL.so.1")).FirstOrDefault(File.Exists);
        return new("OpenCL loader", LoaderPackage, "finding OpenCL devices", null, path,
            $"apt-get install {LoaderPackage}", path is not null, false, path is null ? "not installed" : "");
    }

    private static ToolStatus OpenClDriver()
    {
        var vendors = Environment.GetEnvironmentVariable("OCL_ICD_VENDORS") is { Length: > 0 } own
            ? own
            : "/etc/OpenCL/vendors";
        string[] files = Directory.Exists(vendors) ? [.. Directory.GetFiles(vendors, "*.icd").Order()] : [];
        return new("OpenCL driver", PoclPackage, "running OpenCL kernels (PoCL: on the CPU)", null,
            files.FirstOrDefault(), $"apt-get install {PoclPackage}", files.Length > 0, false,
            files.Length == 0 ? "not installed" : string.Join(", ", files.Select(Path.GetFileNameWithoutExtension)));
    }

    // Debian's libraries lie one folder deeper, in one that is named after the processor.
    private static IEnumerable<string> Subdirectories(string root) =>
        Directory.Exists(root) ? Directory.EnumerateDirectories(root, "*-linux-gnu*") : [];

    [GeneratedRegex(@"\d+\.\d+([.\-+\w]*\w)?")]
    private static partial Regex Version();
}
