using System.Numerics;
using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog.Binding.Expressions;
using HwSeed.Hdl.Verilog.Binding.Names;

namespace HwSeed.Hdl.Verilog.Binding.Processes;

/// <summary>Reads and writes of signals.</summary>
internal sealed partial class Execution
{
    /// <summary>Arrays of no more words than this stay registers.</summary>
    private const int MostRegisterWords = 4;

    private const int MostSlots = 64;

    /// <summary>The bits at a place; zero where it is outside.</summary>
    public Expression Read(Place place)
    {
        var value = ReadElements(place);
        return place.Valid is null ? value : Factory.Mux(place.Valid, value, Factory.Constant(0, value.Width));
    }

    /// <summary>Bits of a value that is not stored.</summary>
    public Expression ReadBits(Expression value, Offset at, int width) => at.Varying is { } varying
        ? Shifted(value, at, varying, width)
        : Clipped(value.Width, at.Fixed, width, (low, count) => Factory.Slice(value, low, count));

    /// <summary>Gives the bits at a place a value; nothing where it is outside.</summary>
    public void Write(Place place, Expression value, bool isNext)
    {
        if (place.Valid is Constant { Value.Unsigned.IsZero: true })
        {
            return;
        }

        var signal = place.Signal!;
        if (signal.IsMemory && Mode != ExecutionMode.Initial)
        {
            Store(place, value, isNext);
            return;
        }

        for (var i = 0; i < place.Elements; i++)
        {
            var part = place.Elements == 1 ? value : Factory.Slice(value, i * place.Width, place.Width);
            if (place.Element.Varying is null)
            {
                WriteElement(place, place.Element.Fixed + i, part, isNext, place.Valid);
                continue;
            }

            NoteDynamicWrite(signal);
            for (var e = 0L; e < signal.Count; e++)
            {
                var hit = At(place.Element, e - i);
                if (hit is not Constant { Value.Unsigned.IsZero: true })
                {
                    WriteElement(place, e, part, isNext, place.Valid is null ? hit : Factory.And(place.Valid, hit));
                }
            }
        }
    }

    private Expression ReadElements(Place place)
    {
        var signal = place.Signal!;
        if (place.Elements == 1)
        {
            return ReadElement(place, 0);
        }

        if (place.Elements > BindingBudget.MostBits)
        {
            throw new BindingException(BindingDiagnostics.TooLarge("elements of an array read at once", BindingBudget.MostBits, Reading?.Origin.Span));
        }

        var parts = new Expression[place.Elements];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[parts.Length - 1 - i] = ReadElement(place, i);
        }

