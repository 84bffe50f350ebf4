using System.Globalization;

namespace HwSeed.Sim.Traces;

/// <summary>Writes a waveform as a Value Change Dump (IEEE 1364-2005, clause 18), signals in the scopes of their instances.</summary>
/// <param name="writer">Where to; disposed with this.</param>
public sealed class VcdWriter(TextWriter writer) : IWaveSink
{
    private IReadOnlyList<WaveSignal> _signals = [];
    private string[] _codes = [];
    private char[] _digits = [];
    private long _time = -1;
    private bool _dumping;

    /// <inheritdoc/>
    public void Begin(string top, IReadOnlyList<WaveSignal> signals)
    {
        _signals = signals;
        _codes = [.. Enumerable.Range(0, signals.Count).Select(Code)];
        _digits = new char[64 * signals.Select(s => s.Limbs).DefaultIfEmpty(1).Max()];
        writer.Write("$version HwSeed $end\n$timescale 1ns $end\n");
        WriteScope(WaveScope.Of(top, signals));
        writer.Write("$enddefinitions $end\n");
    }

    /// <inheritdoc/>
    public void Advance(long time)
    {
        if (_dumping)
        {
            writer.Write("$end\n");
        }

        _dumping = _time < 0;
        WriteTime(time);
        if (_dumping)
        {
            writer.Write("$dumpvars\n");
        }
    }

    /// <inheritdoc/>
    public void Change(int signal, ReadOnlySpan<ulong> value)
    {
        if (_signals[signal].Width == 1)
        {
            writer.Write(value[0] == 0 ? '0' : '1');
        }
        else
        {
            // Leading zeros are left out, as the standard allows; the value zero keeps one digit.
            var top = value.Length - 1;
            while (top > 0 && value[top] == 0)
            {
                top--;
            }

            value[top].TryFormat(_digits, out var length, "b", CultureInfo.InvariantCulture);
            for (top--; top >= 0; top--)
            {
                value[top].TryFormat(_digits.AsSpan(length), out var more, "b64", CultureInfo.InvariantCulture);
                length += more;
            }

            writer.Write('b');
            writer.Write(_digits.AsSpan(0, length));
            writer.Write(' ');
        }

        writer.Write(_codes[signal]);
        writer.Write('\n');
    }

    /// <inheritdoc/>
    public void End(long time)
    {
        if (_dumping)
        {
            writer.Write("$end\n");
        }

        WriteTime(Math.Max(time, 0));
    }

    /// <inheritdoc/>
    public void Dispose() => writer.Dispose();

    private void WriteTime(long time)
    {
        if (time == _time)
        {
            return;
        }

        _time = time;
        writer.Write('#');
        writer.Write(time.ToString(CultureInfo.InvariantCulture));
        writer.Write('\n');
    }

    private void WriteScope(WaveScope scope)
    {
        writer.Write($"$scope module {scope.Name} $end\n");
        foreach (var signal in scope.Signals)
        {
            var declared = _signals[signal];
            writer.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"$var {(declared.IsState ? "reg" : "wire")} {declared.Width} {_codes[signal]} {declared.Declaration} $end\n"));
        }

        scope.Children.ForEach(WriteScope);
        writer.Write("$upscope $end\n");
    }

    // Identifier codes are numbers in base 94, digits '!' to '~'.
    private static string Code(int number)
    {
        var code = "";
        do
        {
            code += (char)('!' + (number % 94));
            number /= 94;
        }
        while (number > 0);
        return code;
    }
}
