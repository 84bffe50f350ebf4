using System.Numerics;
using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog.Binding.Processes;
using HwSeed.Hdl.Verilog.Binding.Types;

namespace HwSeed.Hdl.Verilog.Binding.Expressions;

/// <summary>Adds up the steps of a select.</summary>
internal sealed class Offsets(Execution x)
{
    private readonly ExpressionFactory _f = x.Factory;
    private readonly List<(Expression Count, int Stride, int Most, bool MayLeave)> _elements = [];
    private readonly List<(Expression Count, int Stride, int Most, bool MayLeave)> _bits = [];
    private long _element;
    private long _bit;
    private bool _isOutside;

    public void Add(SelectStep step)
    {
        switch (step)
        {
            case IndexStep i:
                AddIndex(i.Index, i.Range, i.Stride, i.IsUnpacked, fromRight: 0, i.Range.Count);
                break;
            case PartStep p:
                _isOutside |= !p.IsInside;
                if (p.IsUnpacked)
                {
                    _element += p.Low;
                }
                else
                {
                    _bit += p.Low;
                }

                break;
            case WindowStep w:
                // The end with the lowest offset is the start itself, or the other end.
                var startIsLow = w.IsUnpacked ? w.IsUp : w.IsUp == w.Range.IsDescending;
                AddIndex(w.Start, w.Range, w.Stride, w.IsUnpacked, startIsLow ? 0 : w.Count - 1, w.Range.Count);
                break;
        }
    }

    /// <summary>The place, in something of so many elements of so many bits.</summary>
    public Place At(Names.Signal? signal, int elements, int width, int allElements, int allBits)
    {
        Expression? valid = _isOutside ? _f.False : null;
        var element = Sum(_elements, _element, allElements, ref valid);
        var bit = Sum(_bits, _bit, allBits, ref valid);
        return new(signal, element, elements, bit, width, valid);
    }

    private void AddIndex(Bound index, Bounds range, int stride, bool unpacked, int fromRight, int most)
    {
        var value = index.Self(x);
        var isUp = unpacked || range.IsDescending;
        if (value is Constant c)
        {
            var at = index.Signed ? c.Value.Signed : c.Value.Unsigned;
            var offset = (isUp ? at - range.Low : range.High - at) - fromRight;
            if (offset < -most || offset >= most)
            {
                _isOutside = true;
                return;
            }

            Fixed((long)offset * stride, unpacked);
            return;
        }

        var signed = index.Signed;
        if (value is Extend { Signed: false } extend)
        {
            (value, signed) = (extend.Operand, false);
        }

        // A negative index must come out as a number beyond the range.
        var needed = (int)new BigInteger(Math.Max(Math.Abs((long)range.Low), Math.Abs((long)range.High)) + most).GetBitLength() + 1;
        if (signed && value.Width < needed)
        {
            value = _f.Extend(value, needed, signed: true);
        }

        long start = isUp ? range.Low + fromRight : range.High - fromRight;
        if (start != 0 || !isUp)
        {
            var wide = Math.Max(value.Width, needed) + (signed ? 0 : 1);
            value = _f.Extend(value, wide, signed);
            value = isUp ? _f.Subtract(value, _f.Constant(start, wide)) : _f.Subtract(_f.Constant(start, wide), value);
        }

        var mayLeave = value.Width >= 31 || 1L << value.Width > most;
        (unpacked ? _elements : _bits).Add((value, stride, most, mayLeave));
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

    private Offset Sum(List<(Expression Count, int Stride, int Most, bool MayLeave)> steps, long start, int all, ref Expression? valid)
    {
        if (steps.Count == 0)
        {
            return new(start, null);
        }

        if (steps.Count == 1)
        {
            var (count, stride, most, leaves) = steps[0];

            // An index beyond its range that does not lead beyond the whole would lead to a neighbour.
            if (leaves && (long)stride * most < all)
            {
                valid = Both(valid, Inside(count, most));
            }

            return new(start, Scaled(count, stride)) { Step = stride, Count = count, Most = most };
        }

        var width = (int)new BigInteger(steps.Sum(s => (long)s.Stride * s.Most)).GetBitLength() + 1;
        Expression sum = _f.Constant(0, width);
        foreach (var (count, stride, most, leaves) in steps)
        {
            valid = leaves ? Both(valid, Inside(count, most)) : valid;
            sum = _f.Add(sum, _f.Resize(Scaled(count, stride), width, signed: false));
        }

        return new(start, sum);
    }

    private Expression Inside(Expression count, int most) =>
        new BigInteger(most).GetBitLength() > count.Width ? _f.True : _f.LessThan(count, _f.Constant(most, count.Width), signed: false);

    private Expression Both(Expression? left, Expression right) => left is null ? right : _f.And(left, right);

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
