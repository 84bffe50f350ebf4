using System.Text;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Verilog.Binding.Names;

/// <summary>Gives legal names that are not taken yet.</summary>
internal sealed class Namer
{
    private readonly HashSet<string> _taken = [];
    private readonly Dictionary<string, int> _last = [];

    /// <summary>The name nearest to a wanted one.</summary>
    public string Fresh(string wanted)
    {
        var legal = Legal(wanted);
        if (_taken.Add(legal))
        {
            return legal;
        }

        for (var i = _last.GetValueOrDefault(legal, 1) + 1; ; i++)
        {
            var numbered = $"{legal}__{i}";
            if (_taken.Add(numbered))
            {
                _last[legal] = i;
                return numbered;
            }
        }
    }

    /// <summary>A name with letters, digits and underscores only, that is no keyword.</summary>
    public static string Legal(string wanted)
    {
        var legal = new StringBuilder(wanted.Length);
        foreach (var c in wanted.Replace("].", "_", StringComparison.Ordinal))
        {
            if (c != ']')
            {
                legal.Append(char.IsAsciiLetterOrDigit(c) || c == '_' ? c : '_');
            }
        }

        if (legal.Length == 0 || char.IsAsciiDigit(legal[0]))
        {
            legal.Insert(0, '_');
        }

        var name = legal.ToString();
        return VerilogKeywords.Contains(name) || VerilogWriter.IsReserved(name) ? $"{name}_" : name;
    }
}
