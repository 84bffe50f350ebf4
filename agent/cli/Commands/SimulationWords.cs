using System.CommandLine;
using HwSeed.Agent.Simulations;
using HwSeed.Cli.Screens;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Verilog;
using HwSeed.Hdl.Verilog.Binding;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Cli.Commands;

/// <summary>Options of the commands that simulate Verilog, and the run that they ask for.</summary>
internal sealed class SimulationWords
{
    private readonly Option<string?> _top = SourceWords.Top(required: false, "The top module; the only one that no other instantiates when left out");
    private readonly Option<string[]> _include = SourceWords.Include();
    private readonly Option<string[]> _defines = SourceWords.Defines();
    private readonly Option<string[]> _parameters = new("-P", "--parameter") { Description = "A parameter of the top module; may be repeated", HelpName = "NAME=V" };
    private readonly Option<string?> _clock = new("--clock") { Description = "The clock input; the one whose edges change most state when left out", HelpName = "CLK" };
    private readonly Option<string?> _reset = new("--reset") { Description = "The reset input that random inputs hold first; found by its edges or name when left out", HelpName = "RST" };
    private readonly Option<string?> _stimulus = new("--tb") { Description = "Stimulus: a table, .csv, or a C# script, .csx; random inputs when left out", HelpName = "F" };
    private readonly Option<int> _timeLimit = Words.Count("--time-limit", "S", "Seconds that a script may take", 60);
    private readonly Option<string[]> _signals = new("--signals") { Description = "Patterns of signals for waves, as 'cpu.alu.*,pc'; ports in text and all in files when left out", HelpName = "P,..." };
    private readonly Option<string?> _fst = new("--fst") { Description = "Write waves to an FST file", HelpName = "F" };
    private readonly Option<string?> _coverage = new("--coverage") { Description = "Write coverage of toggles, statements and state machines to a page, and beside it as JSON", HelpName = "F.html" };

    /// <summary>All of them.</summary>
    public IReadOnlyList<Option> All =>
        [_top, _include, _defines, _parameters, _clock, _reset, _stimulus, _timeLimit, _signals, _fst, _coverage];

    /// <summary>Those that were given, by name.</summary>
    public IEnumerable<string> Given(ParseResult words) => All.Where(o => words.GetResult(o) is { Implicit: false }).Select(o => o.Name);

    /// <summary>Reads the sources.</summary>
    public VerilogDesign Read(ParseResult words, IReadOnlyList<string> files, Screen screen) => screen.Need(VerilogReader.Read(
        files,
        Options(words),
        new BindOptions
        {
            Top = words.GetValue(_top),
            Parameters = Parameters(words.GetValue(_parameters) ?? []),
            CoverPoints = words.GetValue(_coverage) is not null,
        }));

    /// <summary>The run that was asked for, but for its length and seed.</summary>
    public SimulationRequest Request(ParseResult words, IReadOnlyList<string> files, VerilogDesign design, Screen screen) => new()
    {
        Clock = words.GetValue(_clock),
        Reset = words.GetValue(_reset),
        Stimulus = words.GetValue(_stimulus),
        TimeLimit = TimeSpan.FromSeconds(words.GetValue(_timeLimit)),
        Signals = [.. (words.GetValue(_signals) ?? []).SelectMany(s => s.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))],
        Fst = words.GetValue(_fst),
        Covers = words.GetValue(_coverage) is not null,
        Output = screen.Json ? TextWriter.Null : new ScreenText(screen),
        NameOf = new StateNames(design, files.Select(f => VerilogParser.ParseFile(f, Options(words)).Value).OfType<SourceUnitSyntax>().SelectMany(SizedConstant.In)).Of,
    };

    /// <summary>Writes coverage where it was asked for.</summary>
    public string? WriteCoverage(ParseResult words, SimulationRun run)
    {
        if (words.GetValue(_coverage) is not { } path || run.Coverage is not { } report)
        {
            return null;
        }

        CoverageFiles.Write(report, path);
        return CoverageFiles.Page(path);
    }

    private VerilogOptions Options(ParseResult words) => SourceWords.Options(words.GetValue(_include), words.GetValue(_defines));

    /// <summary>Names and values of parameters.</summary>
    public static Dictionary<string, string> Parameters(IEnumerable<string> given)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var parameter in given)
        {
            var at = parameter.IndexOf('=', StringComparison.Ordinal);
            values[at > 0 ? parameter[..at] : ""] = at > 0 && at < parameter.Length - 1
                ? parameter[(at + 1)..]
                : throw InvalidInputException.Of(CommandDiagnostics.Syntax($"'{parameter}' sets no parameter; write NAME=VALUE"));
        }

        return values;
    }
}
