using System.Reflection;
using System.Reflection.Emit;
using HwSeed.Sim.Compilation.Lanes;

namespace HwSeed.Sim.Compilation.Batches;

/// <summary>Stores compiled for a block of stimuli. Reads state, inputs and memories, writes the target and memories.</summary>
internal sealed unsafe class BatchProgram
{
    private const int State = 0;
    private const int Target = 1;
    private const int Inputs = 2;
    private const int Memories = 3;
    private const int Shared = 4;
    private const int Scratch = 5;
    private const int Times = 6;
    private const int VectorsPerMethod = 250;

    // At the start of the scratch array lie operands and results of calls, 64-bit lanes of a block each.
    private const int CallArea = 4 * 128;

    private static readonly Type[] s_parameters =
        [typeof(byte*), typeof(byte*), typeof(byte*), typeof(ulong*), typeof(ulong*), typeof(byte*)];

    private readonly LaneGraph _lanes = new();
    private readonly BatchValues _values;
    private readonly WordGraph _graph;
    private readonly BatchMemories _memories;
    private readonly LaneMachine _machine;
    private readonly byte[] _constants;
    private readonly int _constantsStart;
    private readonly PinnedWords[] _scratch;
    private readonly List<DynamicMethod> _methods = [];
    private readonly Body _body;
    private readonly Dictionary<int, int> _slots = [];
    private readonly List<(int Vector, int Offset)> _stores = [];
    private readonly List<MemoryStore> _writes = [];

    public BatchProgram(
        WordGraph graph, IReadOnlyList<Store> stores, BatchLayout state, BatchLayout inputs, BatchLayout target,
        BatchMemories memories, int blocks, LaneMachine machine)
    {
        (_graph, _memories, _machine) = (graph, memories, machine);
        _values = new(graph, _lanes, state, inputs, machine.VectorBytes);
        foreach (var store in stores)
        {
            if (store.IsMemory)
            {
                Keep(store);
            }
            else if (target.IsBit[store.Slot])
            {
                _stores.Add((_values.Mask(store.Value), target.Offsets[store.Slot]));
            }
            else if (target.Elements[store.Slot] == 4)
            {
                _stores.Add((_values.Narrow(store.Value), target.Offsets[store.Slot]));
            }
            else
            {
                var (low, high) = _values.Wide(store.Value);
                _stores.Add((low, target.Offsets[store.Slot]));
                _stores.Add((high, target.Offsets[store.Slot] + machine.VectorBytes));
            }
        }

        _constants = GC.AllocateArray<byte>(64 * (_lanes.Constants + 1), pinned: true);
        _constantsStart = (int)(64 - ((nint)Pointer(_constants) % 64)) % 64;
        for (var i = 0; i < _lanes.Constants; i++)
        {
            _lanes.ConstantAt(i).CopyTo(_constants, _constantsStart + (64 * i));
        }

        Emit();
        _body = EmitLoop();
        _scratch = [.. Enumerable.Range(0, blocks).Select(_ => new PinnedWords((CallArea / 8) + (8 * (_slots.Count + 1)), placeInPage: 1024))];
    }

    private void Keep(Store store)
    {
        var (condition, index) = (_values.Mask(store.Condition < 0 ? _graph.Constant(1) : store.Condition), _values.Narrow(store.Index));
        var place = _memories.PlaceOf(store.Base).Place;
        if (store.Fill.Words > 1)
        {
            var (value, mask) = (_values.Wide(store.Value), _values.Wide(store.Mask < 0 ? _graph.Constant(WordGraph.MaskOf(store.Width)) : store.Mask));
            _writes.Add(new([condition, index, value.Low, value.High, mask.Low, mask.High], place, store.Fill));
            return;
        }

        int[] nodes = store.Mask < 0 ? [store.Value] : [store.Value, store.Mask];
        int[] vectors = [.. nodes.SelectMany(n => store.Width <= 32 ? (int[])[_values.Narrow(n)] : [_values.Wide(n).Low, _values.Wide(n).High])];
        _writes.Add(new([condition, index, .. vectors], place, store.Fill));
    }

