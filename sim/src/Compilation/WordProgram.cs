using System.Numerics;
using System.Reflection;
using System.Reflection.Emit;
using HwSeed.Sim.Compilation.Lanes;

namespace HwSeed.Sim.Compilation;

/// <summary>
/// Stores compiled to machine code. One run reads state, inputs and memories and writes the target buffer and
/// memories; when it runs n times, state and target change places after each, as on n clock edges.
/// </summary>
internal sealed unsafe class WordProgram
{
    private const int State = 0;
    private const int Target = 1;
    private const int Inputs = 2;
    private const int Memories = 3;
    private const int Scratch = 4;
    private const int Times = 5;

    private static readonly Type[] ChunkParameters =
        [typeof(ulong*), typeof(ulong*), typeof(ulong*), typeof(ulong*), typeof(ulong*)];

    private static readonly MethodInfo PopCount =
        typeof(BitOperations).GetMethod(nameof(BitOperations.PopCount), [typeof(ulong)])!;

    private readonly WordGraph _graph;
    private readonly StateLayout _layout;
    private readonly bool _intoState;
    private readonly Schedule _schedule;
    private readonly LaneCode _lanes;
    private readonly ulong[] _scratch;
    private readonly Body _body;

    /// <summary>Compiles stores.</summary>
    /// <param name="graph">Their nodes.</param>
    /// <param name="stores">The stores, memory writes last.</param>
    /// <param name="layout">Where state lies.</param>
    /// <param name="intoState">Whether the target is a state buffer, else plain words.</param>
    public WordProgram(WordGraph graph, IReadOnlyList<Store> stores, StateLayout layout, bool intoState)
    {
        (_graph, _layout, _intoState) = (graph, layout, intoState);
        var plan = LanePlan.Of(graph, stores, layout, intoState);
        _schedule = new(graph, plan.Scalar);
        _lanes = new(plan, stageOffset: (8 * _schedule.Scratch.Count) + 63 & ~63);
        _scratch = GC.AllocateArray<ulong>(_lanes.ScratchBytes / 8, pinned: true);
        _body = Emit();
    }

    private delegate void Body(ulong* state, ulong* target, ulong* inputs, ulong* memories, ulong* scratch, long times);

    /// <summary>Methods that the scalar part was cut into.</summary>
    public int Chunks => _schedule.Chunks.Count;

    /// <summary>Vector stores.</summary>
    public int VectorStores => _lanes.Stores;

    public void Run(ulong* state, ulong* target, ulong* inputs, ulong* memories, long times)
    {
        fixed (ulong* scratch = _scratch)
        {
            _body(state, target, inputs, memories, scratch, times);
        }
    }

    private Body Emit()
    {
        var driver = new DynamicMethod("run", null, [.. ChunkParameters, typeof(long)], typeof(WordProgram).Module, skipVisibility: true);
        var il = driver.GetILGenerator();
        var (again, done) = (il.DefineLabel(), il.DefineLabel());
        il.MarkLabel(again);
        il.Emit(OpCodes.Ldarg, (short)Times);
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Conv_I8);
        il.Emit(OpCodes.Ble, done);

