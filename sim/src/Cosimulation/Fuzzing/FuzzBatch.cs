using System.Text;
using HwSeed.Hdl;
using HwSeed.Hdl.Verilog.Binding;

namespace HwSeed.Sim.Cosimulation.Fuzzing;

/// <summary>
/// Random modules side by side in one top module, so that one build of a simulator serves many. A module's ports there
/// begin with its prefix, which is how a difference tells its module; its inputs are those that it would have alone.
/// </summary>
/// <param name="Modules">The modules.</param>
/// <param name="Text">All of their text, and the top module.</param>
/// <param name="TheirText">The same for other simulators.</param>
/// <param name="Top">The top module.</param>
internal sealed record FuzzBatch(IReadOnlyList<FuzzModule> Modules, string Text, string TheirText, CosimTop Top)
{
    private const string TopName = "fuzz_top";
    private const string Clock = "clk";

    /// <summary>The batch of modules that were read.</summary>
    public static FuzzBatch Of(IReadOnlyList<(FuzzModule Module, EquatableArray<SourcePort> Ports)> modules)
    {
        var (ports, declarations, instances) = (new List<CosimPort> { new(Clock, CosimDirection.Input, 1, 1, [Clock]) }, new StringBuilder($"    input {Clock}"), new StringBuilder());
        foreach (var (module, inner) in modules)
        {
            var connections = new List<string>();
            foreach (var port in inner)
            {
                if (port.Name == Clock)
                {
                    connections.Add($".{Clock}({Clock})");
                    continue;
                }

                var name = $"{module.Prefix}_{port.Name}";
                ports.Add(new(name, port.Direction == "input" ? CosimDirection.Input : CosimDirection.Output, port.Width, 1, [name])
                {
                    Stream = $"m{module.Seed}.{port.Name}",
                });
                declarations.Append($",\n    {port.Direction} [{port.Width - 1}:0] {name}");
                connections.Add($".{port.Name}({name})");
            }

            instances.Append($"    {module.Prefix} u_{module.Prefix} ({string.Join(", ", connections)});\n");
        }

        var top = $"module {TopName} (\n{declarations}\n);\n{instances}endmodule\n";
        return new(
            [.. modules.Select(m => m.Module)], string.Concat(modules.Select(m => m.Module.Text + "\n")) + top,
            string.Concat(modules.Select(m => (m.Module.Theirs?.Invoke(m.Module.Text) ?? m.Module.Text) + "\n")) + top, new(TopName, ports.ToEquatableArray(), [Clock], []));
    }

    /// <summary>The module to which a port belongs.</summary>
    public FuzzModule ModuleOf(string port) => Modules.First(m => port.StartsWith($"{m.Prefix}_", StringComparison.Ordinal));
}
