using HwSeed.Hdl.Architectures;

namespace HwSeed.Mapper.Mappings.Direct;

/// <summary>The computes and stores of one block after the other.</summary>
internal sealed class DirectComputes(DirectMapping mapping, bool namesChannels, List<Command> commands)
{
    private readonly Architecture _arch = mapping.Architecture;
    private readonly int _taps = mapping.Convolution.Taps;
    private readonly int _filterRows = mapping.Convolution.Height.Filter;
    private readonly int _filterColumns = mapping.Convolution.Width.Filter;
    private int _sums;

    /// <summary>Where each result so far belongs in the output.</summary>
    public List<int> ResultOrder { get; } = [];

    public void Write(DirectBlock block, int inputBase, int weightBase)
    {
        switch (_arch.Dataflow)
        {
            case Dataflow.OutputStationary:
                OutputStationary(block, inputBase, weightBase);
                break;
            case Dataflow.WeightStationary:
                WeightStationary(block, inputBase, weightBase);
                break;
            default:
                InputStationary(block, inputBase, weightBase);
                break;
        }
    }

    private IEnumerable<(int R, int S, int Tap)> Taps() =>
        from r in Enumerable.Range(0, _filterRows)
        from s in Enumerable.Range(0, _filterColumns)
        select (r, s, (r * _filterColumns) + s);

    /// <summary>A word holds a position of every row of PEs; each tap adds the channels of the word that it begins at.</summary>
    private void OutputStationary(DirectBlock block, int inputBase, int weightBase)
    {
        for (var tile = 0; tile < block.FilterTiles; tile++)
        {
            var first = tile * _arch.Columns;
            var filters = Math.Min(_arch.Columns, block.M.Count - first);
            foreach (var (row, column) in Steps(block))
            {
                Compute? open = null;
                foreach (var (r, s, tap) in Taps())
                {
                    var next = new Compute(
                        inputBase + (block.Slot(row, r, column, s) * block.Chunks), weightBase + (((tile * _taps) + tap) * block.Chunks),
                        block.Chunks, 0, !block.IsFirstC || tap > 0);

                    // Neighbouring taps of the input are neighbours in the scratchpad when they have one phase: one stream.
                    if (open is not null && next.InputBase == open.InputBase + open.Length)
                    {
                        open = open with { Length = open.Length + next.Length };
                        continue;
                    }

                    Add(open);
                    open = next;
                }

                Add(open);
                if (block.IsLastC)
                {
                    var pes = block.Valid(row, column);
                    Store(0, pes, filters, block.M.First + first);
                    Results(pes, filters, (pe, m) => At(block, block.Output(row, column, pe), first + m));
                }
            }
        }
    }

    /// <summary>Positions stream behind filters that the PEs keep; those between two rows of outputs give sums that nobody takes.</summary>
    private void WeightStationary(DirectBlock block, int inputBase, int weightBase)
    {
        var (isWhole, length, pitch) = (block.IsFirstC && block.IsLastC, block.StreamLength, block.Columns.Slots);
        for (var tile = 0; tile < block.FilterTiles; tile++)
        {
            var sums = _sums + (isWhole ? 0 : tile * length);
            foreach (var (r, s, tap) in Taps())
            {
                for (var chunk = 0; chunk < block.Chunks; chunk++)
                {
                    Add(new Compute(
                        inputBase + (chunk * block.Slots) + block.Slot(0, r, 0, s),
                        weightBase + (((((tile * _taps) + tap) * block.Chunks) + chunk) * _arch.Rows),
                        length, sums, !block.IsFirstC || tap + chunk > 0));
                }
            }

            if (isWhole)
            {
                StoreRows(block, tile, sums);
                Turn();
            }
        }

        if (block.IsLastC && !isWhole)
        {
            for (var tile = 0; tile < block.FilterTiles; tile++)
            {
                StoreRows(block, tile, _sums + (tile * length));
            }

            Turn();
        }

        void StoreRows(DirectBlock block, int tile, int sums)
        {
            // Rows of outputs that touch are one store.
            var first = tile * _arch.Columns;
            var filters = Math.Min(_arch.Columns, block.M.Count - first);
            var (rows, count) = pitch == block.Q.Count ? (1, length) : (block.P.Count, block.Q.Count);
            for (var row = 0; row < rows; row++)
            {
                Store(sums + (row * pitch), count, filters, block.M.First + first);
                var p = row;
                Results(count, filters, (i, m) => At(block, (block.P.First + p + (i / block.Q.Count), block.Q.First + (i % block.Q.Count)), first + m));
            }
        }
    }

    /// <summary>Filters stream behind positions that the PEs keep: one of each segment, a column of PEs each.</summary>
    private void InputStationary(DirectBlock block, int inputBase, int weightBase)
    {
        var (isWhole, length) = (block.IsFirstC && block.IsLastC, block.M.Count);
        var tile = 0;
        foreach (var (row, column) in Steps(block))
        {
            var sums = _sums + (isWhole ? 0 : tile * length);
            foreach (var (r, s, tap) in Taps())
            {
                for (var chunk = 0; chunk < block.Chunks; chunk++)
                {
                    Add(new Compute(
                        inputBase + (((block.Slot(row, r, column, s) * block.Chunks) + chunk) * _arch.Rows),
                        weightBase + (((tap * block.Chunks) + chunk) * length),
                        length, sums, !block.IsFirstC || tap + chunk > 0));
                }
            }

            if (isWhole)
            {
                StoreTile(row, column, sums);
                Turn();
            }

            tile++;
        }

        if (block.IsLastC && !isWhole)
        {
            var at = _sums;
            foreach (var (row, column) in Steps(block))
            {
                StoreTile(row, column, at);
                at += length;
            }

            Turn();
        }

        void StoreTile(int row, int column, int sums)
        {
            var pes = block.Valid(row, column);
            Store(sums, length, pes, block.M.First);
            Results(length, pes, (m, pe) => At(block, block.Output(row, column, pe), m));
        }
    }

    private static IEnumerable<(int Row, int Column)> Steps(DirectBlock block) =>
        from row in Enumerable.Range(0, block.Rows.Outputs)
        from column in Enumerable.Range(0, block.Columns.Outputs)
        select (row, column);

    private int At(DirectBlock block, (int P, int Q) output, int m)
    {
        var conv = mapping.Convolution;
        return (((((block.Image * conv.P) + output.P) * conv.Q) + output.Q) * conv.M) + block.M.First + m;
    }

    private void Add(Compute? compute)
    {
        if (compute is not null)
        {
            commands.Add(compute);
        }
    }

    /// <summary>The block of results that a store names is for readers of the program; where they belong is in the order of results.</summary>
    private void Store(int sums, int rows, int columns, int channel) =>
        commands.Add(new Store(sums, rows, columns, new(ResultOrder.Count / mapping.Convolution.M, rows, channel, columns), namesChannels ? channel : 0));

    private void Results(int rows, int columns, Func<int, int, int> at)
    {
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                ResultOrder.Add(at(row, column));
            }
        }
    }

    /// <summary>After a store sums go to the other half.</summary>
    private void Turn() => _sums = _arch.DoubleBuffering ? _arch.AccumulatorTileWords - _sums : 0;
}
