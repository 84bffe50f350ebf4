using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Agent.Documents;

/// <summary>The kinds of document and the part that they share: the <c>schema:</c> line.</summary>
internal static class DocumentHead
{
    public const string Architecture = "hwseed/architecture/v1";
    public const string Goal = "hwseed/goal/v1";
    public const string Lint = "hwseed/lint/v1";
    public const string Workload = "hwseed/workload/v1";

    private static readonly string[] Kinds = [Architecture, Goal, Lint, Workload];

    /// <summary>Reads text as one kind of document; the body's value counts only when nothing was wrong.</summary>
    public static Checked<T> Read<T>(Checked<YamlText> source, string schema, Func<YamlFields, T> body)
        where T : class => source.Then(text => YamlReader.Read(text).Then(map =>
    {
        var problems = new YamlProblems(text.File);
        var fields = new YamlFields(map, "", problems);
        if (!Matches(fields, schema))
        {
            // Keys of another kind would all be reported as unknown: one finding says it better.
            return Checked.Fail<T>(problems.Found);
        }

        var value = body(fields);
        fields.End();
        return problems.HasErrors ? Checked.Fail<T>(problems.Found) : Checked.Ok(value, problems.Found);
    }));

    /// <summary>The name for a document that gives none: its file name without extensions.</summary>
    public static string NameOf(string file) =>
        Path.GetFileName(file).Split('.')[0] is { Length: > 0 } stem ? stem : "unnamed";

    private static bool Matches(YamlFields fields, string schema)
    {
        if (!fields.Has("schema"))
        {
            fields.Problems.Add(AgentDiagnostics.WrongSchema(schema, null, null, SourceSpan.OfFile(fields.Problems.Spans.File)));
            return false;
        }

        var found = fields.Text("schema");
        if (found != schema && !fields.Problems.HasErrors)
        {
            var near = Kinds.Contains(found) || NearestName.Of(found, [schema]) is null ? null : schema;
            fields.Problems.Add(AgentDiagnostics.WrongSchema(
                schema, YamlText.Shorten(found), near, fields.Problems.Spans.Of("schema")));
        }

        return found == schema;
    }
}
