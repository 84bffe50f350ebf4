using System.CommandLine;
using HwSeed.Agent.Simulations;
using HwSeed.Cli.Screens;
using HwSeed.Sim.Coverage;

namespace HwSeed.Cli.Commands;

/// <summary><c>hwseed coverage</c>: adds up the coverage of several runs.</summary>
internal static class CoverageCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE.json") { Description = "Documents that 'sim --coverage' and 'wave --coverage' wrote", Arity = ArgumentArity.OneOrMore };
        var page = new Option<string>("--out") { Description = "The page of the sum; its document is written beside it", HelpName = "F.html", Required = true };
        return CommandLine.Define("coverage", "Add up the coverage of several runs of a design", (words, screen, _) =>
        {
            var report = screen.Need(CoverageFiles.Sum(words.GetRequiredValue(files)));
            var path = CoverageFiles.Page(words.GetRequiredValue(page));
            CoverageFiles.Write(report, path);
            screen.Show(Show.Facts([("design", Show.Escape(report.Top)), ("runs", Show.Number(report.Runs)), ("cycles", Show.Number(report.Cycles)), .. Facts(report), ("page", Show.Escape(Repository.Shown(path)))]));
            screen.Result(Json(report, path));
            return Task.FromResult(ExitCode.Done);
        }, files, page);
    }

    /// <summary>The shares in two columns.</summary>
    public static IEnumerable<(string Name, string Markup)> Facts(CoverageReport report)
    {
        yield return ("statements", Of(report.StatementShare));
        yield return ("toggles", Of(report.ToggleShare));
        yield return ("states", Of(report.StateShare));
        yield return ("transitions", Of(report.TransitionShare));

        static string Of(CoverShare share) => share.Points == 0
            ? "none in the design"
            : $"{Show.Share(share.Share)}, {Show.Number(share.Covered)} of {Show.Number(share.Points)}";
    }

    /// <summary>The shares as a part of a JSON result.</summary>
    public static object Json(CoverageReport report, string page) => new
    {
        report.Top,
        report.Runs,
        report.Cycles,
        Statements = report.StatementShare,
        Toggles = report.ToggleShare,
        States = report.StateShare,
        Transitions = report.TransitionShare,
        Page = page,
        Document = CoverageFiles.Document(page),
    };
}
