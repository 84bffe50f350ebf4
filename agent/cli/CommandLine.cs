using System.CommandLine;
using System.CommandLine.Invocation;
using HwSeed.Agent.Documents;
using HwSeed.Cli.Commands;
using HwSeed.Cli.Screens;
using HwSeed.Hdl.Diagnostics;
using Spectre.Console;

namespace HwSeed.Cli;

/// <summary>What a command does once its words are understood; the result is its exit code.</summary>
internal delegate Task<int> Work(ParseResult words, Screen screen, CancellationToken cancellation);

/// <summary>The <c>hwseed</c> command: words in, exit code out.</summary>
internal static class CommandLine
{
    private const string JsonName = "--json";

    /// <summary>Runs one command line.</summary>
    /// <param name="words">The arguments.</param>
    /// <param name="output">Standard output.</param>
    /// <param name="error">Standard error.</param>
    /// <param name="cancellation">Stops the command as Ctrl-C does.</param>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> words, TextWriter output, TextWriter error, CancellationToken cancellation = default)
    {
        var parsed = Root().Parse(words, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            var screen = new Screen(output, error, words.Contains(JsonName));
            var code = screen.Fail([.. Faults(parsed).Select(CommandDiagnostics.Syntax)]);
            screen.Note($"Try '{Name(parsed).EscapeMarkup()} --help'.");
            return code;
        }

        var configuration = new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            // Ctrl-C: children are killed at once, and work that does not listen is left after this time.
            ProcessTerminationTimeout = TimeSpan.FromSeconds(1.5),
        };
        return await parsed.InvokeAsync(configuration, cancellation).ConfigureAwait(false);
    }

    /// <summary>A command with the handling of input faults and of interruption that all share.</summary>
    public static Command Define(string name, string description, Work work, params IEnumerable<Symbol> symbols)
    {
        var command = new Command(name, description);
        foreach (var symbol in symbols)
        {
            switch (symbol)
            {
                case Argument argument:
                    command.Add(argument);
                    break;
                case Option option:
                    command.Add(option);
                    break;
                default:
                    command.Add((Command)symbol);
                    break;
            }
        }

        command.SetAction((words, cancellation) => GuardAsync(work, words, cancellation));
        return command;
    }

    /// <summary>The whole command tree, made anew: symbols know their parents.</summary>
    internal static RootCommand Root()
    {
        var root = new RootCommand(
            "Designs accelerator chips, proves that they work, and turns the winner into the kernels that run its own model.")
        {
            EvolveCommand.Create(),
            EmitCommand.Create(),
            LintCommand.Create(),
            FuzzCommand.Create(),
            RoundTripCommand.Create(),
            CosimCommand.Create(),
            SimCommand.Create(),
            WaveCommand.Create(),
            CoverageCommand.Create(),
            MapCommand.Create(),
            VerifyCommand.Create(),
            SynthCommand.Create(),
            BenchCommand.Create(),
            BrainCommand.Create(),
            ChipRunCommand.Create(),
            AuditCommand.Create(),
            DoctorCommand.Create(),
            ExplainCommand.Create(),
            TestCommand.Create(),
            new Option<bool>(JsonName)
            {
                Description = "Print one JSON document on standard output and nothing else there",
                Recursive = true,
            },
        };
        return root;
    }

    private static async Task<int> GuardAsync(Work work, ParseResult words, CancellationToken cancellation)
    {
        var configuration = words.InvocationConfiguration;
        var screen = new Screen(configuration.Output, configuration.Error, words.GetValue<bool>(JsonName));
        try
        {
            return await work(words, screen, cancellation).ConfigureAwait(false);
        }
        catch (InvalidInputException bad)
        {
            return screen.Fail(bad.Diagnostics);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            screen.Note("[yellow]interrupted[/]");
            return ExitCode.Interrupted;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return screen.Fail([CommandDiagnostics.Refused(refused.Message)]);
        }
#pragma warning disable CA1031 // The last stop: whatever comes here is our own fault, and is shown as such.
        catch (Exception defect)
#pragma warning restore CA1031
        {
            screen.Note($"[bold red]a defect of HwSeed[/], please report it: {defect.ToString().EscapeMarkup()}");
            return ExitCode.CheckFailed;
        }
    }

    /// <summary>The parser's messages; for words that nothing knows, ours with the nearest known one.</summary>
    private static IEnumerable<string> Faults(ParseResult parsed)
    {
        if (parsed.UnmatchedTokens.Count == 0)
        {
            return parsed.Errors.Select(e => e.Message).Distinct();
        }

        var command = parsed.CommandResult.Command;
        var known = command.Subcommands.Select(c => c.Name)
            .Concat(command.Options.Select(o => o.Name)).Append(JsonName).Append("--help").ToList();
        return parsed.UnmatchedTokens.Distinct().Select(token =>
            $"'{token}' is not known to '{Name(parsed)}'" + (NearestName.Of(token, known) is { } near ? $", did you mean '{near}'?" : ""));
    }

    private static string Name(ParseResult parsed)
    {
        var names = new List<string>();
        for (Symbol? command = parsed.CommandResult.Command; command is not null; command = command.Parents.OfType<Command>().FirstOrDefault())
        {
            names.Insert(0, command is RootCommand ? "hwseed" : command.Name);
        }

        return string.Join(' ', names);
    }
}
