using System.Text.Json;
using HwSeed.Agent.Evaluations;
using HwSeed.Hdl.Diagnostics;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace HwSeed.Cli.Screens;

/// <summary>
/// The two channels of a command. Results go to standard output, as tables and text or, with --json, as one document
/// and nothing else; progress and diagnostics go to standard error.
/// </summary>
internal sealed class Screen
{
    private const int PlainWidth = 100;
    private readonly TextWriter _output;
    private readonly TextWriter _error;
    private readonly IAnsiConsole _lines;
    private readonly IAnsiConsole _notes;

    public Screen(TextWriter output, TextWriter error, bool json)
    {
        (_output, _error, Json) = (output, error, json);
        Out = Console(output, null);
        Error = Console(error, null);
        // Lines are cut by the terminal, not by us: paths stay whole and carets stay under their characters.
        _lines = Console(output, int.MaxValue / 2);
        _notes = Console(error, int.MaxValue / 2);
    }

    /// <summary>Whether the result is one JSON document.</summary>
    public bool Json { get; }

    /// <summary>Standard output, for tables.</summary>
    public IAnsiConsole Out { get; }

    /// <summary>Standard error.</summary>
    public IAnsiConsole Error { get; }

    /// <summary>
    /// Where bars may move: null on anything but a terminal. When both channels are terminals they share one console,
    /// so that a table never lands inside a bar.
    /// </summary>
    public IAnsiConsole? Live =>
        !Error.Profile.Capabilities.Interactive || !Error.Profile.Out.IsTerminal || !Error.Profile.Capabilities.Ansi ? null
        : !Json && Out.Profile.Out.IsTerminal ? Out
        : Error;

    /// <summary>Something rendered, for people: on standard output, or nowhere with --json.</summary>
    public void Show(IRenderable what)
    {
        if (!Json)
        {
            Out.Write(what);
        }
    }

    /// <summary>One line of markup for people.</summary>
    public void Line(string markup = "")
    {
        if (!Json)
        {
            // On a terminal through the console that may hold bars, so that they move down.
            (Out.Profile.Out.IsTerminal ? Out : _lines).MarkupLine(markup);
        }
    }

    /// <summary>Text as it is, for people.</summary>
    public void Text(string text)
    {
        if (!Json)
        {
            _output.Write(text.ReplaceLineEndings("\n"));
        }
    }

    /// <summary>One line of markup on standard error.</summary>
    public void Note(string markup) => _notes.MarkupLine(markup);

    /// <summary>The result as JSON when it was asked for.</summary>
    public void Result<T>(T value)
    {
        if (Json)
        {
            _output.WriteLine(JsonSerializer.Serialize(value, AgentJson.Indented));
        }
    }

    /// <summary>Diagnostics on standard error.</summary>
    public void Show(IEnumerable<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
        {
            var text = diagnostic.ToString();
            var at = text.IndexOf($"{diagnostic.Severity.ToString().ToLowerInvariant()} {diagnostic.Code}", StringComparison.Ordinal);
            var end = text.IndexOf(':', at);
            var colour = diagnostic.Severity == Severity.Error ? "red" : diagnostic.Severity == Severity.Warning ? "yellow" : "blue";
            Note($"{Screens.Show.Escape(text[..at])}[bold {colour}]{text[at..end]}[/]{Screens.Show.Escape(text[end..])}");
        }
    }

    /// <summary>Diagnostics that end the command, and its exit code.</summary>
    public int Fail(IReadOnlyCollection<Diagnostic> diagnostics)
    {
        Show(diagnostics);
        var code = ExitCode.Of(diagnostics);
        Result(new
        {
            ExitCode = code,
            Diagnostics = diagnostics.Select(d => new
            {
                d.Code,
                Severity = d.Severity.ToString().ToLowerInvariant(),
                d.Message,
                d.Span?.File,
                Line = d.Span is { Line: > 0 } ? d.Span.Line : (int?)null,
                Column = d.Span is { Line: > 0 } ? d.Span.Column : (int?)null,
            }).ToArray(),
        });
        return code;
    }

    /// <summary>The value, or the end of the command; warnings are shown.</summary>
    public T Need<T>(Checked<T> found)
        where T : class
    {
        var value = found.OrThrow();
        Show(found.Diagnostics);
        return value;
    }

    private static IAnsiConsole Console(TextWriter writer, int? width)
    {
        var output = new AnsiConsoleOutput(writer);
        // A pipe has no colours and no width of its own; a dumb terminal cannot move its cursor.
        var plain = !output.IsTerminal || Environment.GetEnvironmentVariable("TERM") is "dumb";
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = output,
            Ansi = plain ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = plain ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if ((width ?? (output.IsTerminal ? (int?)null : PipeWidth())) is { } own)
        {
            console.Profile.Width = own;
        }

        return console;
    }

    private static int PipeWidth() =>
        int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), out var columns) && columns is >= 40 and <= 1000
            ? columns
            : PlainWidth;
}