    private delegate void Body(byte* state, byte* target, byte* inputs, ulong* memories, ulong* shared, byte* scratch, long times);

    /// <summary>Runs a number of times; state and target change places after each.</summary>
    /// <param name="block">The block's number. Different blocks may run at the same time.</param>
    /// <param name="state">The block's state before.</param>
    /// <param name="target">The block's state after, or its outputs.</param>
    /// <param name="inputs">The block's inputs.</param>
    /// <param name="memories">The block's own memories.</param>
    /// <param name="shared">Memories that nothing writes.</param>
    /// <param name="times">How often.</param>
    public void Run(int block, byte* state, byte* target, byte* inputs, ulong* memories, ulong* shared, long times) =>
        _body(state, target, inputs, memories, shared, (byte*)_scratch[block].Address, times);

    private static byte* Pointer(byte[] pinned)
    {
        fixed (byte* at = pinned)
        {
            return at;
        }
    }

    private void Emit()
    {
        var needed = new SortedSet<int>();
        var open = new Stack<int>(_stores.Select(s => s.Vector).Concat(_writes.SelectMany(w => w.Vectors)));
        while (open.TryPop(out var node))
        {
            if (node >= 0 && needed.Add(node))
            {
                open.Push(_lanes[node].A);
                open.Push(_lanes[node].B);
                open.Push(_lanes[node].C);
            }
        }

        var chunks = needed.Where(n => !IsLeaf(n)).Chunk(VectorsPerMethod).ToList();
        var chunkOf = chunks.SelectMany((c, i) => c.Select(n => (n, i))).ToDictionary(p => p.n, p => p.i);
        for (var chunk = 0; chunk < chunks.Count; chunk++)
        {
            foreach (var operand in chunks[chunk].SelectMany(OperandsOf).Where(o => !IsLeaf(o) && chunkOf[o] != chunk))
            {
                _slots.TryAdd(operand, _slots.Count);
            }
        }

        foreach (var operand in _writes.SelectMany(w => w.Vectors).Where(n => !IsLeaf(n)))
        {
            _slots.TryAdd(operand, _slots.Count);
        }

        var storesOf = _stores.ToLookup(s => s.Vector);
        for (var chunk = 0; chunk < chunks.Count; chunk++)
        {
            var here = chunks[chunk];
            var set = here.ToHashSet();
            Method((emitter, fetch) =>
            {
                foreach (var node in here)
                {
                    foreach (var operand in OperandsOf(node).Where(o => !set.Contains(o)))
                    {
                        fetch(operand);
                    }

                    // Stored at once: what is kept for later is kept on the stack.
                    emitter.Define(node);
                    foreach (var (_, offset) in storesOf[node])
                    {
                        emitter.Put(node, new(LaneBuffer.Target, offset));
                    }

                    if (_slots.TryGetValue(node, out var slot))
                    {
                        emitter.Put(node, new(LaneBuffer.Stage, CallArea + (64 * slot)));
                    }
                }
            });
        }

        foreach (var copies in _stores.Where(s => IsLeaf(s.Vector)).Chunk(VectorsPerMethod))
        {
            Method((emitter, fetch) =>
            {
                foreach (var (vector, offset) in copies)
                {
                    fetch(vector);
                    emitter.Put(vector, new(LaneBuffer.Target, offset));
                }
            });
        }

        foreach (var writes in _writes.Chunk(VectorsPerMethod / 16))
        {
            Method((emitter, fetch, il) =>
            {
                foreach (var write in writes)
                {
                    foreach (var vector in write.Vectors)
                    {
                        fetch(vector);
                    }

                    EmitWrite(emitter, il, write);
                }
            });
        }
    }

