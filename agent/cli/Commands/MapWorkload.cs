using HwSeed.Agent.Documents;
using HwSeed.Cli.Screens;
using HwSeed.Mapper.Costs;
using HwSeed.Mapper.Searches;
using Spectre.Console;

namespace HwSeed.Cli.Commands;

/// <summary><c>hwseed map --workload</c>: what a whole workload costs on an engine, convolutions in both lowerings.</summary>
internal static class MapWorkload
{
    public static int Run(string path, string file, Screen screen)
    {
        var document = screen.Need(Words.ReadArchitecture(path));
        var engine = document.Architecture;
        var workload = screen.Need(WorkloadDocument.Read(file));
        var layers = workload.Gemms.Select(g => MappedLayer.Of(g, engine)).ToList();
        var table = Show.Table(
            Show.Escape($"{workload.Name} on {engine.Name}"), ("layer", false), ("product", false), ("times", true), ("cycles", true),
            ("beats of A", true), ("of B", true), ("results", true), ("PEs busy", true));
        foreach (var layer in layers)
        {
            Row(table, layer.Layer.Name, $"{layer.Layer.Shape}", layer, layer.Product.Best?.Cost, !layer.IsDirect);
            if (layer.Direct is { } direct)
            {
                Row(table, "", "direct", layer, direct.Cost, layer.IsDirect);
            }
        }

        // A layer that does not run at all ends the command as a single product does.
        if (layers.FirstOrDefault(l => l.Cost is null) is { } none)
        {
            throw Words.DoesNotRun(document, none.Layer.Shape, none.Product.Reason!.Reason);
        }

        var cycles = layers.Sum(l => l.Layer.Repeats * l.Cost!.Cycles);
        screen.Show(table);
        screen.Line(
            $"[bold]{Show.Number(cycles)}[/] cycles a pass with the faster lowering of each layer, {Show.Number(workload.Macs)} multiply-accumulates,"
            + $" {Show.Share((double)workload.Macs / ((double)cycles * engine.MacsPerCycle))} of the PE cycles do work");
        screen.Result(new
        {
            Architecture = engine.Name,
            Workload = workload.Name,
            Cycles = cycles,
            workload.Macs,
            workload.TokensPerPass,
            Layers = layers.Select(l => new
            {
                l.Layer.Name,
                Gemm = $"{l.Layer.Shape}",
                l.Layer.Repeats,
                Convolution = l.Layer.Convolution is null ? null : $"{l.Layer.Convolution}",
                Product = l.Product.Best?.Cost,
                Direct = l.Direct?.Cost,
                WhyNotDirect = l.Direct?.Reason?.Reason,
                Chosen = l.Layer.Convolution is null ? "gemm" : l.IsDirect ? "conv_direct" : "conv_im2col",
            }).ToArray(),
        });
        return ExitCode.Done;
    }

    private static void Row(Table table, string name, string product, MappedLayer layer, Cost? cost, bool isChosen)
    {
        string Times(long? one) => one is { } value ? Show.Number(layer.Layer.Repeats * value) : "-";
        var style = isChosen ? Style.Plain : new Style(Color.Grey);
        table.AddRow(new[]
        {
            name, product, $"{layer.Layer.Repeats}", Times(cost?.Cycles), Times(cost?.ActivationBeats), Times(cost?.WeightBeats),
            Times(cost?.ResultBeats), cost is null ? "does not fit" : Show.Share(cost.Utilisation),
        }.Select(text => new Text(text, style)));
    }
}
