using System.Globalization;
using System.Numerics;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Sim.Stimulus;

/// <summary>Reads a stimulus table and says at which cell it is wrong.</summary>
internal sealed class StimulusTableReader
{
    private const int MostErrors = 20;
    private const string Repeat = "repeat";

    private readonly string _file;
    private readonly Simulator _simulator;
    private readonly string? _clock;
    private readonly List<StimulusTable.Column> _columns = [];

    // For each place of a row its column; -1 for repeat.
    private readonly List<int> _places = [];

    public StimulusTableReader(string text, string file, Simulator simulator, string? clock)
    {
        (_file, _simulator, _clock) = (file, simulator, clock);
        Lines = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n');
    }

    public string[] Lines { get; }

    public List<Diagnostic> Diagnostics { get; } = [];

    public (IReadOnlyList<StimulusTable.Column> Columns, IReadOnlyList<StimulusTable.Row> Rows)? Read()
    {
        var rows = new List<StimulusTable.Row>();
        var hasHeader = false;
        for (var line = 0; line < Lines.Length && Diagnostics.Count < MostErrors; line++)
        {
            if (Lines[line].AsSpan().Trim() is [] or ['#', ..])
            {
                continue;
            }

            if (hasHeader)
            {
                ReadRow(line, rows);
                continue;
            }

            hasHeader = true;
            foreach (var (from, length) in Cells(Lines[line]))
            {
                ReadColumn(Lines[line].Substring(from, length), Span(line, from, length));
            }

            if (Diagnostics.Count > 0)
            {
                return null;
            }
        }

        if (!hasHeader)
        {
            Diagnostics.Add(StimulusDiagnostics.NoHeader(_file));
        }

        return Diagnostics.Count > 0 ? null : (_columns, rows);
    }

    private void ReadColumn(string text, SourceSpan span)
    {
        if (text == Repeat && !_places.Contains(-1))
        {
            _places.Add(-1);
            return;
        }

        var isCheck = text.StartsWith('>');
        var name = isCheck ? text[1..].Trim() : text;
        var ports = _simulator.Netlist.Design.Top.Ports;
        if (_columns.Exists(c => c.Signal == name && c.IsCheck == isCheck) || text == Repeat)
        {
            Diagnostics.Add(StimulusDiagnostics.ColumnTwice(text, span));
        }
        else if (isCheck && _simulator.Netlist.TryFind(name, out var net))
        {
            Add(net.Width, _columns.Count(c => c.IsCheck));
        }
        else if (!isCheck && name == _clock)
        {
            Diagnostics.Add(StimulusDiagnostics.ClockColumn(name, span));
        }
        else if (!isCheck && ports.FirstOrDefault(p => p.Name == name && p.Direction == PortDirection.Input) is { } input)
        {
            Add(input.Width, -1);
        }
        else
        {
            var known = ports.Where(p => p.Name != _clock && p.Direction == (isCheck ? PortDirection.Output : PortDirection.Input));
            Diagnostics.Add(StimulusDiagnostics.UnknownColumn(name, isCheck, known.Select(p => p.Name), span));
        }

        void Add(int width, int check)
        {
            _places.Add(_columns.Count);
            _columns.Add(new(name, width, check));
        }
    }

    private void ReadRow(int line, List<StimulusTable.Row> rows)
    {
        var (place, repeat) = (0, 1L);
        var cells = new List<StimulusTable.Cell>();
        foreach (var (from, length) in Cells(Lines[line]))
        {
            if (place == _places.Count)
            {
                if (length > 0)
                {
                    Diagnostics.Add(StimulusDiagnostics.TooManyCells(_places.Count, Span(line, from, length)));
                    return;
                }

                continue;
            }

            var column = _places[place++];
            var text = Lines[line].Substring(from, length);
            if (text is "" or "x" or "X")
            {
                continue;
            }

            if (column < 0)
            {
                if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out repeat) || repeat > int.MaxValue)
                {
                    Diagnostics.Add(StimulusDiagnostics.NotAValue(text, $"'{Repeat}' takes a number of cycles", Span(line, from, length)));
                }
            }
            else if (ReadValue(text, _columns[column], Span(line, from, length)) is { } value)
            {
                cells.Add(new(column, value, from, length));
            }
        }

        rows.Add(new(line + 1, repeat, cells, cells.Count(c => _columns[c.Column].IsCheck)));
    }

    private StimulusValue? ReadValue(string text, StimulusTable.Column column, SourceSpan span)
    {
        var (value, fault) = StimulusValue.Parse(text);
        if (fault is null && !column.IsCheck && !value.CaresForAll)
        {
            fault = "an input needs all its digits";
        }

        if (fault is not null)
        {
            Diagnostics.Add(StimulusDiagnostics.NotAValue(text, fault, span));
            return null;
        }

        if (value.Bits >= BigInteger.One << column.Width || value.Bits < -(BigInteger.One << (column.Width - 1)))
        {
            Diagnostics.Add(StimulusDiagnostics.TooWide(text, column.Signal, column.Width, span));
            return null;
        }

        return value;
    }

    // Where the cells of a line stand, without the blanks and quotes around them.
    private static IEnumerable<(int From, int Length)> Cells(string line)
    {
        for (var from = 0; from <= line.Length;)
        {
            var end = line.IndexOf(',', from) is var comma && comma < 0 ? line.Length : comma;
            var (first, last) = (from, end);
            while (first < last && (char.IsWhiteSpace(line[first]) || line[first] == '"'))
            {
                first++;
            }

            while (last > first && (char.IsWhiteSpace(line[last - 1]) || line[last - 1] == '"'))
            {
                last--;
            }

            yield return (first, last - first);
            from = end + 1;
        }
    }

    private SourceSpan Span(int line, int from, int length) => new(_file, line + 1, from + 1, Math.Max(1, length), Lines[line]);
}