        return Factory.Concat(parts);
    }

    private Expression ReadElement(Place place, int offset)
    {
        var signal = place.Signal!;
        if (signal.IsMemory && Mode != ExecutionMode.Initial)
        {
            return ReadBits(LoadWord(signal, place.Element, offset), place.Bit, place.Width);
        }

        if (place.Element.Varying is null)
        {
            var index = place.Element.Fixed + offset;
            return index < 0 || index >= signal.Count ? Factory.Constant(0, place.Width) : ReadCell(signal.Cells[(int)index], place);
        }

        if (signal.Kind != SignalKind.Local)
        {
            Uses?.ReadAnywhere.Add(signal.Path);
        }

        return Selected(signal, place, offset);
    }

    /// <summary>One of the elements, by a tree of multiplexers on the bits of the index where that is possible.</summary>
    private Expression Selected(Signal signal, Place place, int offset)
    {
        var at = place.Element;
        if (at is { Step: 1, Count: { } count } && at.Fixed + offset == 0)
        {
            var values = signal.Cells.Select(c => ReadCell(c, place)).ToList();
            var bits = Math.Max(1, (int)new BigInteger(signal.Count - 1).GetBitLength());
            var tree = count.Width >= bits ? Tree(count, values, bits - 1, 0) : Tree(Factory.Extend(count, bits, signed: false), values, bits - 1, 0);
            var mayLeave = count.Width > bits || values.Count < 1 << bits;
            return mayLeave && (count.Width > bits)
                ? Factory.Mux(Factory.LessThan(count, Factory.Constant(signal.Count, count.Width), signed: false), tree, Factory.Constant(0, place.Width))
                : tree;
        }

        Expression value = Factory.Constant(0, place.Width);
        for (var e = signal.Count - 1; e >= 0; e--)
        {
            var hit = At(at, e - offset);
            value = Factory.Mux(hit, ReadCell(signal.Cells[e], place), value);
        }

        return value;
    }

    private Expression Tree(Expression index, List<Expression> values, int bit, int from)
    {
        if (from >= values.Count)
        {
            return Factory.Constant(0, values[0].Width);
        }

        return bit < 0
            ? values[from]
            : Factory.Mux(Factory.Slice(index, bit, 1), Tree(index, values, bit - 1, from + (1 << bit)), Tree(index, values, bit - 1, from));
    }

    /// <summary>Whether an offset that is not constant has a value.</summary>
    private Expression At(Offset offset, long value)
    {
        var rest = value - offset.Fixed;
        if (rest < 0)
        {
            return Factory.False;
        }

        if (offset is { Step: > 0, Count: { } count })
        {
            return rest % offset.Step != 0 ? Factory.False : Is(count, rest / offset.Step);
        }

        return Is(offset.Varying!, rest);
    }

    private Expression Is(Expression value, long wanted) => new BigInteger(wanted).GetBitLength() > value.Width
        ? Factory.False
        : Factory.Equal(value, Factory.Constant(wanted, value.Width));

    private Expression ReadCell(Cell cell, Place place)
    {
        var values = Values(cell);
        var low = place.Bit.Fixed;
        if (place.Bit.Varying is { } varying)
        {
            return Shifted(values.Whole(Factory), place.Bit, varying, place.Width);
        }

        return low >= 0 && low + place.Width <= cell.Width
            ? values.Read(Factory, (int)low, place.Width)
            : Clipped(cell.Width, low, place.Width, (from, width) => values.Read(Factory, from, width));
    }

    /// <summary>A part that may stick out at both ends, where it is zero.</summary>
    private Expression Clipped(int all, long low, int width, Func<int, int, Expression> read)
    {
        var (from, to) = (Math.Max(0, low), Math.Min(all, low + width));
        if (from >= to)
        {
            return Factory.Constant(0, width);
        }

        var inside = read((int)from, (int)(to - from));
        if (inside.Width == width)
        {
            return inside;
        }

        var below = (int)(from - low);
        inside = below == 0 ? inside : Factory.Concat([inside, Factory.Constant(0, below)]);
        return Factory.Extend(inside, width, signed: false);
    }

    private Expression Shifted(Expression value, Offset at, Expression varying, int width)
    {
        if (at.Fixed > 0)
        {
            value = at.Fixed >= value.Width ? Factory.Constant(0, 1) : Factory.Slice(value, (int)at.Fixed, value.Width - (int)at.Fixed);
        }
        else if (at.Fixed < 0)
        {
            value = Factory.Concat([value, Factory.Constant(0, (int)-at.Fixed)]);
        }

        return Factory.Resize(Factory.ShiftRight(value, varying, signed: false), width, signed: false);
    }

    private void WriteElement(Place place, long element, Expression value, bool isNext, Expression? when)
    {
        var signal = place.Signal!;
        if (element < 0 || element >= signal.Count)
        {
            return;
        }

        var cell = signal.Cells[(int)element];
        if (signal.Kind != SignalKind.Local && Reading is not null)
        {
            Assigned.TryAdd(cell, Reading);
        }

        object key = isNext && Mode == ExecutionMode.Clocked || isNext && Mode == ExecutionMode.Combinational ? cell.Next : cell;
        var old = Values(key);
        if (place.Bit.Varying is { } varying)
        {
            WriteShifted(key, old, place, varying, value, when);
            return;
        }

        var (from, to) = (Math.Max(0, place.Bit.Fixed), Math.Min(cell.Width, place.Bit.Fixed + place.Width));
        if (from >= to)
        {
            return;
        }

        value = Factory.Slice(value, (int)(from - place.Bit.Fixed), (int)(to - from));
        value = when is null ? value : Factory.Mux(when, value, old.Read(Factory, (int)from, (int)(to - from)));
        State.Set(key, old.Write(Factory, (int)from, value));
    }

    private void WriteShifted(object key, Pieces old, Place place, Expression varying, Expression value, Expression? when)
    {
        // Elements of a packed array: each by a multiplexer, when there are not many.
        if (place.Bit is { Step: > 1, Count: { } count, Most: <= MostSlots and var most } at && place.Width <= at.Step)
        {
            for (var i = 0; i < most; i++)
            {
                var low = at.Fixed + (long)i * at.Step;
                if (low < 0 || low + place.Width > old.Width || new BigInteger(i).GetBitLength() > count.Width)
                {
                    continue;
                }

                var hit = Factory.Equal(count, Factory.Constant(i, count.Width));
                hit = when is null ? hit : Factory.And(when, hit);
                old = old.Write(Factory, (int)low, Factory.Mux(hit, value, old.Read(Factory, (int)low, place.Width)));
            }

            State.Set(key, old);
            return;
        }

        var width = old.Width;
        var whole = old.Whole(Factory);
        Expression At(Expression bits)
        {
            // A window that begins below bit 0 loses its low bits.
            bits = place.Bit.Fixed < 0
                ? Factory.Resize(Factory.ShiftRight(bits, Factory.Constant(-place.Bit.Fixed, 32), signed: false), width, signed: false)
                : Factory.Resize(bits, width, signed: false);
            bits = place.Bit.Fixed > 0 ? Factory.ShiftLeft(bits, Factory.Constant(place.Bit.Fixed, 32)) : bits;
            return Factory.ShiftLeft(bits, varying);
        }

        var mask = At(Factory.Ones(place.Width));
        var written = Factory.Or(Factory.And(whole, Factory.Not(mask)), At(value));
        State.Set(key, new(when is null ? written : Factory.Mux(when, written, whole)));
    }

    private void NoteDynamicWrite(Signal signal)
    {
        if (Mode == ExecutionMode.Clocked && signal.Kind == SignalKind.Variable && signal.Count > MostRegisterWords && !signal.IsPort)
        {
            Uses?.Want(signal.Path);
        }
    }
}
