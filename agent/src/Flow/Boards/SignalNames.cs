using System.Text.RegularExpressions;
using HwSeed.Hdl.Netlists;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Agent.Flow.Boards;

/// <summary>From the names in a routed netlist to the signals of the design.</summary>
internal sealed partial class SignalNames
{
    private readonly Design _design;
    private readonly Netlist _netlist;
    private readonly Dictionary<string, string> _texts;

    /// <param name="design">The design.</param>
    /// <param name="verilog">Its Verilog, as synthesis got it.</param>
    public SignalNames(Design design, string verilog)
    {
        (_design, _netlist) = (design, Netlist.Elaborate(design).OrThrow());
        _texts = ModuleText().Matches(verilog).ToDictionary(m => m.Groups["name"].Value, m => m.Value);
    }

    /// <summary>The signal, and whether the design has it. What stands for a part of an expression in the emitted text
    /// (<c>_t0</c>) is the signal whose value is made of it.</summary>
    public (string Signal, bool Known) Of(string path)
    {
        var name = path.Split('[')[0];
        if (Hoisted().Match(name) is { Success: true } hoisted && ModuleAt(hoisted.Groups["path"].Value) is { } module
            && Regex.Match(_texts.GetValueOrDefault(module.Name, ""),
                $@"\b{hoisted.Groups["name"].Value} = [^;]*;\s*(wire [^;]*;\s*)*(always @[^\n]*\s*(if \([^\n]*\)\s*)?|assign )(?<target>\w+) <?=") is { Success: true } made)
        {
            path = hoisted.Groups["path"].Value.Length == 0 ? made.Groups["target"].Value : $"{hoisted.Groups["path"].Value}.{made.Groups["target"].Value}";
            name = path;
        }

        return (path, _netlist.TryFind(name, out _));
    }

    private Module? ModuleAt(string path) => path.Length == 0 ? _design.Top
        : path.Split('.').Aggregate((Module?)_design.Top, (module, instance) => module?.Instances.FirstOrDefault(i => i.Name == instance)?.Module);

    [GeneratedRegex(@"^module (?<name>\w+)\b.*?^endmodule", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex ModuleText();

    [GeneratedRegex(@"^((?<path>.*)\.)?(?<name>_t\d+)$")]
    private static partial Regex Hoisted();
}
