using System.Globalization;
using System.Text;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Verilog;

/// <summary>
/// The wires that one module's text needs beyond its own: values that Verilog allows only by name (a slice of a sum) or
/// whose width depends on what stands around them (a product). Printed just before the statement that uses them.
/// </summary>
internal sealed class HoistedWires(Module module, StringBuilder text)
{
    private readonly HashSet<string> _taken = Names(module);
    private int _next;

    /// <summary>A name that no object of the module has.</summary>
    public string FreshName()
    {
        while (true)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"_t{_next++}");
            if (_taken.Add(name))
            {
                return name;
            }
        }
    }

    /// <summary>Declares a wire with a value and returns its name.</summary>
    public string Declare(int width, string value)
    {
        var name = FreshName();
        text.Append($"  wire {ModuleText.Range(width)}{name} = {value};\n");
        return name;
    }

    private static HashSet<string> Names(Module module) =>
    [
        .. module.Ports.Select(p => p.Name),
        .. module.Wires.Select(w => w.Name),
        .. module.Registers.Select(r => r.Name),
        .. module.Latches.Select(l => l.Name),
        .. module.Memories.Select(m => m.Name),
        .. module.Memories.SelectMany(m => m.Reads.Select(r => r.Name)),
        .. module.Instances.Select(i => i.Name),
        .. module.Instances.SelectMany(i => i.Outputs.Select(o => o.Signal)),
    ];
}
