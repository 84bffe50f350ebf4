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
    private const int Scratch = 4;
    private const int VectorsPerMethod = 250;

    // At the start of the scratch array lie operands and results of calls, 64-bit lanes of a block each.
    private const int CallArea = 4 * 128;

    private static readonly Type[] s_parameters =
        [typeof(byte*), typeof(byte*), typeof(byte*), typeof(ulong*), typeof(byte*)];

    private readonly LaneGraph _lanes = new();
    private readonly BatchValues _values;
    private readonly LaneMachine _machine;
    private readonly int _memoryWords;
    private readonly byte[] _constants;
    private readonly int _constantsStart;
    private readonly byte[] _scratch;
    private readonly List<Body> _methods = [];
    private readonly Dictionary<int, int> _slots = [];
    private readonly List<(int Vector, int Offset)> _stores = [];
    private readonly List<int[]> _writes = [];

    public BatchProgram(
        WordGraph graph, IReadOnlyList<Store> stores, BatchLayout state, BatchLayout inputs, BatchLayout target,
        LaneMachine machine, int memoryWords)
    {
        (_machine, _memoryWords) = (machine, memoryWords);
        _values = new(graph, _lanes, state, inputs, machine.VectorBytes);
        foreach (var store in stores)
        {
            if (store.IsMemory)
            {
                var (low, high) = _values.Wide(store.Value);
                var mask = store.Mask < 0 ? (-1, -1) : _values.Wide(store.Mask);
                _writes.Add([_values.Narrow(store.Condition < 0 ? graph.Constant(1) : store.Condition),
                    _values.Narrow(store.Index), low, high, mask.Item1, mask.Item2]);
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
        _scratch = GC.AllocateArray<byte>(CallArea + (64 * (_slots.Count + 1)), pinned: true);
    }

    private delegate void Body(byte* state, byte* target, byte* inputs, ulong* memories, byte* scratch);

    public void Run(byte* state, byte* target, byte* inputs, ulong* memories)
    {
        var scratch = Pointer(_scratch);
        foreach (var method in _methods)
        {
            method(state, target, inputs, memories, scratch);
        }
    }

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
        var open = new Stack<int>(_stores.Select(s => s.Vector).Concat(_writes.SelectMany(w => w)));
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

        foreach (var operand in _writes.SelectMany(w => w).Where(n => n >= 0 && !IsLeaf(n)))
        {
            _slots.TryAdd(operand, _slots.Count);
        }

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

                    emitter.Define(node);
                    if (_slots.TryGetValue(node, out var slot))
                    {
                        emitter.Put(node, new(LaneBuffer.Stage, CallArea + (64 * slot)));
                    }
                }

                foreach (var (vector, offset) in _stores.Where(s => set.Contains(s.Vector)))
                {
                    emitter.Put(vector, new(LaneBuffer.Target, offset));
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

        foreach (var writes in _writes.Chunk(VectorsPerMethod / 8))
        {
            Method((emitter, fetch, il) =>
            {
                foreach (var write in writes)
                {
                    EmitWrite(emitter, fetch, il, write);
                }
            });
        }
    }

    private void EmitWrite(LaneEmitter emitter, Action<int> fetch, ILGenerator il, int[] write)
    {
        var half = _machine.VectorBytes;
        int[] places = [0, 128, 256, 256 + half, 384, 384 + half];
        for (var i = 0; i < write.Length; i++)
        {
            if (write[i] >= 0)
            {
                fetch(write[i]);
                emitter.Put(write[i], new(LaneBuffer.Stage, places[i]));
            }
        }

        Address(il, Scratch, 0);
        Address(il, Scratch, 128);
        Address(il, Scratch, 256);
        if (write[4] < 0)
        {
            il.Emit(OpCodes.Ldc_I4_0);
            il.Emit(OpCodes.Conv_U);
        }
        else
        {
            Address(il, Scratch, 384);
        }

        il.Emit(OpCodes.Ldarg, (short)Memories);
        il.Emit(OpCodes.Ldc_I8, (long)_memoryWords);
        il.Emit(OpCodes.Ldc_I4, _machine.VectorBytes / 4);
        il.Emit(OpCodes.Call, Find(nameof(BatchCalls.Write)));
    }

    // Operands go to the call area, the result comes back from it.
    private void EmitCall(ILGenerator il, LaneNode node, Action<int> writeValue)
    {
        var type = node.Type;
        var word = _values.CallAt(node.Immediate);
        Spill(node.A, 0);
        if (node.B >= 0)
        {
            Spill(node.B, 128);
        }

        Address(il, Scratch, 0);
        if (word.Operation == WordOperation.MemoryWord)
        {
            Address(il, Scratch, 256);
            il.Emit(OpCodes.Ldarg, (short)Memories);
            var first = type.Element == 8 && node.Size == 1 ? type.Lanes : 0;
            il.Emit(OpCodes.Ldc_I8, 8 * ((long)word.Immediate + ((long)first * _memoryWords)));
            il.Emit(OpCodes.Conv_I);
            il.Emit(OpCodes.Add);
            il.Emit(OpCodes.Ldc_I8, (long)_memoryWords);
        }
        else
        {
            Address(il, Scratch, 128);
            Address(il, Scratch, 256);
            il.Emit(OpCodes.Ldc_I4, (int)word.Operation);
        }

        il.Emit(OpCodes.Ldc_I4, type.Lanes);
        il.Emit(OpCodes.Call, Find(word.Operation != WordOperation.MemoryWord ? nameof(BatchCalls.Compute)
            : type.Element == 4 ? nameof(BatchCalls.Read32) : nameof(BatchCalls.Read64)));
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
        _methods.Add(method.CreateDelegate<Body>());

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

    private static MethodInfo Find(string name) =>
        typeof(BatchCalls).GetMethod(name, BindingFlags.Public | BindingFlags.Static)!;
}
