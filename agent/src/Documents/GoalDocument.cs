using HwSeed.Agent.Goals;
using HwSeed.Hdl;
using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Agent.Documents;

/// <summary>A goal written by a person: <c>schema: hwseed/goal/v1</c>. Paths in it are relative to the file.</summary>
public static class GoalDocument
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">Path of the YAML file.</param>
    public static Checked<Goal> Read(string path) =>
        DocumentHead.Read(YamlText.FromFile(path), DocumentHead.Goal, Body);

    /// <summary>Reads text that is not in a file; paths in it are relative to the folder of its name.</summary>
    /// <param name="text">The YAML.</param>
    /// <param name="file">Name for messages.</param>
    public static Checked<Goal> ReadText(string text, string file) =>
        DocumentHead.Read(YamlText.FromText(text, file), DocumentHead.Goal, Body);

    internal static Goal Body(YamlFields fields)
    {
        var name = fields.Text("name", DocumentHead.NameOf(fields.Problems.Spans.File));
        var workload = Workload(fields, name);
        var target = fields.Map("target");
        var word = target?.Word("device", [.. TargetDevice.All.Select(d => d.Name)]) ?? "";
        target?.End();
        var device = TargetDevice.Find(word) ?? TargetDevice.All[0];
        return new(
            name, workload, device, Objectives(fields), Limits(fields, word.Length > 0 ? device : null), Budget(fields),
            fields.Seed("seed"));
    }

    private static WorkloadSource Workload(YamlFields goal, string name)
    {
        var none = new ModelWorkload("", 1);
        if (goal.Map("workload") is not { } fields)
        {
            return none;
        }

        // Each source's keys are asked for only where it is chosen, so that 'batch' beside 'gemms' is reported.
        WorkloadSource source = (fields.Has("model"), fields.Has("file"), fields.Has("gemms")) switch
        {
            (true, false, false) => new ModelWorkload(
                Resolve(fields, fields.Text("model")),
                fields.Integer("batch", least: 1, most: WorkloadDocument.LargestDimension)),
            (false, true, false) => FromFile(fields),
            (false, false, true) => new ExplicitWorkload(WorkloadDocument.Gemms(fields, name)),
            _ => none,
        };
        if (source == none)
        {
            fields.Problems.Add(AgentDiagnostics.OneSource("workload", fields.Span));
            return none;
        }

        fields.End();
        return source;
    }

    private static ExplicitWorkload FromFile(YamlFields fields)
    {
        var read = WorkloadDocument.Read(Resolve(fields, fields.Text("file")));
        foreach (var diagnostic in read.Diagnostics)
        {
            fields.Problems.Add(diagnostic);
        }

        return new(read.Value ?? new("", [], 1));
    }

    private static EquatableArray<Objective> Objectives(YamlFields fields)
    {
        var objectives = new List<Objective>();
        foreach (var item in fields.Maps("objectives"))
        {
            var word = item.Word("metric", Metrics.Words);
            var metric = word.Length > 0 ? Metrics.Parse(word) : Metric.Luts;
            var usual = metric.UsualDirection() == Direction.Maximize ? "maximize" : "minimize";
            var direction = item.Word("direction", ["minimize", "maximize"], usual);
            item.End();
            if (word.Length > 0 && objectives.Any(o => o.Metric == metric))
            {
                item.Problems.Add(AgentDiagnostics.MetricTwice(word, item.Problems.Spans.Of(item.PathOf("metric"))));
            }

            objectives.Add(new(metric, direction == "maximize" ? Direction.Maximize : Direction.Minimize));
        }

        return objectives.ToEquatableArray();
    }

    // Without a known device the device's limits are not known either: another finding would mislead.
    private static Constraints Limits(YamlFields goal, TargetDevice? device)
    {
        var (luts, brams) = (device?.Luts ?? int.MaxValue, device?.Brams ?? int.MaxValue);
        if (goal.Map("constraints", required: false) is not { } fields)
        {
            return new(luts, brams, 0, null);
        }

        var constraints = new Constraints(
            fields.Integer("max_luts", otherwise: luts, least: 1, most: luts),
            fields.Integer("max_brams", otherwise: brams, least: 0, most: brams),
            fields.Real("min_fmax_mhz", otherwise: 0, most: 1000),
            fields.Word("operand_bits", ["any", "4", "8"], "any") switch { "4" => 4, "8" => 8, _ => null });
        fields.End();
        return constraints;
    }

    private static Budget Budget(YamlFields goal)
    {
        const int most = 1_000_000;
        if (goal.Map("budget") is not { } fields)
        {
            return new(1, 1, 0, 0, 0, 1);
        }

        var budget = new Budget(
            fields.Integer("generations", least: 1, most: most),
            fields.Integer("proposals_per_generation", least: 1, most: most),
            fields.Integer("simulate_per_generation", least: 0, most: most),
            fields.Integer("verify_per_generation", least: 0, most: most),
            fields.Integer("synthesise_per_generation", least: 0, most: most),
            fields.Real("wall_minutes", least: 0.1, most: 100_000));
        fields.End();
        return budget;
    }

    private static string Resolve(YamlFields fields, string path)
    {
        var folder = Path.GetDirectoryName(fields.Problems.Spans.File) ?? "";
        return path.Length == 0 ? path : Path.Combine(folder, path);
    }
}
