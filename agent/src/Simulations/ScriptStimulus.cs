using System.Diagnostics;
using System.Numerics;
using HwSeed.Agent.Seeds;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Sim.Stimulus;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;
using Diagnostic = HwSeed.Hdl.Diagnostics.Diagnostic;

namespace HwSeed.Agent.Simulations;

/// <summary>
/// Stimulus as a C# script with the words of <see cref="ScriptBench"/>. It is the user's own program and runs with the
/// user's rights, within a time limit.
/// </summary>
public sealed class ScriptStimulus : IStimulus
{
    private readonly Script<object> _script;
    private readonly string _file;
    private readonly string[] _lines;

    private ScriptStimulus(Script<object> script, string file, string[] lines) => (_script, _file, _lines) = (script, file, lines);

    /// <summary>Decides what <see cref="ScriptBench.Random"/> gives.</summary>
    public Seed Seed { get; init; } = new(1);

    /// <summary>After this time the script is stopped.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Where <see cref="ScriptBench.Print"/> writes.</summary>
    public TextWriter Output { get; init; } = TextWriter.Null;

    /// <summary>Compiles a script. HW5501: it is not C#.</summary>
    /// <param name="text">The script.</param>
    /// <param name="file">Its path, for diagnostics.</param>
    /// <param name="seed">Decides its random numbers.</param>
    /// <param name="timeLimit">After this time it is stopped.</param>
    /// <param name="output">Where it prints.</param>
    public static Checked<ScriptStimulus> Compile(string text, string file, Seed seed, TimeSpan timeLimit, TextWriter output)
    {
        var options = ScriptOptions.Default
            .WithFilePath(file)
            .WithFileEncoding(System.Text.Encoding.UTF8)
            .WithEmitDebugInformation(true)
            .WithReferences(typeof(object).Assembly, typeof(BigInteger).Assembly, typeof(Enumerable).Assembly, typeof(List<>).Assembly)
            .WithImports("System", "System.Collections.Generic", "System.Linq", "System.Numerics");
        var script = CSharpScript.Create(text, options, typeof(ScriptBench));
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var errors = script.Compile().Where(d => d.Severity == DiagnosticSeverity.Error).Take(20).ToList();
        return errors.Count > 0
            ? Checked.Fail<ScriptStimulus>(errors.Select(e => ScriptDiagnostics.NotCSharp($"{e.Id}: {e.GetMessage(null)}", Span(e.Location))))
            : Checked.Ok(new ScriptStimulus(script, file, lines) { Seed = seed, TimeLimit = timeLimit, Output = output });

        SourceSpan Span(Location location)
        {
            var span = location.GetLineSpan().Span;
            var (line, column) = (span.Start.Line, span.Start.Character);
            var length = span.End.Line == line ? span.End.Character - column : 1;
            return new(file, line + 1, column + 1, Math.Max(1, length), line < lines.Length ? lines[line] : "");
        }
    }

    /// <inheritdoc/>
    public StimulusResult Run(TestBench bench, long? cycles, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeLimit);
        var words = new ScriptBench(bench, Seed, cycles ?? long.MaxValue, Output, Place, limit.Token);
        // A script that never steps cannot be stopped; its thread is left behind, and ends with the program.
        var run = Task.Factory.StartNew(
            () => _script.RunAsync(words, limit.Token).GetAwaiter().GetResult(),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var ended = Wait(run, limit.Token);
        cancellation.ThrowIfCancellationRequested();
        List<Diagnostic> diagnostics = ended ? [.. words.Diagnostics] : [];
        if (ended && words.Failed > diagnostics.Count)
        {
            diagnostics.Add(StimulusDiagnostics.MoreMismatches(words.Failed - diagnostics.Count));
        }

        if (Fault(run, ended, words) is { } fault)
        {
            diagnostics.Add(fault);
        }

        return new(words.Cycle, words.Checks, words.Failed, [.. diagnostics]);
    }

    private static bool Wait(Task run, CancellationToken limit)
    {
        try
        {
            run.Wait(limit);
            return true;
        }
        catch (AggregateException)
        {
            return true;
        }
        catch (OperationCanceledException)
        {
            // A step takes far less than this.
            return ((IAsyncResult)run).AsyncWaitHandle.WaitOne(TimeSpan.FromSeconds(1));
        }
    }

    private Diagnostic? Fault(Task run, bool ended, ScriptBench words) => !ended
        ? ScriptDiagnostics.OutOfTime(_file, TimeLimit, words.Cycle)
        : run.Exception?.GetBaseException() switch
        {
            null when !run.IsCanceled => null,
            ScriptEndException => null,
            null or OperationCanceledException => ScriptDiagnostics.OutOfTime(_file, TimeLimit, words.Cycle),
            InvalidInputException bad => bad.Diagnostics[0],
            ScriptFaultException fault => ScriptDiagnostics.Ended(fault.Message, Place(fault.Line)),
            { } exception => ScriptDiagnostics.Ended($"{exception.GetType().Name}: {exception.Message.Split('\n')[0]}", Place(LineOf(exception))),
        };

    // The innermost line of the script itself.
    private int LineOf(Exception exception) => new StackTrace(exception, fNeedFileInfo: true).GetFrames()
        .FirstOrDefault(f => f.GetFileName() is { } file && Path.GetFileName(file) == Path.GetFileName(_file))?.GetFileLineNumber() ?? 0;

    private SourceSpan Place(int line)
    {
        if (line < 1 || line > _lines.Length)
        {
            return SourceSpan.OfFile(_file);
        }

        var text = _lines[line - 1];
        var from = text.Length - text.TrimStart().Length;
        return new(_file, line, from + 1, Math.Max(1, text.TrimEnd().Length - from), text);
    }
}
