using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog.Binding.Expressions;
using HwSeed.Hdl.Verilog.Binding.Hierarchy;
using HwSeed.Hdl.Verilog.Binding.Names;
using HwSeed.Hdl.Verilog.Binding.Processes;

namespace HwSeed.Hdl.Verilog.Binding.Assembly;

/// <summary>Cuts every cell at the bounds of its drivers and finds bits with two drivers or none.</summary>
internal sealed class Segments(ModuleBody body)
{
    private readonly ExpressionFactory _f = body.Factory;
    private ILookup<DriverSource, Driver>? _bySource;

    /// <summary>The stretches of every cell of the module, from bit 0 up.</summary>
    public IReadOnlyDictionary<Cell, IReadOnlyList<Segment>> All()
    {
        var drivers = body.Drivers.ToLookup(d => d.Cell);
        var shared = Shared(drivers);
        var all = new Dictionary<Cell, IReadOnlyList<Segment>>();
        foreach (var cell in body.Signals.Where(s => !s.IsMemory).SelectMany(s => s.Cells))
        {
            IReadOnlyList<Driver> own = shared.Contains(cell) ? [] : [.. drivers[cell]];
            all[cell] = cell.Signal.Direction == "inout" ? [] : Cut(cell, own);
        }

        return all;
    }

    private IReadOnlyList<Segment> Cut(Cell cell, IReadOnlyList<Driver> drivers)
    {
        var isResolved = drivers.Any(d => d.Drives is not null)
            || cell.Signal.NetType is "wand" or "triand" or "wor" or "trior" or "tri0" or "tri1" or "supply0" or "supply1";
        if (isResolved)
        {
            var (value, drives) = new TristateNets(body).Resolve(cell);
            return [new(cell, 0, _f.And(value, drives), SegmentKind.Wire, drivers.FirstOrDefault()?.Source)];
        }

        var parts = drivers.SelectMany(Parts).OrderBy(s => s.Low).ToList();
        var segments = new List<Segment>();
        var top = 0;
        foreach (var part in parts)
        {
            if (part.Low < top)
            {
                body.Context.Report(BindingDiagnostics.DrivenTwice(cell.Signal.Path, Later(cell, segments[^1].Source, part.Source)));
                continue;
            }

            Fill(part.Low);
            segments.Add(part);
            top = part.Top;
        }

        Fill(cell.Width);
        return segments;

        void Fill(int to)
        {
            if (to > top)
            {
                var initial = cell.Initial is { } value ? BitVector.Slice(value, top, to - top) : BitVector.Zero(to - top);
                segments.Add(new(cell, top, _f.Constant(initial), SegmentKind.Wire, null));
                top = to;
            }
        }
    }

    /// <summary>The place of the later of two drivers.</summary>
    private SourceSpan? Later(Cell cell, DriverSource? left, DriverSource? right) =>
        body.Drivers.Where(d => ReferenceEquals(d.Cell, cell) && (ReferenceEquals(d.Source, left) || ReferenceEquals(d.Source, right)))
            .Select(d => (d.Where ?? d.Source.Syntax).Origin).OrderBy(o => (o.Line, o.Column)).Select(o => o.Span).LastOrDefault();

    /// <summary>A process holds the bits between those that it drives; an assignment drives each stretch on its own.</summary>
    private IEnumerable<Segment> Parts(Driver driver)
    {
        var cell = driver.Cell;
        if (driver.Source.Edges is not null)
        {
            yield return new(cell, driver.Low, Joined(driver, hold: true)!, SegmentKind.Register, driver.Source);
            yield break;
        }

        if (!Reads(driver.Source).Contains(cell.Name))
        {
            for (var i = 0; i < driver.Pieces.Count;)
            {
                var from = i++;
                while (i < driver.Pieces.Count && driver.Pieces[i].Low == driver.Pieces[i - 1].Top)
                {
                    i++;
                }

                var value = _f.Concat([.. driver.Pieces.Skip(from).Take(i - from).Reverse().Select(p => p.Value)]);
                yield return new(cell, driver.Pieces[from].Low, value, SegmentKind.Wire, driver.Source);
            }

            yield break;
        }

        // Only the bits that read the cell itself hold a value.
        foreach (var piece in driver.Pieces)
        {
            var holds = driver.Source.IsProcess
                ? ExpressionWalk.References([piece.Value]).Any(r => r.Name == cell.Name)
                : Holds(piece.Value, cell, piece);
            yield return new(cell, piece.Low, piece.Value, holds ? SegmentKind.Latch : SegmentKind.Wire, driver.Source);
        }
    }

