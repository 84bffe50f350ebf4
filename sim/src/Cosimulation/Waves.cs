using System.Numerics;
using System.Text;

namespace HwSeed.Sim.Cosimulation;

/// <summary>
/// Values of signals over time out of a Value Change Dump, read from front to back: what another simulator has inside.
/// Unknown bits are zero.
/// </summary>
internal sealed class Waves : IDisposable
{
    private readonly StreamReader _file;
    private readonly Dictionary<string, string> _codes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BigInteger> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string?> _byKey = new(StringComparer.Ordinal);
    private string? _ahead;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="root">Scopes around the top module, joined by dots: their names are left out.</param>
    public Waves(string path, string root)
    {
        _file = new(path);
        var scopes = new Stack<string>();
        while (_file.ReadLine() is { } line && !line.Contains("$enddefinitions", StringComparison.Ordinal))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            switch (words)
            {
                case ["$scope", _, var name, ..]:
                    scopes.Push(name);
                    break;
                case ["$upscope", ..]:
                    scopes.Pop();
                    break;
                case ["$var", _, _, var code, var name, ..]:
                    var signal = string.Join('.', scopes.Reverse().Append(name));
                    if (signal.StartsWith($"{root}.", StringComparison.Ordinal))
                    {
                        var inner = signal[(root.Length + 1)..];
                        _codes.TryAdd(inner, code);
                        // Two signals of one key: neither is found by it.
                        _byKey[Key(inner)] = _byKey.TryGetValue(Key(inner), out var other) && other != inner ? null : inner;
                    }

                    break;
            }
        }
    }

    /// <summary>The path of a signal here, when it is there; ours has <c>g_0_u.x</c> where the source has <c>g[0].u.x</c>.</summary>
    public string? PathOf(string path) => _codes.ContainsKey(path) ? path : _byKey.GetValueOrDefault(Key(path));

    /// <summary>A signal's value at the time that was reached.</summary>
    public BigInteger this[string path] => _values.GetValueOrDefault(_codes[path]);

    /// <summary>Goes on to a time.</summary>
    public void GoTo(long time)
    {
        while ((_ahead ?? _file.ReadLine()) is { } line)
        {
            _ahead = null;
            if (line.Length == 0)
            {
                continue;
            }

            switch (line[0])
            {
                case '#' when long.Parse(line.AsSpan(1), provider: null) > time:
                    _ahead = line;
                    return;
                case '0' or '1' or 'x' or 'z':
                    _values[line[1..]] = line[0] == '1' ? BigInteger.One : BigInteger.Zero;
                    break;
                case 'b':
                    var blank = line.IndexOf(' ', StringComparison.Ordinal);
                    _values[line[(blank + 1)..]] = BigInteger.Parse($"0{line.AsSpan(1, blank - 1)}".Replace('x', '0').Replace('z', '0'), System.Globalization.NumberStyles.AllowBinarySpecifier, null);
                    break;
            }
        }
    }

    private static string Key(string path)
    {
        var key = new StringBuilder();
        foreach (var c in path)
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                key.Append(c);
            }
            else if (key.Length > 0 && key[^1] != '_')
            {
                key.Append('_');
            }
        }

        return key.ToString().TrimEnd('_');
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
