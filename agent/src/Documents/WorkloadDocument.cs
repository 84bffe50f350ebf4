using System.Text;
using HwSeed.Hdl;
using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Mapper.Workloads;

namespace HwSeed.Agent.Documents;

/// <summary>Matrix products and layers that become such, written by a person: <c>schema: hwseed/workload/v1</c>.</summary>
public static class WorkloadDocument
{
    /// <summary>Largest M, N or K of one product; command streams count in far smaller blocks.</summary>
    internal const int LargestDimension = 1 << 20;

    /// <summary>Reads a file.</summary>
    /// <param name="path">Path of the YAML file.</param>
    public static Checked<Workload> Read(string path) =>
        DocumentHead.Read(YamlText.FromFile(path), DocumentHead.Workload, Body);

    /// <summary>Reads text that is not in a file.</summary>
    /// <param name="text">The YAML.</param>
    /// <param name="file">Name for messages.</param>
    public static Checked<Workload> ReadText(string text, string file) =>
        DocumentHead.Read(YamlText.FromText(text, file), DocumentHead.Workload, Body);

    /// <summary>The workload as a document; reading it gives the same workload.</summary>
    /// <param name="workload">Products, at least one.</param>
    public static string Write(Workload workload)
    {
        var text = new StringBuilder()
            .Append($"schema: {DocumentHead.Workload}\n")
            .Append($"name: {YamlWords.Quote(workload.Name)}\n")
            .Append($"tokens_per_pass: {workload.TokensPerPass}\n");
        var isFirst = new Dictionary<string, bool>();
        foreach (var gemm in workload.Gemms.OrderBy(g => g.Convolution is not null))
        {
            var (name, shape, repeats) = gemm;
            var key = gemm.Convolution is null ? "gemms" : "convs";
            text.Append(isFirst.TryAdd(key, true) ? $"{key}:\n" : "");
            text.Append(gemm.Convolution is { } conv
                ? LayerDocument.Write(name, conv, repeats / conv.Groups)
                : $"  - {{name: {YamlWords.Quote(name)}, m: {shape.M}, k: {shape.K}, n: {shape.N}, repeats: {repeats}}}\n");
        }

        return text.ToString();
    }

    /// <summary>The keys <c>tokens_per_pass</c> and <c>gemms</c>, which goals hold too.</summary>
    internal static Workload Gemms(YamlFields fields, string name)
    {
        var tokens = fields.Integer("tokens_per_pass", least: 1, most: LargestDimension);
        return new(name, Products(fields, required: true).ToEquatableArray(), tokens);
    }

    internal static Workload Body(YamlFields fields)
    {
        var name = fields.Text("name", DocumentHead.NameOf(fields.Problems.Spans.File));
        var tokens = fields.Integer("tokens_per_pass", least: 1, most: LargestDimension);
        var layers = new[] { "gemvs", "convs", "transformer_blocks" };
        return new(name, [.. Products(fields, required: !layers.Any(fields.Has)), .. LayerDocument.Read(fields)], tokens);
    }

    private static List<WorkloadGemm> Products(YamlFields fields, bool required)
    {
        var gemms = new List<WorkloadGemm>();
        foreach (var item in fields.Maps("gemms", required))
        {
            var label = item.Text("name", $"gemm{gemms.Count}");
            var shape = new GemmShape(Size(item, "m"), Size(item, "k"), Size(item, "n"));
            gemms.Add(new(label, shape, item.Integer("repeats", otherwise: 1, least: 1, most: LargestDimension)));
            item.End();
        }

        return gemms;
    }

    internal static int Size(YamlFields item, string key) => item.Integer(key, least: 1, most: LargestDimension);
}
