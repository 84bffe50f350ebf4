using System.Numerics;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Lint;

/// <summary>The values that an instance gives to the parameters of its module.</summary>
internal static class InstanceParameters
{
    /// <summary>Those that are known; one that is given and not known hides the default all the same.</summary>
    public static Dictionary<string, BigInteger> Of(
        InstantiationSyntax instantiation, ModuleSyntax target, Constants constants, LintScope scope)
    {
        var names = target.Parameters.Concat(target.Items).SelectMany(item => item switch
        {
            ParameterDeclarationSyntax { IsLocal: false } p => p.Declarators.Select(d => d.Name),
            TypeParameterSyntax { IsLocal: false } t => [t.Name],
            _ => [],
        }).ToList();
        var values = new Dictionary<string, BigInteger>(StringComparer.Ordinal);
        for (var i = 0; i < instantiation.Parameters.Count; i++)
        {
            var (name, value) = instantiation.Parameters[i] switch
            {
                NamedConnectionSyntax c => (c.Name, c.Value),
                PositionalConnectionSyntax c => (i < names.Count ? names[i] : null, c.Value),
                _ => (null, null),
            };
            if (name is not null && value is not null && constants.Value(value, scope) is { } known)
            {
                values[name] = known;
            }
        }

        return values;
    }
}