    private void EmitWrite(LaneEmitter emitter, ILGenerator il, MemoryStore write)
    {
        var isFill = write.Fill.Words > 1;
        var offset = 0;
        foreach (var vector in write.Vectors)
        {
            emitter.Push(vector);
            if (isFill)
            {
                Address(il, Scratch, offset);
                offset += _machine.VectorBytes;
                var type = _lanes[vector].Type;
                il.Emit(OpCodes.Call, VectorMethods.Of(
                    type, "Store", VectorMethods.Vector(type), VectorMethods.Unsigned(type.Element).MakePointerType()));
            }
        }

        if (isFill)
        {
            foreach (var vector in (int[])[0, 1, 2, 4])
            {
                Address(il, Scratch, vector * _machine.VectorBytes);
            }
        }

        il.Emit(OpCodes.Ldarg, (short)Memories);
        il.Emit(OpCodes.Ldc_I8, 8L * write.Place * _memories.Lanes);
        il.Emit(OpCodes.Conv_I);
        il.Emit(OpCodes.Add);
        if (isFill)
        {
            foreach (var number in (int[])[_memories.Lanes, write.Fill.Words, write.Fill.Stride, write.Fill.End])
            {
                il.Emit(OpCodes.Ldc_I4, number);
            }

            il.Emit(OpCodes.Call, typeof(BatchMemory).GetMethod(nameof(BatchMemory.Fill))!);
            return;
        }

        il.Emit(OpCodes.Ldc_I4, _memories.Spare - write.Place);
        il.Emit(OpCodes.Ldarg, (short)Scratch);
        il.Emit(OpCodes.Call, typeof(BatchMemory).GetMethod(nameof(BatchMemory.Write),
            [.. write.Vectors.Select(v => VectorMethods.Vector(_lanes[v].Type)), typeof(ulong*), typeof(int), typeof(byte*)])!);
    }

    private void EmitCall(ILGenerator il, LaneNode node, Action<int> writeValue)
    {
        if (_values.CallAt(node.Immediate) is { Operation: WordOperation.MemoryWord } read)
        {
            // The second half of a block lies behind the first.
            var (place, isShared) = _memories.PlaceOf((int)read.Immediate);
            var first = !isShared && node.Type.Element == 8 && node.Size == 1 ? node.Type.Lanes : 0;
            writeValue(node.A);
            il.Emit(OpCodes.Ldarg, (short)(isShared ? Shared : Memories));
            il.Emit(OpCodes.Ldc_I8, 8 * ((isShared ? place : (long)place * _memories.Lanes) + first));
            il.Emit(OpCodes.Conv_I);
            il.Emit(OpCodes.Add);
            il.Emit(OpCodes.Ldc_I4, isShared ? 0 : _memories.Lanes);
            il.Emit(OpCodes.Call, Access(nameof(BatchMemory.Read), VectorMethods.Vector(node.Type), 3));
            return;
        }

        EmitCompute(il, node, writeValue);
    }

    // Operands go to the call area, the result comes back from it.
    private void EmitCompute(ILGenerator il, LaneNode node, Action<int> writeValue)
    {
        var type = node.Type;
        var word = _values.CallAt(node.Immediate);
        Spill(node.A, 0);
        if (node.B >= 0)
        {
            Spill(node.B, 128);
        }

        Address(il, Scratch, 0);
        Address(il, Scratch, 128);
        Address(il, Scratch, 256);
        il.Emit(OpCodes.Ldc_I4, (int)word.Operation);
        il.Emit(OpCodes.Ldc_I4, type.Lanes);
        il.Emit(OpCodes.Call, typeof(BatchCalls).GetMethod(nameof(BatchCalls.Compute))!);
        Address(il, Scratch, 256);
        il.Emit(OpCodes.Call, VectorMethods.Of(type, "Load", VectorMethods.Unsigned(type.Element).MakePointerType()));

        void Spill(int vector, int offset)
        {
            writeValue(vector);
            Address(il, Scratch, offset);
            il.Emit(OpCodes.Call, VectorMethods.Of(
                type, "Store", VectorMethods.Vector(type), VectorMethods.Unsigned(type.Element).MakePointerType()));
        }
    }

