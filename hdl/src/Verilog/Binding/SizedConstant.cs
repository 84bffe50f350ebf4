using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog.Binding.Expressions;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Binding;

/// <summary>A parameter of a module whose value is written as a number with a size: <c>localparam IDLE = 2'd0</c>.</summary>
/// <param name="Module">The module's name in the source.</param>
/// <param name="Name">The parameter.</param>
/// <param name="Value">Its value, with the size that is written.</param>
public sealed record SizedConstant(string Module, string Name, BitVector Value)
{
    /// <summary>Those of a file, in the order of the source. They name states where there is no enumeration.</summary>
    public static IReadOnlyList<SizedConstant> In(SourceUnitSyntax unit) =>
    [
        .. from module in unit.Items.OfType<ModuleSyntax>()
           from parameter in module.Parameters.Concat(module.Items).OfType<ParameterDeclarationSyntax>()
           from declared in parameter.Declarators
           where declared.Value is NumberSyntax
           let literal = Literal.Parse(((NumberSyntax)declared.Value!).Text)
           where literal is { IsSized: true, Unknown.IsZero: true, HighImpedance.IsZero: true }
           select new SizedConstant(module.Name, declared.Name, new(literal.Value, literal.Width)),
    ];
}
