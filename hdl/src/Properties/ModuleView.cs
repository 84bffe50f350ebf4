using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Properties;

/// <summary>
/// Other views of a module for a property: inner signals shown as outputs, and parts left out so that what they drive becomes
/// an input, which may then do anything. A module that is viewed keeps its name; its own ports stay as they are.
/// </summary>
internal static class ModuleView
{
    private const string ShownPrefix = "show_";

    /// <summary>The output that shows a signal.</summary>
    public static string Shown(string signal) => ShownPrefix + signal;

    /// <summary>The module with inner signals as outputs named by <see cref="Shown"/>.</summary>
    public static Module Show(Module module, params ReadOnlySpan<string> signals)
    {
        foreach (var signal in signals)
        {
            var width = WidthOf(module, signal);
            module = module with
            {
                Ports = [.. module.Ports, new Port(Shown(signal), PortDirection.Output, width)],
                Outputs = [.. module.Outputs, new OutputDriver(Shown(signal), new Reference(signal, width))],
            };
        }

        return module;
    }

    /// <summary>The module without a register, which becomes an input of the same name.</summary>
    public static Module FreeRegister(Module module, string register) =>
        module.Registers.Any(r => r.Name == register)
            ? module with
            {
                Ports = [.. module.Ports, new Port(register, PortDirection.Input, WidthOf(module, register))],
                Registers = module.Registers.Where(r => r.Name != register).ToEquatableArray(),
            }
            : throw new ArgumentException($"module '{module.Name}' has no register '{register}'");

    /// <summary>The module without an instance, whose outputs become inputs of the same names.</summary>
    public static Module FreeInstance(Module module, string instance)
    {
        var part = module.Instances.SingleOrDefault(i => i.Name == instance)
            ?? throw new ArgumentException($"module '{module.Name}' has no instance '{instance}'");
        return module with
        {
            Ports =
            [
                .. module.Ports,
                .. part.Outputs.Select(o => new Port(o.Signal, PortDirection.Input, part.Module.Ports.Single(p => p.Name == o.Port).Width)),
            ],
            Instances = module.Instances.Where(i => i.Name != instance).ToEquatableArray(),
        };
    }

    /// <summary>
    /// The module with a view of the modules of some instances; inputs that these gain become its own, and outputs too,
    /// named by <see cref="Through"/> and, for what is shown, by <see cref="Shown"/> of that.
    /// </summary>
    /// <param name="module">The parent.</param>
    /// <param name="part">Name of the module to be viewed.</param>
    /// <param name="view">The view.</param>
    public static Module Within(Module module, string part, Func<Module, Module> view)
    {
        var ports = module.Ports.ToList();
        var outputs = module.Outputs.ToList();
        var instances = new List<Instance>();
        foreach (var instance in module.Instances)
        {
            if (instance.Module.Name != part)
            {
                instances.Add(instance);
                continue;
            }

            var viewed = view(instance.Module);
            var gained = viewed.Ports.Where(p => instance.Module.Ports.All(old => old.Name != p.Name)).ToList();
            var (inputs, shown) = (new List<InputConnection>(), new List<OutputConnection>());
            foreach (var port in gained)
            {
                var isInput = port.Direction == PortDirection.Input;
                var signal = Through(instance.Name, isInput ? port.Name : port.Name[ShownPrefix.Length..]);
                ports.Add(new(isInput ? signal : Shown(signal), port.Direction, port.Width));
                if (isInput)
                {
                    inputs.Add(new(port.Name, new Reference(signal, port.Width)));
                }
                else
                {
                    shown.Add(new(port.Name, signal));
                    outputs.Add(new(Shown(signal), new Reference(signal, port.Width)));
                }
            }

            instances.Add(instance with
            {
                Module = viewed,
                Inputs = [.. instance.Inputs, .. inputs],
                Outputs = [.. instance.Outputs, .. shown],
            });
        }

        return module with { Ports = [.. ports], Outputs = [.. outputs], Instances = [.. instances] };
    }

    /// <summary>The name that a signal of an instance has in the parent's view.</summary>
    public static string Through(string instance, string signal) => $"{instance}__{signal}";

    private static int WidthOf(Module module, string signal) =>
        module.Ports.FirstOrDefault(p => p.Name == signal)?.Width
        ?? module.Wires.FirstOrDefault(w => w.Name == signal)?.Width
        ?? module.Registers.FirstOrDefault(r => r.Name == signal)?.Width
        ?? module.Instances.SelectMany(i => i.Outputs.Where(o => o.Signal == signal).Select(o => (int?)i.Module.Ports.Single(p => p.Name == o.Port).Width)).FirstOrDefault()
        ?? throw new ArgumentException($"module '{module.Name}' has no signal '{signal}'");
}