    private Body EmitLoop()
    {
        var loop = new DynamicMethod("batch", null, [.. s_parameters, typeof(long)], typeof(BatchProgram).Module, skipVisibility: true);
        var il = loop.GetILGenerator();
        var (again, done) = (il.DefineLabel(), il.DefineLabel());
        il.MarkLabel(again);
        il.Emit(OpCodes.Ldarg, (short)Times);
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Conv_I8);
        il.Emit(OpCodes.Ble, done);
        foreach (var method in _methods)
        {
            for (short argument = 0; argument < s_parameters.Length; argument++)
            {
                il.Emit(OpCodes.Ldarg, argument);
            }

            il.Emit(OpCodes.Call, method);
        }

        il.Emit(OpCodes.Ldarg, (short)State);
        il.Emit(OpCodes.Ldarg, (short)Target);
        il.Emit(OpCodes.Starg, (short)State);
        il.Emit(OpCodes.Starg, (short)Target);
        il.Emit(OpCodes.Ldarg, (short)Times);
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Conv_I8);
        il.Emit(OpCodes.Sub);
        il.Emit(OpCodes.Starg, (short)Times);
        il.Emit(OpCodes.Br, again);
        il.MarkLabel(done);
        il.Emit(OpCodes.Ret);
        return loop.CreateDelegate<Body>();
    }

    private void Method(Action<LaneEmitter, Action<int>> body) => Method((emitter, fetch, _) => body(emitter, fetch));

    private void Method(Action<LaneEmitter, Action<int>, ILGenerator> body)
    {
        var method = new DynamicMethod("block", null, s_parameters, typeof(BatchProgram).Module, skipVisibility: true);
        var il = method.GetILGenerator();
        var emitter = new LaneEmitter(
            _lanes, il, buffer => (buffer switch
            {
                LaneBuffer.State => State,
                LaneBuffer.Target => Target,
                LaneBuffer.Inputs => Inputs,
                _ => Scratch,
            }, 0),
            (nint)Pointer(_constants) + _constantsStart, (node, write) => EmitCall(il, node, write));
        var fetched = new HashSet<int>();
        body(emitter, Fetch, il);
        il.Emit(OpCodes.Ret);
        _methods.Add(method);

        void Fetch(int number)
        {
            if (!fetched.Add(number))
            {
                return;
            }

            if (IsLeaf(number))
            {
                emitter.Define(number);
            }
            else
            {
                emitter.Fetch(number, new(LaneBuffer.Stage, CallArea + (64 * _slots[number])));
            }
        }
    }

    private bool IsLeaf(int node) => _lanes[node].Operation is LaneOperation.Constant or LaneOperation.Load;

    private IEnumerable<int> OperandsOf(int node) =>
        new[] { _lanes[node].A, _lanes[node].B, _lanes[node].C }.Where(o => o >= 0);

    private static void Address(ILGenerator il, int argument, int offset)
    {
        il.Emit(OpCodes.Ldarg, (short)argument);
        il.Emit(OpCodes.Ldc_I4, offset);
        il.Emit(OpCodes.Add);
    }

    // The method for vectors of a type.
    private static MethodInfo Access(string name, Type first, int parameters) => typeof(BatchMemory)
        .GetMethods(BindingFlags.Public | BindingFlags.Static)
        .First(m => m.Name == name && m.GetParameters() is var found && found.Length == parameters && found[0].ParameterType == first);

    // A write: condition, index, value and mask, the latter two as one vector or two.
    private sealed record MemoryStore(int[] Vectors, int Place, (int Words, int Stride, int End) Fill);
}
