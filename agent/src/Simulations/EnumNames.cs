using System.Numerics;
using HwSeed.Hdl.Verilog.Binding;

namespace HwSeed.Agent.Simulations;

/// <summary>The names of the values of enumerations in a design that was read.</summary>
public sealed class EnumNames
{
    private readonly Dictionary<(string Module, string Signal), Dictionary<BigInteger, string>> _names = [];

    /// <summary>The names of a design.</summary>
    public EnumNames(VerilogDesign design)
    {
        foreach (var signal in design.Signals.Where(s => s.Enum.Count > 0))
        {
            var values = new Dictionary<BigInteger, string>();
            foreach (var name in signal.Enum)
            {
                values.TryAdd(name.Value.Unsigned, name.Name);
            }

            foreach (var name in signal.Names)
            {
                _names[(signal.Module, name)] = values;
            }
        }
    }

    /// <summary>The name of a value of a module's signal; null when it has none.</summary>
    public string? Of(string module, string signal, BigInteger value) => _names.GetValueOrDefault((module, signal))?.GetValueOrDefault(value);
}
