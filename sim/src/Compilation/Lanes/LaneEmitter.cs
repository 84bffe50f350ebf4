using System.Reflection.Emit;

namespace HwSeed.Sim.Compilation.Lanes;

/// <summary>Writes vector stores as IL. Vectors used more than once become locals of the method.</summary>
internal sealed class LaneEmitter
{
    // Vectors of one method; keeps methods well below what RyuJIT optimises.
    private const int NodesPerMethod = 350;

    private readonly LaneGraph _lanes;
    private readonly LaneMachine _machine;
    private readonly ILGenerator _il;
    private readonly Func<LaneBuffer, (int Argument, int Offset)> _buffers;
    private readonly nint _constants;
    private readonly Action<LaneNode, Action<int>>? _calls;
    private readonly Dictionary<int, int> _uses = [];
    private readonly Dictionary<int, LocalBuilder> _locals = [];

    // The vector that stands in each 16 bytes of the target, as far as this method stored it.
    private readonly Dictionary<int, (int Value, int Start)> _stored = [];
    private readonly Dictionary<Type, LocalBuilder> _scalars = [];

    /// <summary>Prepares to write stores into a method.</summary>
    /// <param name="plan">Their vectors.</param>
    /// <param name="il">The method.</param>
    /// <param name="buffers">The method's argument for a buffer, and what to add to offsets in it.</param>
    /// <param name="constants">Where the constant vectors lie, 64 bytes each.</param>
    public LaneEmitter(LanePlan plan, ILGenerator il, Func<LaneBuffer, (int Argument, int Offset)> buffers, nint constants) =>
        (_lanes, _machine, _il, _buffers, _constants) = (plan.Lanes, plan.Machine, il, buffers, constants);

    /// <summary>Prepares to write single vectors in their order.</summary>
    /// <param name="lanes">The vectors.</param>
    /// <param name="il">The method.</param>
    /// <param name="buffers">The method's argument for a buffer, and what to add to offsets in it.</param>
    /// <param name="constants">Where the constant vectors lie, 64 bytes each.</param>
    /// <param name="calls">Writes a call, given what writes an operand.</param>
    public LaneEmitter(
        LaneGraph lanes, ILGenerator il, Func<LaneBuffer, (int Argument, int Offset)> buffers, nint constants,
        Action<LaneNode, Action<int>> calls) =>
        (_lanes, _il, _buffers, _constants, _calls) = (lanes, il, buffers, constants, calls);

    /// <summary>Computes a vector into a local.</summary>
    public void Define(int number)
    {
        WriteOperation(_lanes[number]);
        Keep(number);
    }

    /// <summary>Takes a vector from memory into a local.</summary>
    public void Fetch(int number, LaneAddress from)
    {
        WriteLoad(new(LaneOperation.Load, _lanes[number].Type, Address: from, Size: _lanes[number].Type.Element),
            VectorMethods.Unsigned(_lanes[number].Type.Element));
        Keep(number);
    }

    /// <summary>Writes a vector that has a local to memory.</summary>
    public void Put(int number, LaneAddress to)
    {
        _il.Emit(OpCodes.Ldloc, _locals[number]);
        WriteStore(_lanes[number].Type, _lanes[number].Type.Element, to);
    }

    /// <summary>Puts a vector that has a local on the stack.</summary>
    public void Push(int number) => _il.Emit(OpCodes.Ldloc, _locals[number]);

    private void Keep(int number)
    {
        var local = _il.DeclareLocal(VectorMethods.Vector(_lanes[number].Type));
        _il.Emit(OpCodes.Stloc, local);
        _locals.Add(number, local);
    }

    /// <summary>The stores of a plan, cut into lists of a method's size.</summary>
    public static List<List<LaneStore>> Methods(LanePlan plan)
    {
        var methods = new List<List<LaneStore>>();
        var seen = new HashSet<int>();
        var size = int.MaxValue;
        foreach (var store in plan.Vectors)
        {
            if (size > NodesPerMethod)
            {
                methods.Add([]);
                seen.Clear();
                size = 0;
            }

            methods[^1].Add(store);
            size += 2 + CountNew(plan.Lanes, store.Value, seen);
        }

        return methods;
    }

    public void Write(IReadOnlyList<LaneStore> stores)
    {
        foreach (var store in stores)
        {
            Count(store.Value);
            var type = _lanes[store.Value].Type;
            for (var at = 0; at < type.Bytes && store.Size == type.Element; at += 16)
            {
                _stored[store.Offset + at] = (store.Value, store.Offset);
            }
        }

        foreach (var store in stores)
        {
            WriteValue(store.Value);
            WriteStore(_lanes[store.Value].Type, store.Size, new(LaneBuffer.Target, store.Offset));
        }
    }

