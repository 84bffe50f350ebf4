using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Hdl.Rtl;

/// <summary>HW1008 to HW1011: every output port has one driver of its width.</summary>
internal static class OutputRule
{
    public static IEnumerable<Diagnostic> Check(ModuleScope scope)
    {
        var module = scope.Module;
        foreach (var port in module.OutputPorts)
        {
            var drivers = module.Outputs.Where(o => o.Port == port.Name).ToList();
            if (drivers.Count == 0)
            {
                yield return RtlDiagnostics.OutputNotDriven(scope.Place(port.Name));
            }
            else if (drivers.Count > 1)
            {
                yield return RtlDiagnostics.OutputDrivenTwice(scope.Place(port.Name));
            }

            foreach (var driver in drivers.Where(d => d.Value.Width != port.Width))
            {
                yield return RtlDiagnostics.OutputWidth(scope.Place(port.Name), port.Width, driver.Value.Width);
            }
        }

        var outputs = module.OutputPorts.Select(p => p.Name).ToHashSet();
        foreach (var driver in module.Outputs.Where(o => !outputs.Contains(o.Port)))
        {
            yield return RtlDiagnostics.NoSuchOutput(scope.Place(driver.Port));
        }
    }
}