        EmitParts(il, "chunk", _schedule.Chunks.Count, (part, chunk) => EmitChunk(part, chunk));
        EmitParts(il, "lanes", _lanes.Methods, (part, method) => _lanes.Emit(part, method, BufferOf));

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
        return driver.CreateDelegate<Body>();
    }

    // A single part stands in the loop itself, several become methods that the loop calls.
    private static void EmitParts(ILGenerator il, string name, int count, Action<ILGenerator, int> emit)
    {
        if (count == 1)
        {
            emit(il, 0);
            return;
        }

        for (var part = 0; part < count; part++)
        {
            var method = new DynamicMethod($"{name}{part}", null, ChunkParameters, typeof(WordProgram).Module, skipVisibility: true);
            emit(method.GetILGenerator(), part);
            method.GetILGenerator().Emit(OpCodes.Ret);
            for (var argument = 0; argument < ChunkParameters.Length; argument++)
            {
                il.Emit(OpCodes.Ldarg, (short)argument);
            }

            il.Emit(OpCodes.Call, method);
        }
    }

    private void EmitChunk(ILGenerator il, int chunk)
    {
        var writer = new WordEmitter(_graph, _schedule, il, _layout, _intoState, _lanes.StageOffset);
        foreach (var statement in _schedule.Chunks[chunk])
        {
            writer.Write(statement);
        }
    }

    private (int Argument, int Offset) BufferOf(LaneBuffer buffer) => buffer switch
    {
        LaneBuffer.State => (State, 0),
        LaneBuffer.Target => (Target, 0),
        LaneBuffer.Inputs => (Inputs, 0),
        _ => (Scratch, _lanes.StageOffset),
    };

    /// <summary>Writes the statements of one chunk.</summary>
    private sealed class WordEmitter(
        WordGraph graph, Schedule schedule, ILGenerator il, StateLayout layout, bool intoState, int stageOffset)
    {
        private readonly Dictionary<int, LocalBuilder> _locals = [];

        public void Write(Statement statement)
        {
            if (statement.Node < 0)
            {
                WriteStore(statement.Store);
                return;
            }

            var local = il.DeclareLocal(typeof(ulong));
            WriteOperation(statement.Node);
            il.Emit(OpCodes.Stloc, local);
            _locals.Add(statement.Node, local);
            if (schedule.Scratch.TryGetValue(statement.Node, out var slot))
            {
                WriteAddress(Scratch, slot);
                il.Emit(OpCodes.Ldloc, local);
                il.Emit(OpCodes.Stind_I8);
            }
        }

        private void WriteStore(Store store)
        {
            var size = 8;
            if (store.StageBytes > 0)
            {
                size = store.StageBytes;
                WriteByteAddress(Scratch, stageOffset + store.StageOffset);
            }
            else if (store.Index >= 0)
            {
                WriteIndexedAddress(store.Index, 0);
            }
            else if (intoState)
            {
                size = layout.BytesOf(store.Slot);
                WriteByteAddress(Target, layout.OffsetOf(store.Slot));
            }
            else
            {
                WriteAddress(Target, store.Slot);
            }

            WriteValue(store.Value);
            il.Emit(size switch { 1 => OpCodes.Stind_I1, 2 => OpCodes.Stind_I2, 4 => OpCodes.Stind_I4, _ => OpCodes.Stind_I8 });
        }

        private void WriteState(int slot)
        {
            WriteByteAddress(State, layout.OffsetOf(slot));
            var size = layout.BytesOf(slot);
            il.Emit(size switch { 1 => OpCodes.Ldind_U1, 2 => OpCodes.Ldind_U2, 4 => OpCodes.Ldind_U4, _ => OpCodes.Ldind_I8 });
            if (size < 8)
            {
                il.Emit(OpCodes.Conv_U8);
            }
        }

        private void WriteValue(int number)
        {
            if (_locals.TryGetValue(number, out var local))
            {
                il.Emit(OpCodes.Ldloc, local);
            }
            else if (schedule.IsNamed(number))
            {
                WriteAddress(Scratch, schedule.Scratch[number]);
                il.Emit(OpCodes.Ldind_I8);
            }
            else
            {
                WriteOperation(number);
            }
        }

        private void WriteOperation(int number)
        {
            var node = graph[number];
            switch (node.Operation)
            {
                case WordOperation.Constant:
                    il.Emit(OpCodes.Ldc_I8, (long)node.Immediate);
                    return;
                case WordOperation.State:
                    WriteState((int)node.Immediate);
                    return;
                case WordOperation.Input:
                    WriteAddress(Inputs, (int)node.Immediate);
                    il.Emit(OpCodes.Ldind_I8);
                    return;
                case WordOperation.MemoryWord:
                    WriteIndexedAddress(node.A, (int)node.Immediate);
                    il.Emit(OpCodes.Ldind_I8);
                    return;
            }

            WriteValue(node.A);
            if (node.B >= 0)
            {
                WriteValue(node.B);
            }

            switch (node.Operation)
            {
                case WordOperation.ShiftLeft or WordOperation.ShiftRight:
                    il.Emit(OpCodes.Ldc_I4, (int)node.Immediate);
                    il.Emit(node.Operation == WordOperation.ShiftLeft ? OpCodes.Shl : OpCodes.Shr_Un);
                    break;
                case WordOperation.SignExtend:
                    WriteSignExtend((int)node.Immediate);
                    break;
                case WordOperation.Parity:
                    il.Emit(OpCodes.Call, PopCount);
                    il.Emit(OpCodes.Ldc_I4_1);
                    il.Emit(OpCodes.And);
                    il.Emit(OpCodes.Conv_U8);
                    break;
                default:
                    il.Emit(OpCodeOf(node.Operation));
                    if (node.Operation is WordOperation.Equal or WordOperation.LessUnsigned or WordOperation.LessSigned)
                    {
                        il.Emit(OpCodes.Conv_U8);
                    }

                    break;
            }
        }

        private void WriteSignExtend(int from)
        {
            if (from is 8 or 16 or 32)
            {
                il.Emit(from == 8 ? OpCodes.Conv_I1 : from == 16 ? OpCodes.Conv_I2 : OpCodes.Conv_I4);
                il.Emit(OpCodes.Conv_I8);
                return;
            }

            il.Emit(OpCodes.Ldc_I4, 64 - from);
            il.Emit(OpCodes.Shl);
            il.Emit(OpCodes.Ldc_I4, 64 - from);
            il.Emit(OpCodes.Shr);
        }

        private void WriteAddress(int argument, int slot) => WriteByteAddress(argument, checked(8 * slot));

        private void WriteByteAddress(int argument, int offset)
        {
            il.Emit(OpCodes.Ldarg, (short)argument);
            il.Emit(OpCodes.Ldc_I4, offset);
            il.Emit(OpCodes.Add);
        }

        private void WriteIndexedAddress(int index, int slot)
        {
            WriteAddress(Memories, slot);
            WriteValue(index);
            il.Emit(OpCodes.Ldc_I4_3);
            il.Emit(OpCodes.Shl);
            il.Emit(OpCodes.Conv_I);
            il.Emit(OpCodes.Add);
        }

        private static OpCode OpCodeOf(WordOperation operation) => operation switch
        {
            WordOperation.Add => OpCodes.Add,
            WordOperation.Subtract => OpCodes.Sub,
            WordOperation.Multiply => OpCodes.Mul,
            WordOperation.And => OpCodes.And,
            WordOperation.Or => OpCodes.Or,
            WordOperation.Xor => OpCodes.Xor,
            WordOperation.Negate => OpCodes.Neg,
            WordOperation.Equal => OpCodes.Ceq,
            WordOperation.LessUnsigned => OpCodes.Clt_Un,
            WordOperation.LessSigned => OpCodes.Clt,
            _ => throw new System.Diagnostics.UnreachableException($"operation {operation}"),
        };
    }
}
