using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;
using HwSeed.Hdl;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Sim.Coverage;

/// <summary>Coverage as a JSON document, for tools and for adding up runs.</summary>
public static class CoverageFile
{
    private const string Schema = "hwseed/coverage/v1";

    private static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>The document of a report.</summary>
    public static string Write(CoverageReport report) => JsonSerializer.Serialize(
        new Document(
            Schema, report.Top, report.Runs, report.Cycles,
            [.. report.Toggles.Select(t => new Toggle(t.Path, t.Width, Hex(t.Rose.Unsigned), Hex(t.Fell.Unsigned)))],
            [.. report.Statements.Select(s => new Statement(s.File, s.Line, s.Column, s.Hits))],
            [.. report.StateMachines.Select(m => new Machine(
                m.Register,
                [.. m.States.Select(s => new State((uint)s.Value, s.Name, s.Visits))],
                [.. m.Transitions.Select(t => new Transition((uint)t.From, (uint)t.To, t.Count, t.Expected))]))]),
        s_options) + "\n";

    /// <summary>Reads a document. HW1062: it is none.</summary>
    /// <param name="json">The text.</param>
    /// <param name="file">Its path, for diagnostics.</param>
    public static Checked<CoverageReport> Read(string json, string file)
    {
        try
        {
            var document = JsonSerializer.Deserialize<Document>(json, s_options)
                ?? throw new JsonException("the document is null");
            return document.Schema == Schema
                ? Checked.Ok(new CoverageReport(
                    document.Top, document.Runs, document.Cycles,
                    document.Toggles.Select(t => new ToggleCover(t.Signal, Bits(t.Rose, t.Width), Bits(t.Fell, t.Width))).ToEquatableArray(),
                    document.Statements.Select(s => new StatementCover(s.File, s.Line, s.Column, s.Hits)).ToEquatableArray(),
                    document.StateMachines.Select(m => new StateMachineCover(
                        m.Register,
                        m.States.Select(s => new StateCover(s.Value, s.Name, s.Visits)).ToEquatableArray(),
                        m.Transitions.Select(t => new TransitionCover(t.From, t.To, t.Count, t.Expected)).ToEquatableArray()))
                        .ToEquatableArray()))
                : throw new JsonException($"its schema is not {Schema}");
        }
        catch (Exception fault) when (fault is JsonException or FormatException or ArgumentException)
        {
            return Checked.Fail<CoverageReport>(CoverageDiagnostics.NotCoverage(file, Reason(fault)));
        }
    }

    // The serialiser's own words name our types; the place is what helps.
    private static string Reason(Exception fault) => fault switch
    {
        JsonException { LineNumber: { } line } json => $"line {line + 1}, at '{json.Path ?? "$"}', is not what stands there in one",
        JsonException => fault.Message,
        _ => "a number in it is out of range",
    };

    private static string Hex(BigInteger value) => value.ToString("x", CultureInfo.InvariantCulture).TrimStart('0');

    // A leading zero keeps the value positive; of no digits it makes zero.
    private static BitVector Bits(string hex, int width) =>
        new(BigInteger.Parse("0" + hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture), width);

    private sealed record Document(
        string Schema, string Top, int Runs, long Cycles,
        IReadOnlyList<Toggle> Toggles, IReadOnlyList<Statement> Statements, IReadOnlyList<Machine> StateMachines);

    private sealed record Toggle(string Signal, int Width, string Rose, string Fell);

    private sealed record Statement(string File, int Line, int Column, long Hits);

    private sealed record Machine(string Register, IReadOnlyList<State> States, IReadOnlyList<Transition> Transitions);

    private sealed record State(uint Value, string? Name, long Visits);

    private sealed record Transition(uint From, uint To, long Count, bool Expected);
}