    /// <summary>An assignment that may give a net its own value is a latch; another one that reads its net may be a chain of bits.</summary>
    private bool Holds(Expression value, Cell cell, Piece piece) =>
        ReferenceEquals(value, _f.Slice(cell.Reference!, piece.Low, piece.Width))
        || (value is Mux mux && (Holds(mux.WhenTrue, cell, piece) || Holds(mux.WhenFalse, cell, piece)));

    private Expression Joined(Driver driver, bool hold)
    {
        var parts = new List<Expression>();
        var top = driver.Low;
        foreach (var piece in driver.Pieces)
        {
            if (hold && piece.Low > top)
            {
                parts.Add(_f.Slice(driver.Cell.Reference!, top, piece.Low - top));
            }

            parts.Add(piece.Value);
            top = piece.Top;
        }

        parts.Reverse();
        return _f.Concat(parts);
    }

    private HashSet<string> Reads(DriverSource source)
    {
        _bySource ??= body.Drivers.ToLookup(d => d.Source);
        return source.Reads ??= [.. ExpressionWalk.References(_bySource[source].SelectMany(d => d.Pieces).Select(p => p.Value)).Select(r => r.Name)];
    }

    /// <summary>
    /// Variables that several processes assign and that nothing reads but as they assigned it themselves, such as counters
    /// of loops: they need no value. Variables of blocks that nothing reads from before are dropped as well.
    /// </summary>
    private HashSet<Cell> Shared(ILookup<Cell, Driver> drivers)
    {
        var candidates = drivers.Where(g => g.Key.Signal.Kind == SignalKind.Variable && !g.Key.Signal.IsPort
            && (body.BlockVariables.Contains(g.Key.Signal) || Conflict(g) || (g.Key.Width == 32 && g.Key.Signal.Type.Signed && g.All(d => d.Source.IsProcess))))
            .Select(g => g.Key).ToList();
        if (candidates.Count == 0)
        {
            return [];
        }

        // What a driver of such a variable itself reads does not count, unless another one needs the driver.
        var dropped = candidates.ToHashSet();
        var read = new HashSet<string>();
        var roots = body.Drivers.Where(d => !dropped.Contains(d.Cell)).SelectMany(d => d.Pieces.Select(p => p.Value).Concat(d.Drives ?? []))
            .Concat(body.Stores.SelectMany(s => new[] { s.Store.Enable, s.Store.Address, s.Store.Data, s.Store.Mask }).OfType<Expression>())
            .Concat(body.Instances.SelectMany(i => i.Inputs).Select(i => i.Value))
            .Concat(body.ExtraWires.Select(w => w.Value))
            .Concat(body.CoverPoints.Select(c => c.Condition));
        read.UnionWith(ExpressionWalk.References(roots).Select(r => r.Name));
        read.UnionWith(body.Drivers.SelectMany(d => d.Source.Edges ?? []).Select(e => e.Signal));
        read.UnionWith(body.Stores.SelectMany(s => s.Edges).Select(e => e.Signal));
        while (dropped.FirstOrDefault(c => read.Contains(c.Name)) is { } needed)
        {
            dropped.Remove(needed);
            read.UnionWith(ExpressionWalk.References(drivers[needed].SelectMany(d => d.Pieces).Select(p => p.Value)).Select(r => r.Name));
        }

        return dropped;
    }

    private static bool Conflict(IEnumerable<Driver> drivers)
    {
        var top = 0;
        foreach (var driver in drivers.OrderBy(d => d.Low))
        {
            if (driver.Low < top)
            {
                return driver.Source.IsProcess;
            }

            top = Math.Max(top, driver.Top);
        }

        return false;
    }
}