    private static int CountNew(LaneGraph lanes, int root, HashSet<int> seen)
    {
        var count = 0;
        var open = new Stack<int>([root]);
        while (open.TryPop(out var node))
        {
            if (node >= 0 && seen.Add(node))
            {
                count++;
                open.Push(lanes[node].A);
                open.Push(lanes[node].B);
                open.Push(lanes[node].C);
            }
        }

        return count;
    }

    private void Count(int root)
    {
        var open = new Stack<int>([root]);
        while (open.TryPop(out var node))
        {
            if (node >= 0 && (_uses[node] = _uses.GetValueOrDefault(node) + 1) == 1)
            {
                open.Push(PartOf(_lanes[node])?.Value ?? -1);
                open.Push(_lanes[node].A);
                open.Push(_lanes[node].B);
                open.Push(_lanes[node].C);
            }
        }
    }

    // Where a vector's bytes stand in one that was stored before: taken from there, they need not come back from memory.
    private (int Value, int Part)? PartOf(LaneNode node)
    {
        var bytes = node.Type.Lanes * node.Size;
        return node.Operation is LaneOperation.Load or LaneOperation.LoadSigned && node.Address.Buffer == LaneBuffer.Target
            && _stored.TryGetValue(node.Address.Offset, out var stored) && bytes >= 16
            && (node.Address.Offset - stored.Start) % bytes == 0
            && _lanes[stored.Value].Type is var type && type.Element == node.Size && type.Bytes >= bytes
            ? (stored.Value, (node.Address.Offset - stored.Start) / bytes)
            : null;
    }

    private void WriteValue(int number)
    {
        if (_locals.TryGetValue(number, out var known))
        {
            _il.Emit(OpCodes.Ldloc, known);
            return;
        }

        WriteOperation(_lanes[number]);
        if (_uses[number] > 1)
        {
            var local = _il.DeclareLocal(VectorMethods.Vector(_lanes[number].Type));
            _il.Emit(OpCodes.Dup);
            _il.Emit(OpCodes.Stloc, local);
            _locals.Add(number, local);
        }
    }

    private void WriteOperation(LaneNode node)
    {
        var type = node.Type;
        var vector = VectorMethods.Vector(type);
        switch (node.Operation)
        {
            case LaneOperation.Constant:
                WriteConstant(type, node.Immediate);
                break;
            case LaneOperation.Broadcast:
                WriteAddress(node.Address);
                _il.Emit(LoadOf(node.Size));
                if (type.Element == 8 && node.Size < 8)
                {
                    _il.Emit(OpCodes.Conv_U8);
                }

                _il.Emit(OpCodes.Call, VectorMethods.Of(type, "Create", VectorMethods.Unsigned(type.Element)));
                break;
            case LaneOperation.Load:
                WriteLoad(node, VectorMethods.Unsigned(node.Size));
                break;
            case LaneOperation.LoadSigned:
                WriteLoad(node, Signed(node.Size));
                break;
            case LaneOperation.ShuffleWord:
                var bytes = new LaneType(type.Bytes, 1);
                WriteAddress(node.Address);
                _il.Emit(OpCodes.Ldind_I8);
                _il.Emit(OpCodes.Call, VectorMethods.Of(new LaneType(type.Bytes, 8), "Create", typeof(ulong)));
                _il.Emit(OpCodes.Call, VectorMethods.As(type.Bytes, typeof(ulong), typeof(byte)));
                WriteConstant(bytes, _lanes[node.A].Immediate);
                _il.Emit(OpCodes.Call, VectorMethods.ShuffleBytes(type.Bytes));
                if (type.Element > 1)
                {
                    _il.Emit(OpCodes.Call, VectorMethods.As(type.Bytes, typeof(byte), VectorMethods.Unsigned(type.Element)));
                }

                break;
            case LaneOperation.Align:
                WriteValue(node.A);
                WriteConstant(type, _lanes[node.C].Immediate);
                WriteValue(node.B);
                _il.Emit(OpCodes.Call, VectorMethods.PermuteTwo(type));
                break;
            case LaneOperation.Negate:
                WriteValue(node.A);
                _il.Emit(OpCodes.Call, VectorMethods.Of(type, "Negate", vector));
                break;
            case LaneOperation.ShiftLeft or LaneOperation.ShiftRight:
                WriteValue(node.A);
                _il.Emit(OpCodes.Ldc_I4, node.Immediate);
                _il.Emit(OpCodes.Call, VectorMethods.Of(
                    type, node.Operation == LaneOperation.ShiftLeft ? "ShiftLeft" : "ShiftRightLogical", vector, typeof(int)));
                break;
            case LaneOperation.ShiftRightSigned:
                WriteSigned(node.A, type);
                _il.Emit(OpCodes.Ldc_I4, node.Immediate);
                _il.Emit(OpCodes.Call, VectorMethods.Of(
                    type.Bytes, "ShiftRightArithmetic", Signed(type.Element), VectorMethods.Vector(type.Bytes, Signed(type.Element)), typeof(int)));
                _il.Emit(OpCodes.Call, VectorMethods.As(type.Bytes, Signed(type.Element), VectorMethods.Unsigned(type.Element)));
                break;
            case LaneOperation.LessSignedMask:
                WriteSigned(node.A, type);
                WriteSigned(node.B, type);
                var signed = VectorMethods.Vector(type.Bytes, Signed(type.Element));
                _il.Emit(OpCodes.Call, VectorMethods.Of(type.Bytes, "LessThan", Signed(type.Element), signed, signed));
                _il.Emit(OpCodes.Call, VectorMethods.As(type.Bytes, Signed(type.Element), VectorMethods.Unsigned(type.Element)));
                break;
            case LaneOperation.ShiftLeftBy or LaneOperation.ShiftRightBy:
                WriteValue(node.A);
                WriteValue(node.B);
                _il.Emit(OpCodes.Call, VectorMethods.ShiftBy(type, node.Operation));
                break;
            case LaneOperation.ShiftRightSignedBy:
                WriteSigned(node.A, type);
                WriteValue(node.B);
                _il.Emit(OpCodes.Call, VectorMethods.ShiftBy(type, node.Operation));
                _il.Emit(OpCodes.Call, VectorMethods.As(type.Bytes, Signed(type.Element), VectorMethods.Unsigned(type.Element)));
                break;
            case LaneOperation.Narrow:
                WriteValue(node.A);
                WriteValue(node.B);
                var wide = VectorMethods.Vector(_lanes[node.A].Type);
                _il.Emit(OpCodes.Call, VectorMethods.Of(_lanes[node.A].Type, "Narrow", wide, wide));
                break;
            case LaneOperation.WidenLower or LaneOperation.WidenUpper:
                WriteValue(node.A);
                _il.Emit(OpCodes.Call, VectorMethods.Of(
                    _lanes[node.A].Type, node.Operation.ToString(), VectorMethods.Vector(_lanes[node.A].Type)));
                break;
            case LaneOperation.Call:
                _calls!(node, WriteValue);
                break;
            case LaneOperation.Select:
                WriteValue(node.C);
                WriteValue(node.A);
                WriteValue(node.B);
                _il.Emit(OpCodes.Call, VectorMethods.Of(type, "ConditionalSelect", vector, vector, vector));
                break;
            default:
                WriteValue(node.A);
                WriteValue(node.B);
                _il.Emit(OpCodes.Call, VectorMethods.Of(type, NameOf(node.Operation), vector, vector));
                break;
        }
    }

