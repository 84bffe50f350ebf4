using System.CommandLine;
using HwSeed.Agent.Flow;
using HwSeed.Cli.Screens;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Lint;
using Spectre.Console;

namespace HwSeed.Cli.Commands;

/// <summary><c>hwseed lint</c>: what is legal Verilog and seldom meant.</summary>
internal static class LintCommand
{
    public static Command Create()
    {
        var files = SourceWords.Files();
        var (top, include, defines) = (SourceWords.Top(required: false, "The module to elaborate; every one that no other instantiates when left out"), SourceWords.Include(), SourceWords.Defines());
        var config = new Option<string?>("--config") { Description = "Levels of the rules; hwseed-lint.yaml beside the first file when left out", HelpName = "F" };
        var strict = new Option<bool>("--werror") { Description = "Warnings fail the check as errors do" };
        return CommandLine.Define(
            "lint", "Say what is legal Verilog and seldom meant", (words, screen, cancellation) => Task.Run(
                () => Run(
                    LintRun.Check(
                        words.GetRequiredValue(files), SourceWords.Options(words.GetValue(include), words.GetValue(defines)),
                        words.GetValue(top), words.GetValue(config)),
                    words.GetValue(strict), screen),
                cancellation).WaitAsync(cancellation),
            files, top, include, defines, config, strict);
    }

    private static int Run(Checked<LintRun> check, bool strict, Screen screen)
    {
        var run = screen.Need(check);
        var report = run.Report;
        var (errors, warnings, infos) = (report.Count(Severity.Error), report.Count(Severity.Warning), report.Count(Severity.Info));
        var code = report.IsBadInput ? ExitCode.BadInput : errors > 0 || (strict && warnings > 0) ? ExitCode.CheckFailed : ExitCode.Done;
        screen.Show(report.Findings);
        screen.Line(Summary(report, errors, warnings, infos));
        screen.Result(new
        {
            ExitCode = code,
            Files = run.Files.ToArray(),
            run.Configuration,
            Errors = errors,
            Warnings = warnings,
            Infos = infos,
            report.Suppressed,
            Counts = report.Counts.ToDictionary(c => c.Code, c => c.Count),
            Findings = report.Findings.Select(f => new
            {
                f.Code,
                Rule = LintRules.Find(f.Code)?.Name,
                Severity = f.Severity.ToString().ToLowerInvariant(),
                f.Message,
                f.Span?.File,
                f.Span?.Line,
                f.Span?.Column,
                f.Span?.Length,
            }).ToArray(),
        });
        return code;
    }

    private static string Summary(LintReport report, int errors, int warnings, int infos)
    {
        var suppressed = report.Suppressed == 0 ? "" : $", {Show.Number(report.Suppressed)} switched off by comments";
        if (report.Findings.Count == 0)
        {
            return $"[green]clean[/]{suppressed}";
        }

        var counts = string.Join(", ", report.Counts.Select(c => $"{c.Code} {LintRules.Find(c.Code)?.Name} {Show.Number(c.Count)}"));
        return $"{Show.Number(errors)} errors, {Show.Number(warnings)} warnings, {Show.Number(infos)} infos{suppressed}: {counts}";
    }
}
