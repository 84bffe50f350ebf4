using System.Text.RegularExpressions;

namespace HwSeed.Toolchain;

/// <summary>Which module names may reach a command line or a file name.</summary>
internal static partial class VerilogNames
{
    /// <summary>Letters, digits and '_' only, not starting with a digit.</summary>
    public static bool IsPlainIdentifier(string name) => Plain().IsMatch(name);

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]{0,199}\z")]
    private static partial Regex Plain();
}
