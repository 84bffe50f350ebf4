using HwSeed.Agent.Documents;
using HwSeed.Hdl;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Lint;
using HwSeed.Hdl.Verilog;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Agent.Flow;

/// <summary>A check of Verilog files by the linter, with the configuration that applies to them.</summary>
/// <param name="Files">The sources.</param>
/// <param name="Configuration">The configuration file; null when there is none.</param>
/// <param name="Report">What was found.</param>
public sealed record LintRun(EquatableArray<string> Files, string? Configuration, LintReport Report)
{
    /// <summary>Reads the files and the configuration, and runs all passes.</summary>
    /// <param name="files">Paths of the sources; modules of one may instantiate those of another.</param>
    /// <param name="options">How they are read.</param>
    /// <param name="top">The module to elaborate; null for every one that no other instantiates.</param>
    /// <param name="configuration">Path of the configuration; null for the one beside the first file, if there is one.</param>
    public static Checked<LintRun> Check(IReadOnlyList<string> files, VerilogOptions options, string? top, string? configuration)
    {
        configuration ??= Beside(files[0]);
        var settings = configuration is null ? Checked.Ok(LintSettings.Default) : LintDocument.Read(configuration);
        var read = VerilogParser.ParseFiles(files, options);
        var faults = settings.Diagnostics.Concat(read.SelectMany(r => r.Diagnostics)).ToList();
        if (!settings.IsOk || read.Any(r => !r.IsOk))
        {
            return Checked.Fail<LintRun>(faults);
        }

        var units = read.Select(r => r.Value).OfType<SourceUnitSyntax>().ToList();
        return Checked.Ok(new LintRun(files.ToEquatableArray(), configuration, Linter.Check(units, settings.Value, top)), faults);
    }

    private static string? Beside(string file) =>
        Path.Combine(Path.GetDirectoryName(file) ?? "", LintDocument.FileName) is var path && File.Exists(path) ? path : null;
}