    private void WriteSigned(int number, LaneType type)
    {
        WriteValue(number);
        _il.Emit(OpCodes.Call, VectorMethods.As(type.Bytes, VectorMethods.Unsigned(type.Element), Signed(type.Element)));
    }

    private void WriteConstant(LaneType type, int number)
    {
        var bytes = _lanes.ConstantAt(number);
        var isUniform = Enumerable.Range(0, bytes.Length).All(i => bytes[i] == bytes[i % type.Element]);
        if (isUniform)
        {
            var word = new byte[8];
            bytes.AsSpan(0, type.Element).CopyTo(word);
            var value = BitConverter.ToInt64(word);
            if (type.Element == 8)
            {
                _il.Emit(OpCodes.Ldc_I8, value);
            }
            else
            {
                _il.Emit(OpCodes.Ldc_I4, unchecked((int)value));
            }

            _il.Emit(OpCodes.Call, VectorMethods.Of(type, "Create", VectorMethods.Unsigned(type.Element)));
            return;
        }

        _il.Emit(OpCodes.Ldc_I8, _constants + (64L * number));
        _il.Emit(OpCodes.Conv_I);
        _il.Emit(OpCodes.Call, VectorMethods.Of(type, "Load", VectorMethods.Unsigned(type.Element).MakePointerType()));
    }

    private void WriteLoad(LaneNode node, Type from)
    {
        var type = node.Type;
        var used = type.Lanes * node.Size;
        var bytes = Math.Max(16, used);
        if (PartOf(node) is { } part)
        {
            WritePart(part.Value, part.Part, bytes);
            if (from != VectorMethods.Unsigned(node.Size))
            {
                _il.Emit(OpCodes.Call, VectorMethods.As(bytes, VectorMethods.Unsigned(node.Size), from));
            }
        }
        else if (used < 16)
        {
            WriteAddress(node.Address);
            // No more than what was stored: a wider load would have to wait until the store is through.
            var word = VectorMethods.Unsigned(used);
            _il.Emit(LoadOf(used));
            _il.Emit(OpCodes.Call, VectorMethods.Of(16, "CreateScalar", word, word));
            _il.Emit(OpCodes.Call, VectorMethods.As(16, word, from));
        }
        else
        {
            WriteAddress(node.Address);
            _il.Emit(OpCodes.Call, VectorMethods.Of(bytes, "Load", from, from.MakePointerType()));
        }

        if (node.Size < type.Element)
        {
            _il.Emit(OpCodes.Call, VectorMethods.Widen(type, bytes, from));
            _il.Emit(OpCodes.Call, VectorMethods.As(type.Bytes, Signed(type.Element), VectorMethods.Unsigned(type.Element)));
        }
    }

