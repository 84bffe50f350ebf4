using System.Numerics;
using System.Reflection;
using System.Reflection.Emit;

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
    private readonly Schedule _schedule;
    private readonly ulong[] _scratch;
    private readonly Body _body;

    public WordProgram(WordGraph graph, IReadOnlyList<Store> stores)
    {
        (_graph, _schedule) = (graph, new(graph, stores));
        _scratch = GC.AllocateArray<ulong>(_schedule.Scratch.Count + 1, pinned: true);
        _body = Emit();
    }

    private delegate void Body(ulong* state, ulong* target, ulong* inputs, ulong* memories, ulong* scratch, long times);

    /// <summary>Methods that the program was cut into.</summary>
    public int Chunks => _schedule.Chunks.Count;

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

        if (_schedule.Chunks.Count == 1)
        {
            EmitChunk(il, 0);
        }
        else
        {
            for (var chunk = 0; chunk < _schedule.Chunks.Count; chunk++)
            {
                var method = new DynamicMethod($"chunk{chunk}", null, ChunkParameters, typeof(WordProgram).Module, skipVisibility: true);
                EmitChunk(method.GetILGenerator(), chunk).Emit(OpCodes.Ret);
                for (var argument = 0; argument < ChunkParameters.Length; argument++)
                {
                    il.Emit(OpCodes.Ldarg, (short)argument);
                }

                il.Emit(OpCodes.Call, method);
            }
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
        return driver.CreateDelegate<Body>();
    }

    private ILGenerator EmitChunk(ILGenerator il, int chunk)
    {
        var writer = new WordEmitter(_graph, _schedule, il);
        foreach (var statement in _schedule.Chunks[chunk])
        {
            writer.Write(statement);
        }

        return il;
    }

    /// <summary>Writes the statements of one chunk.</summary>
    private sealed class WordEmitter(WordGraph graph, Schedule schedule, ILGenerator il)
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
            if (store.Index < 0)
            {
                WriteAddress(Target, store.Slot);
            }
            else
            {
                WriteIndexedAddress(store.Index, 0);
            }

            WriteValue(store.Value);
            il.Emit(OpCodes.Stind_I8);
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
                    WriteAddress(State, (int)node.Immediate);
                    il.Emit(OpCodes.Ldind_I8);
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

        private void WriteAddress(int argument, int slot)
        {
            il.Emit(OpCodes.Ldarg, (short)argument);
            il.Emit(OpCodes.Ldc_I4, checked(8 * slot));
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
