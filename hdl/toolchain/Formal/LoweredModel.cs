using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using HwSeed.Hdl;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Toolchain;

/// <summary>An AIGER file that Yosys wrote, as far as questions about its outputs and answers about its inputs need it.</summary>
internal sealed partial class LoweredModel
{
    private readonly IReadOnlyList<string> _literals;
    private readonly Dictionary<string, int> _outputs = [];

    /// <summary>Reads the header, the outputs and the symbols of a binary AIGER file.</summary>
    public LoweredModel(byte[] aiger)
    {
        var lines = Lines(aiger).GetEnumerator();
        lines.MoveNext();
        var header = lines.Current.Split(' ');
        var (latches, outputs) = (Number(header[3]), Number(header[4]));
        IsCombinational = latches == 0;
        for (var i = 0; i < latches; i++)
        {
            lines.MoveNext();
        }

        var literals = new List<string>();
        for (var i = 0; i < outputs; i++)
        {
            lines.MoveNext();
            literals.Add(lines.Current);
        }

        _literals = literals;
        foreach (Match line in OutputSymbol().Matches(Encoding.Latin1.GetString(aiger)))
        {
            _outputs[line.Groups["name"].Value] = Number(line.Groups["at"].Value);
        }
    }

    /// <summary>Whether it has no state.</summary>
    public bool IsCombinational { get; }

    /// <summary>The number of an output of one bit; throws for one that the design does not have.</summary>
    public int NumberOf(string output) => _outputs[output];

    /// <summary>The value of an output that is constant; null for one that is not.</summary>
    public bool? ConstantOf(string output) => _literals[NumberOf(output)] switch { "0" => false, "1" => true, _ => null };

    /// <summary>The inputs of a counterexample that ABC wrote with <c>write_cex -f</c>.</summary>
    public static InputTrace Trace(string text, Module top)
    {
        var ports = top.InputPorts.ToEquatableArray();
        var bits = new Dictionary<(int Cycle, string Name), bool>();
        var cycles = 0;
        foreach (Match match in TraceBit().Matches(text))
        {
            var cycle = Number(match.Groups["cycle"].Value);
            cycles = Math.Max(cycles, cycle + 1);
            bits[(cycle, match.Groups["name"].Value)] = match.Groups["value"].Value == "1";
        }

        return new(ports, Enumerable.Range(0, cycles).Select(cycle => ports.Select(p => Value(cycle, p)).ToEquatableArray()).ToEquatableArray());

        BitVector Value(int cycle, Port port)
        {
            var value = System.Numerics.BigInteger.Zero;
            for (var bit = 0; bit < port.Width; bit++)
            {
                var name = port.Width == 1 ? port.Name : Invariant($"{port.Name}[{bit}]");
                value |= (bits.GetValueOrDefault((cycle, name)) ? System.Numerics.BigInteger.One : 0) << bit;
            }

            return new(value, port.Width);
        }
    }

    private static IEnumerable<string> Lines(byte[] bytes)
    {
        var from = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == '\n')
            {
                yield return Encoding.ASCII.GetString(bytes, from, i - from);
                from = i + 1;
            }
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^o(?<at>\d+) (?<name>\S+)$", RegexOptions.Multiline)]
    private static partial Regex OutputSymbol();

    [GeneratedRegex(@"(?<name>[^\s@]+)@(?<cycle>\d+)=(?<value>[01])")]
    private static partial Regex TraceBit();
}
