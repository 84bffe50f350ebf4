using System.CommandLine;
using HwSeed.Cli.Screens;
using HwSeed.Hdl.Diagnostics;
using Spectre.Console;

namespace HwSeed.Cli.Commands;

/// <summary><c>hwseed explain</c>: what a diagnostic code means.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        var code = new Argument<string?>("CODE") { Description = "As HW1104; all codes are listed without one", Arity = ArgumentArity.ZeroOrOne };
        return CommandLine.Define("explain", "Say what a diagnostic code means and what to do", (words, screen, _) =>
            Task.FromResult(words.GetValue(code) is { } asked ? One(asked, screen) : All(screen)), code);
    }

    private static int One(string code, Screen screen)
    {
        if (DiagnosticCatalogue.Find(code) is not { } found)
        {
            var shown = code.Length > 20 ? code[..20] + "..." : code;
            throw InvalidInputException.Of(CommandDiagnostics.UnknownCode(shown, DiagnosticCatalogue.Nearest(code)));
        }

        screen.Show(new Panel(new Text(found.Explanation))
        {
            Header = new PanelHeader($" {found.Code}  {Show.Escape(found.Title)} "),
            UseSafeBorder = true,
            Border = BoxBorder.Rounded,
            BorderStyle = new Style(Color.Grey),
            Padding = new Padding(1, 0, 1, 0),
        });
        screen.Result(found);
        return ExitCode.Done;
    }

    private static int All(Screen screen)
    {
        foreach (var (start, room) in DiagnosticCatalogue.Rooms)
        {
            var codes = DiagnosticCatalogue.All.Where(d => d.Code.StartsWith(start, StringComparison.Ordinal)).ToList();
            if (codes.Count > 0)
            {
                screen.Line();
                screen.Line($"[bold]{room}[/]");
                codes.ForEach(d => screen.Line($"  [blue]{d.Code}[/]  {Show.Escape(d.Title)}"));
            }
        }

        screen.Result(DiagnosticCatalogue.All);
        return ExitCode.Done;
    }
}
