using System.Numerics;
using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog.Binding.Names;
using HwSeed.Hdl.Verilog.Binding.Processes;
using HwSeed.Hdl.Verilog.Binding.Types;

namespace HwSeed.Hdl.Verilog.Binding.Expressions;

/// <summary>
/// Adds up the steps of a select. An index counts in as many bits as the greatest index of its range needs, as in
/// Verilator; what is beyond the range after that reads as zero and is not written.
/// </summary>
/// <param name="x">Evaluates indices.</param>
/// <param name="elements">Elements of the array that is selected from.</param>
/// <param name="bits">Bits of an element.</param>
internal sealed class Offsets(Execution x, int elements, int bits)
{
    private readonly ExpressionFactory _f = x.Factory;
    private List<(Expression Count, int Stride, int Most)>? _elements;
    private List<(Expression Count, int Stride, int Most)>? _bits;
    private readonly int _bitWidth = BitsFor(bits - 1);
    private long _element;
    private long _bit;
    private Expression? _valid;

    public void Add(SelectStep step)
    {
        switch (step)
        {
            case IndexStep i:
                AddIndex(i.Index, i.Range, i.Stride, i.IsUnpacked, fromRight: 0);
                break;
            case PartStep p:
                _valid = p.IsInside ? _valid : _f.False;
                Fixed(p.Low, p.IsUnpacked);
                break;
            case WindowStep w:
                // The end with the lowest offset is the start itself, or the other end.
                var startIsLow = w.IsUnpacked ? w.IsUp : w.IsUp == w.Range.IsDescending;
                AddIndex(w.Start, w.Range, w.Stride, w.IsUnpacked, startIsLow ? 0 : w.Count - 1);
                break;
        }
    }

    /// <summary>The place that the steps lead to.</summary>
    public Place At(Signal? signal, int count, int width)
    {
        var element = Sum(_elements, _element, 0);
        var bit = Sum(_bits, _bit, _bitWidth);
        return new(signal, element, count, bit, width, _valid);
    }

    private static int BitsFor(long greatest) => greatest <= 0 ? 1 : BitOperations.Log2((ulong)greatest) + 1;

    private void AddIndex(Bound index, Bounds range, int stride, bool unpacked, int fromRight)
    {
        var value = index.Self(x);
        var isUp = unpacked || range.IsDescending;
        long start = isUp ? range.Low + fromRight : range.High - fromRight;
        if (index.IsConstant && value is Constant literal)
        {
            // A literal means what it says.
            var at = index.Signed ? literal.Value.Signed : literal.Value.Unsigned;
            var offset = isUp ? at - start : start - at;
            if (offset <= -range.Count || offset >= range.Count)
            {
                x.Context.Report(BindingDiagnostics.SelectIgnored(index.Syntax.Origin.Span));
                _valid = _f.False;
                return;
            }

            Fixed((long)offset * stride, unpacked);
            return;
        }

        var width = range.Low < 0 ? BitsFor(Math.Max(Math.Abs((long)range.Low), Math.Abs((long)range.High))) + 1 : BitsFor(range.High);
        if (!unpacked)
        {
            // An offset of elements has no more bits than one of bits.
            width = stride == 1 ? width : Math.Max(1, BitOperations.IsPow2(stride) ? _bitWidth - BitOperations.Log2((uint)stride) : _bitWidth);
        }

        value = _f.Resize(value, width, index.Signed);
        if (start != 0 || !isUp)
        {
            var from = _f.Constant(start, width);
            value = isUp ? _f.Subtract(value, from) : _f.Subtract(from, value);
        }

        if (value is Constant constant)
        {
            if (unpacked && constant.Value.Unsigned >= range.Count)
            {
                _valid = _f.False;
            }

            Fixed((long)constant.Value.Unsigned * stride, unpacked);
            return;
        }

        if (value is Extend { Signed: false } extend)
        {
            value = extend.Operand;
        }

        // An element beyond its range must not lead to a neighbour.
        if (unpacked && value.Width >= BitsFor(range.Count) && (long)stride * range.Count < elements)
        {
            var inside = _f.LessThan(value, _f.Constant(range.Count, value.Width), signed: false);
            _valid = _valid is null ? inside : _f.And(_valid, inside);
        }

        (unpacked ? _elements ??= [] : _bits ??= []).Add((value, stride, range.Count));
    }

    private void Fixed(long offset, bool unpacked)
    {
        if (unpacked)
        {
            _element += offset;
        }
        else
        {
            _bit += offset;
        }
    }

    private Offset Sum(List<(Expression Count, int Stride, int Most)>? steps, long start, int width)
    {
        if (steps is null)
        {
            return new(start, null);
        }

        if (steps.Count == 1)
        {
            var (count, stride, most) = steps[0];
            var scaled = Scaled(count, stride);
            return width == 0 || stride == 1 || scaled.Width <= width
                ? new(start, scaled) { Step = stride, Count = count, Most = most }
                : new(start, _f.Slice(scaled, 0, width));
        }

        width = width == 0 ? BitsFor(steps.Sum(s => (long)s.Stride * s.Most)) + 1 : width;
        Expression sum = _f.Constant(0, width);
        foreach (var (count, stride, _) in steps)
        {
            sum = _f.Add(sum, _f.Resize(Scaled(count, stride), width, signed: false));
        }

        return new(start, sum);
    }

    private Expression Scaled(Expression count, int stride)
    {
        if (BitOperations.IsPow2(stride))
        {
            var log = BitOperations.Log2((uint)stride);
            return log == 0 ? count : _f.Concat([count, _f.Constant(0, log)]);
        }

        var width = count.Width + BitOperations.Log2((uint)stride) + 1;
        return _f.Multiply(_f.Extend(count, width, signed: false), _f.Constant(stride, width));
    }
}
