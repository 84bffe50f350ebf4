using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Hdl.Rtl;

/// <summary>HW1012 to HW1015: every input of an instance is connected once, and nothing else.</summary>
internal static class InstanceRule
{
    public static IEnumerable<Diagnostic> Check(ModuleScope scope) => scope.Module.Instances.SelectMany(i => Check(scope, i));

    private static IEnumerable<Diagnostic> Check(ModuleScope scope, Instance instance)
    {
        string Place(string port) => scope.Place($"{instance.Name}.{port}");
        var module = instance.Module;
        var inputs = module.InputPorts.GroupBy(p => p.Name).ToDictionary(g => g.Key, g => g.First().Width);
        var outputs = module.OutputPorts.Select(p => p.Name).ToHashSet();
        var connected = new HashSet<string>();
        foreach (var input in instance.Inputs)
        {
            if (!inputs.TryGetValue(input.Port, out var width))
            {
                yield return RtlDiagnostics.NoSuchPort(Place(input.Port), module.Name, "input port");
            }
            else if (!connected.Add(input.Port))
            {
                yield return RtlDiagnostics.ConnectedTwice(Place(input.Port));
            }
            else if (input.Value.Width != width)
            {
                yield return RtlDiagnostics.InputWidth(Place(input.Port), width, input.Value.Width);
            }
        }

        foreach (var missing in inputs.Keys.Where(i => !connected.Contains(i)))
        {
            yield return RtlDiagnostics.InputMissing(Place(missing), module.Name);
        }

        foreach (var output in instance.Outputs)
        {
            if (!outputs.Contains(output.Port))
            {
                yield return RtlDiagnostics.NoSuchPort(Place(output.Port), module.Name, "output port");
            }
            else if (!connected.Add(output.Port))
            {
                yield return RtlDiagnostics.ConnectedTwice(Place(output.Port));
            }
        }
    }
}
