using System.Numerics;
using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog.Binding;
using HwSeed.Sim.Coverage;

namespace HwSeed.Agent.Simulations;

/// <summary>
/// The names of values in a design that was read: those of enumerations, and for a state machine the parameters of its
/// module that have the width of the state and, alone among them, its value.
/// </summary>
public sealed class StateNames
{
    private readonly Dictionary<(string Module, string Signal), Dictionary<BigInteger, string>> _names = [];

    /// <summary>The names of a design.</summary>
    /// <param name="design">The design.</param>
    /// <param name="constants">The parameters of its modules.</param>
    public StateNames(VerilogDesign design, IEnumerable<SizedConstant> constants)
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

        var byModule = constants.ToLookup(c => c.Module);
        var sources = design.Signals.GroupBy(s => s.Module).ToDictionary(g => g.Key, g => g.First().SourceModule);
        foreach (var module in design.Design.ModulesBottomUp())
        {
            var own = byModule[sources.GetValueOrDefault(module.Name, module.Name)].ToList();
            foreach (var machine in own.Count == 0 ? [] : StateMachine.Of(module))
            {
                var width = module.Registers.First(r => r.Name == machine.Register).Width;
                var names = own.Where(c => c.Value.Width == width && machine.States.Contains(c.Value.Unsigned))
                    .GroupBy(c => c.Value.Unsigned).Where(g => g.Count() == 1).ToDictionary(g => g.Key, g => g.First().Name);
                // A state that is an output has the port as a second name.
                foreach (var signal in module.Outputs.Where(o => o.Value is Reference r && r.Name == machine.Register).Select(o => o.Port).Append(machine.Register))
                {
                    _names.TryAdd((module.Name, signal), names);
                }
            }
        }
    }

    /// <summary>The name of a value of a module's signal; null when it has none.</summary>
    public string? Of(string module, string signal, BigInteger value) => _names.GetValueOrDefault((module, signal))?.GetValueOrDefault(value);
}
