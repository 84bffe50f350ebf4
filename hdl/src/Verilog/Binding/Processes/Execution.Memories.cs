using System.Numerics;
using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog.Binding.Expressions;
using HwSeed.Hdl.Verilog.Binding.Names;

namespace HwSeed.Hdl.Verilog.Binding.Processes;

/// <summary>Reads and writes of arrays that are memories.</summary>
internal sealed partial class Execution
{
    private const int MostLoopArrays = 16;

    /// <summary>The word at an offset, with what this process wrote before by blocking assignments.</summary>
    private Expression LoadWord(Signal memory, Offset element, int offset)
    {
        if (Mode == ExecutionMode.Constant)
        {
            throw new BindingException(BindingDiagnostics.NotConstantSignal(memory.Path, Reading?.Origin.Span));
        }

        var width = memory.Element.Width;
        var address = Address(element, offset, out var isOutside);
        if (isOutside || (address is Constant a && a.Value.Unsigned >= memory.Count))
        {
            return Factory.Constant(0, width);
        }

        var word = Factory.MemoryWord(memory.ModuleName, address, width);
        foreach (var store in Stores)
        {
            if (!ReferenceEquals(store.Memory, memory) || !store.IsBlocking)
            {
                continue;
            }

            var wide = Math.Max(store.Address.Width, address.Width);
            var same = store.Words > 1
                ? IsWithin(address, store)
                : Factory.Equal(Factory.Extend(store.Address, wide, signed: false), Factory.Extend(address, wide, signed: false));
            var hit = Factory.And(store.Enable, same);
            var inside = new BigInteger(memory.Count).GetBitLength() > address.Width
                ? hit
                : Factory.And(hit, Factory.LessThan(address, Factory.Constant(memory.Count, address.Width), signed: false));
            var data = store.Mask is null
                ? store.Data
                : Factory.Or(Factory.And(store.Data, store.Mask), Factory.And(word, Factory.Not(store.Mask)));
            word = Factory.Mux(inside, data, word);
        }

        return word;
    }

    private void Store(Place place, Expression value, bool isNext)
    {
        var memory = place.Signal!;
        if (Mode != ExecutionMode.Clocked)
        {
            Uses?.Refuse(memory.Path);
            return;
        }

        var enable = State.Path.Value(Factory);
        enable = place.Valid is null ? enable : Factory.And(enable, place.Valid);
        for (var i = 0; i < place.Elements; i++)
        {
            Context.Budget.SpendStep();
            var part = place.Elements == 1 ? value : Factory.Slice(value, i * place.Width, place.Width);
            var address = Address(place.Element, i, out var isOutside);
            if (isOutside || (address is Constant a && a.Value.Unsigned >= memory.Count) || enable is Constant { Value.Unsigned.IsZero: true })
            {
                continue;
            }

            var (data, mask) = Word(part, place.Bit, place.Width, memory.Element.Width);
            var store = new MemoryStore(memory, enable, address, data, mask, !isNext);
            if (!Joins(store))
            {
                Stores.Add(store);
            }
        }
    }

    /// <summary>Makes one store of the turns of a loop that gives neighbouring words one value.</summary>
    private bool Joins(MemoryStore store)
    {
        // A loop may clear several arrays in turn.
        var last = -1;
        for (var i = Stores.Count - 1; i >= 0 && i >= Stores.Count - MostLoopArrays && last < 0; i--)
        {
            last = ReferenceEquals(Stores[i].Memory, store.Memory) ? i : -1;
        }

        if (last < 0 || store.Mask is not null || store.Address is not Constant { Value: var address } || Stores[last] is not { Mask: null, Address: Constant { Value: var from } } before
            || before.IsBlocking != store.IsBlocking || !IsSame(before.Enable, store.Enable) || !IsSame(before.Data, store.Data))
        {
            return false;
        }

        if (address.Unsigned == from.Unsigned + before.Words)
        {
            Stores[last] = before with { Words = before.Words + 1 };
            return true;
        }

        if (address.Unsigned + 1 == from.Unsigned)
        {
            Stores[last] = before with { Words = before.Words + 1, Address = store.Address };
            return true;
        }

        return false;
    }

    private static bool IsSame(Expression left, Expression right) =>
        ReferenceEquals(left, right) || (left is Constant l && right is Constant r && l.Value == r.Value);

    /// <summary>Whether an address is one of those that a store fills.</summary>
    private Expression IsWithin(Expression address, MemoryStore store)
    {
        var from = ((Constant)store.Address).Value.Unsigned;
        var wide = Math.Max(address.Width, (int)(from + store.Words).GetBitLength());
        var at = Factory.Extend(address, wide, signed: false);
        return Factory.And(
            Factory.Not(Factory.LessThan(at, Factory.Constant(new BitVector(from, wide)), signed: false)),
            Factory.LessThan(at, Factory.Constant(new BitVector(from + store.Words, wide)), signed: false));
    }

    /// <summary>A part of a word at its place, and the mask of the bits that it takes.</summary>
    private (Expression Data, Expression? Mask) Word(Expression value, Offset bit, int width, int wordWidth)
    {
        if (bit.Varying is null && bit.Fixed == 0 && width == wordWidth)
        {
            return (value, null);
        }

        Expression At(Expression bits)
        {
            var wide = Factory.Resize(bits, Math.Max(wordWidth, width), signed: false);
            wide = bit.Fixed < 0
                ? Factory.ShiftRight(wide, Factory.Constant(-bit.Fixed, 32), signed: false)
                : Factory.ShiftLeft(wide, Factory.Constant(bit.Fixed, 32));
            wide = Factory.Resize(wide, wordWidth, signed: false);
            return bit.Varying is null ? wide : Factory.ShiftLeft(wide, bit.Varying);
        }

        return (At(value), At(Factory.Ones(width)));
    }

    private Expression Address(Offset element, int offset, out bool isOutside)
    {
        var start = element.Fixed + offset;
        isOutside = element.Varying is null && start < 0;
        if (element.Varying is null)
        {
            return isOutside ? Factory.Constant(0, 1) : Factory.Constant(start, Math.Max(1, (int)new BigInteger(start).GetBitLength()));
        }

        if (start == 0)
        {
            return element.Varying;
        }

        var width = Math.Max(element.Varying.Width, (int)new BigInteger(Math.Abs(start)).GetBitLength()) + 1;
        var wide = Factory.Extend(element.Varying, width, signed: false);
        return Factory.Add(wide, Factory.Constant(start, width));
    }
}
