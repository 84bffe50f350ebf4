using System.Numerics;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Sim.Stimulus;

/// <summary>
/// Stimulus as a table of comma-separated values: a header with input names and, after <c>&gt;</c>, signals that are
/// checked; then a row a cycle. sim/docs/stimulus.md has the form.
/// </summary>
public sealed class StimulusTable : IStimulus
{
    private readonly IReadOnlyList<Column> _columns;
    private readonly IReadOnlyList<Row> _rows;
    private readonly string _file;
    private readonly string[] _lines;

    private StimulusTable(string file, string[] lines, IReadOnlyList<Column> columns, IReadOnlyList<Row> rows) =>
        (_file, _lines, _columns, _rows) = (file, lines, columns, rows);

    /// <summary>Cycles of the table.</summary>
    public long Cycles => _rows.Sum(r => r.Repeat);

    /// <summary>Reads a table. HW1063..HW1066: it is not well formed, or does not fit the design.</summary>
    /// <param name="text">The table.</param>
    /// <param name="file">Its path, for diagnostics.</param>
    /// <param name="simulator">The design.</param>
    /// <param name="clock">The input that the run drives itself.</param>
    public static Checked<StimulusTable> Read(string text, string file, Simulator simulator, string? clock)
    {
        var reader = new StimulusTableReader(text, file, simulator, clock);
        return reader.Read() is var (columns, rows)
            ? Checked.Ok(new StimulusTable(file, reader.Lines, columns, rows))
            : Checked.Fail<StimulusTable>(reader.Diagnostics);
    }

    /// <inheritdoc/>
    public StimulusResult Run(TestBench bench, long? cycles, CancellationToken cancellation)
    {
        var limit = cycles ?? long.MaxValue;
        var (checks, failed) = (0L, 0L);
        var diagnostics = new List<Diagnostic>();
        // A probe is read for all checks at once.
        var probe = bench.Simulator.Probe([.. _columns.Where(c => c.IsCheck).Select(c => c.Signal)]);
        foreach (var row in _rows)
        {
            for (long time = 0; time < row.Repeat && bench.Cycle < limit; time++)
            {
                cancellation.ThrowIfCancellationRequested();
                foreach (var cell in row.Cells.Where(c => time == 0 && !_columns[c.Column].IsCheck))
                {
                    bench.Poke(_columns[cell.Column].Signal, new(cell.Value.Bits, _columns[cell.Column].Width));
                }

                bench.Settle();
                if (row.Checks > 0)
                {
                    probe.Sample();
                    checks += row.Checks;
                    Compare(row);
                }

                bench.Step();
            }
        }

        if (failed > diagnostics.Count)
        {
            diagnostics.Add(StimulusDiagnostics.MoreMismatches(failed - diagnostics.Count));
        }

        return new(bench.Cycle, checks, failed, [.. diagnostics]);

        void Compare(Row row)
        {
            foreach (var cell in row.Cells)
            {
                var column = _columns[cell.Column];
                if (!column.IsCheck)
                {
                    continue;
                }

                var value = probe[column.Check];
                var expected = new BitVector(cell.Value.Bits, column.Width);
                if (((value.Unsigned ^ expected.Unsigned) & cell.Value.Care) == BigInteger.Zero)
                {
                    continue;
                }

                failed++;
                if (diagnostics.Count < StimulusResult.Shown)
                {
                    var span = new SourceSpan(_file, row.Line, cell.From + 1, cell.Length, _lines[row.Line - 1]);
                    diagnostics.Add(StimulusDiagnostics.Mismatch(
                        bench.Cycle, column.Signal, value, cell.Value.CaresForAll ? expected.ToString() : _lines[row.Line - 1][cell.From..(cell.From + cell.Length)], span));
                }
            }
        }
    }

    /// <summary>A column that drives an input or checks a signal.</summary>
    /// <param name="Signal">Its path.</param>
    /// <param name="Width">Bits.</param>
    /// <param name="Check">Its place among the checks; -1 for an input.</param>
    internal sealed record Column(string Signal, int Width, int Check)
    {
        public bool IsCheck => Check >= 0;
    }

    /// <summary>A value of a row, and where it stands in its line.</summary>
    internal readonly record struct Cell(int Column, StimulusValue Value, int From, int Length);

    /// <summary>A row.</summary>
    internal sealed record Row(int Line, long Repeat, IReadOnlyList<Cell> Cells, int Checks);
}
