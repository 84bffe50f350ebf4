using System.Text.Json;
using HwSeed.Agent.Documents;
using HwSeed.Agent.Goals;
using HwSeed.Hdl.Architectures;

namespace HwSeed.Agent.Tests.Documents;

/// <summary>The JSON schemas, which editors use, say what the readers do: the same keys, required ones and words.</summary>
internal sealed class SchemaTests
{
    [Test]
    public void Architecture_schema_has_the_readers_keys() =>
        Compare("architecture", ["schema: hwseed/architecture/v1\narray: {}\nscratchpad: {}\noutput: {}\n"], ArchitectureDocument.Body);

    [Test]
    public void Workload_schema_has_the_readers_keys() =>
        Compare("workload", ["schema: hwseed/workload/v1\ngemms: [{}]\ngemvs: [{}]\nconvs: [{}]\ntransformer_blocks: [{}]\n"], WorkloadDocument.Body);

    [Test]
    public void Lint_schema_has_the_readers_keys() => Compare("lint", ["schema: hwseed/lint/v1\nrules: {}\n"], LintDocument.Body);

    [Test]
    public void Goal_schema_has_the_readers_keys()
    {
        const string rest = "target: {}\nobjectives: [{}]\nconstraints: {}\nbudget: {}\n";
        Compare(
            "goal",
            [
                $"schema: hwseed/goal/v1\nworkload: {{model: a}}\n{rest}",
                $"schema: hwseed/goal/v1\nworkload: {{file: a}}\n{rest}",
                $"schema: hwseed/goal/v1\nworkload: {{gemms: [{{}}]}}\n{rest}",
            ],
            GoalDocument.Body);
    }

    [Test]
    public void Schema_words_are_the_readers_words()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Words("goal", "metric"), Is.EqualTo(Metrics.Words));
            Assert.That(Words("goal", "device"), Is.EqualTo(TargetDevice.All.Select(d => d.Name)));
            Assert.That(Words("architecture", "dataflow"), Is.EqualTo(EnumWords<Dataflow>.All));
            Assert.That(Words("architecture", "multiplier"), Is.EqualTo(EnumWords<Multiplier>.All));
            Assert.That(Words("architecture", "interconnect"), Is.EqualTo(EnumWords<Interconnect>.All));
        });
    }

    private static void Compare<T>(string kind, string[] texts, Func<YamlFields, T> body)
        where T : class
    {
        // Every known key, and those reported missing where the maps around them are empty.
        var (known, missing) = (new HashSet<string>(), new HashSet<string>());
        foreach (var text in texts)
        {
            var read = DocumentHead.Read(YamlText.FromText(text, "t.yaml"), $"hwseed/{kind}/v1", fields =>
            {
                var value = body(fields);
                known.UnionWith(fields.Problems.KnownPaths.Select(Plain));
                return value;
            });
            missing.UnionWith(read.Diagnostics.Where(d => d.Code == "HW5008").Select(d => Plain(d.Message.Split('\'')[1])));
        }

        var (keys, required) = (new HashSet<string>(), new HashSet<string>());
        Collect(Schema(kind), "", keys, required);

        // Of a choice, the reader asks for the first.
        if (Schema(kind).TryGetProperty("anyOf", out var choice))
        {
            required.UnionWith(choice[0].GetProperty("required").EnumerateArray().Select(r => r.GetString()!));
        }

        Assert.That(keys, Is.EquivalentTo(known));
        // Those present in the texts are required too, and the workload's sources are a choice.
        string[] given = ["schema", "array", "scratchpad", "gemms", "workload", "target", "objectives", "budget"];
        Assert.That(required.Except(given), Is.EquivalentTo(missing.Where(m => !m.StartsWith("workload.", StringComparison.Ordinal) || m.Contains('['))));
    }

    private static void Collect(JsonElement schema, string prefix, HashSet<string> keys, HashSet<string> required)
    {
        if (schema.TryGetProperty("items", out var items))
        {
            Collect(items, prefix + "[].", keys, required);
            return;
        }

        if (!schema.TryGetProperty("properties", out var properties))
        {
            return;
        }

        Assert.That(schema.GetProperty("additionalProperties").GetBoolean(), Is.False, prefix);
        if (schema.TryGetProperty("required", out var names))
        {
            required.UnionWith(names.EnumerateArray().Select(n => prefix + n.GetString()));
        }

        foreach (var property in properties.EnumerateObject())
        {
            keys.Add(prefix + property.Name);
            Collect(property.Value, prefix + property.Name + (property.Value.TryGetProperty("items", out _) ? "" : "."), keys, required);
        }
    }

    private static IEnumerable<string?> Words(string kind, string key)
    {
        var text = Schema(kind).GetRawText();
        var at = text.IndexOf($"\"{key}\": {{ \"enum\": [", StringComparison.Ordinal);
        var start = text.IndexOf('[', at);
        return JsonSerializer.Deserialize<string[]>(text[start..(text.IndexOf(']', start) + 1)])!;
    }

    private static JsonElement Schema(string kind) =>
        JsonDocument.Parse(File.ReadAllText(Room.Path("docs", "schemas", $"{kind}.v1.json"))).RootElement;

    private static string Plain(string path) => path.Replace("[0]", "[]");
}