    private void WritePart(int value, int part, int bytes)
    {
        WriteValue(value);
        var type = _lanes[value].Type;
        for (var whole = type.Bytes; whole > bytes; whole /= 2)
        {
            var parts = whole / bytes;
            var element = VectorMethods.Unsigned(type.Element);
            _il.Emit(OpCodes.Call, VectorMethods.Of(
                whole, part % parts < parts / 2 ? "GetLower" : "GetUpper", element, VectorMethods.Vector(whole, element)));
        }
    }

    // The value stands on the stack.
    private void WriteStore(LaneType type, int size, LaneAddress address)
    {
        var used = type.Lanes * size;
        if (size < type.Element && _machine.UsesAvx512)
        {
            _il.Emit(OpCodes.Call, VectorMethods.Cut(type, size));
        }
        else if (size < type.Element)
        {
            CutByHalves(type, size);
        }

        if (used >= 16)
        {
            var element = VectorMethods.Unsigned(size);
            WriteAddress(address);
            _il.Emit(OpCodes.Call, VectorMethods.Of(
                used, "Store", element, VectorMethods.Vector(used, element), element.MakePointerType()));
            return;
        }

        var word = VectorMethods.Unsigned(used);
        if (used != size)
        {
            _il.Emit(OpCodes.Call, VectorMethods.As(16, VectorMethods.Unsigned(size), word));
        }

        var scalar = _scalars.TryGetValue(word, out var known) ? known : _scalars[word] = _il.DeclareLocal(word);
        _il.Emit(OpCodes.Call, VectorMethods.Of(16, "ToScalar", word, VectorMethods.Vector(16, word)));
        _il.Emit(OpCodes.Stloc, scalar);
        WriteAddress(address);
        _il.Emit(OpCodes.Ldloc, scalar);
        _il.Emit(used == 8 ? OpCodes.Stind_I8 : used == 4 ? OpCodes.Stind_I4 : used == 2 ? OpCodes.Stind_I2 : OpCodes.Stind_I1);
    }

    // Leaves the wanted elements at the low end of 16 bytes, or of all when there are more.
    private void CutByHalves(LaneType type, int size)
    {
        for (var (bytes, element) = (type.Bytes, type.Element); element > size; element /= 2)
        {
            var from = VectorMethods.Vector(bytes, VectorMethods.Unsigned(element));
            _il.Emit(OpCodes.Dup);
            _il.Emit(OpCodes.Call, Of(bytes, "Narrow", element, from, from));
            if (bytes > 16)
            {
                _il.Emit(OpCodes.Call, VectorMethods.Of(bytes, "GetLower", VectorMethods.Unsigned(element / 2),
                    VectorMethods.Vector(bytes, VectorMethods.Unsigned(element / 2))));
                bytes /= 2;
            }
        }

        static System.Reflection.MethodInfo Of(int bytes, string name, int element, params Type[] parameters) =>
            VectorMethods.Of(bytes, name, VectorMethods.Unsigned(element), parameters);
    }

    private void WriteAddress(LaneAddress address)
    {
        var (argument, offset) = _buffers(address.Buffer);
        _il.Emit(OpCodes.Ldarg, (short)argument);
        _il.Emit(OpCodes.Ldc_I4, checked(offset + address.Offset));
        _il.Emit(OpCodes.Add);
    }

    private static OpCode LoadOf(int size) => size switch
    {
        1 => OpCodes.Ldind_U1,
        2 => OpCodes.Ldind_U2,
        4 => OpCodes.Ldind_U4,
        _ => OpCodes.Ldind_I8,
    };

    private static Type Signed(int element) => element switch
    {
        1 => typeof(sbyte),
        2 => typeof(short),
        4 => typeof(int),
        _ => typeof(long),
    };

    private static string NameOf(LaneOperation operation) => operation switch
    {
        LaneOperation.Add => "Add",
        LaneOperation.Subtract => "Subtract",
        LaneOperation.Multiply => "Multiply",
        LaneOperation.And => "BitwiseAnd",
        LaneOperation.Or => "BitwiseOr",
        LaneOperation.Xor => "Xor",
        LaneOperation.EqualMask => "Equals",
        LaneOperation.LessUnsignedMask => "LessThan",
        _ => throw new System.Diagnostics.UnreachableException($"operation {operation}"),
    };
}
