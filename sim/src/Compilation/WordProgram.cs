using System.Numerics;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using HwSeed.Sim.Compilation.Lanes;

namespace HwSeed.Sim.Compilation;

/// <summary>
/// Stores compiled to machine code. One phase reads state, inputs and memories and writes the target buffer and memories.
/// When more than one is run, state and target change places after each, as on clock edges.
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

    private static readonly MethodInfo MultiplyHigh = ((Func<ulong, ulong, ulong>)WideNumbers.MultiplyHigh).Method;
    private static readonly MethodInfo Divide = ((Func<ulong, ulong, ulong>)WideNumbers.Divide).Method;
    private static readonly MethodInfo Modulo = ((Func<ulong, ulong, ulong>)WideNumbers.Modulo).Method;
    private static readonly MethodInfo FillWords = typeof(WideNumbers).GetMethod(nameof(WideNumbers.Fill))!;
    private static readonly MethodInfo WideDivide = typeof(WideNumbers).GetMethod(nameof(WideNumbers.DivideWords))!;

    private readonly WordGraph _graph;
    private readonly StateLayout _layout;
    private readonly bool _intoState;
    private readonly List<Phase> _phases = [];
    private readonly Schedule _check;
    private readonly int _stop;
    private readonly int _stopSlot;
    private readonly int _division;
    private readonly ulong[] _scratch;
    private readonly Body _body;

    /// <summary>Compiles stores.</summary>
    /// <param name="graph">Their nodes.</param>
    /// <param name="stores">The stores.</param>
    /// <param name="layout">Where state lies.</param>
    /// <param name="intoState">Whether the target is a state buffer, else plain words.</param>
    public WordProgram(WordGraph graph, IReadOnlyList<Store> stores, StateLayout layout, bool intoState)
        : this(graph, [stores], graph.Constant(0), layout, intoState)
    {
    }

    /// <summary>Compiles phases that take turns.</summary>
    /// <param name="graph">The operations.</param>
    /// <param name="phases">The stores of each phase.</param>
    /// <param name="stop">A node that ends the run when it is not zero before a phase.</param>
    /// <param name="layout">Where state lies.</param>
    /// <param name="intoState">Whether the target is a state buffer, else plain words.</param>
    public WordProgram(
        WordGraph graph, IReadOnlyList<IReadOnlyList<Store>> phases, int stop, StateLayout layout, bool intoState)
    {
        (_graph, _stop, _layout, _intoState) = (graph, stop, layout, intoState);
        var plans = phases.Select(stores => LanePlan.Of(graph, stores, layout, intoState)).ToList();

        // The scratch array: words that cross chunks, the answer to the stop question, operands of wide divisions, and
        // from a vector's boundary on what vector code reads.
        var scratch = 0;
        var schedules = new List<Schedule>();
        foreach (var plan in plans)
        {
            schedules.Add(new(graph, plan.Scalar, scratch));
            scratch += schedules[^1].Scratch.Count;
        }

        _check = new(graph, [Store.Word(scratch, stop)], scratch + 1);
        (_stopSlot, _division) = (scratch, scratch + 1 + _check.Scratch.Count);
        var bytes = 8 * (_division + (2 * graph.WidestDivision));
        for (var i = 0; i < plans.Count; i++)
        {
            var lanes = new LaneCode(plans[i], stageOffset: bytes + 63 & ~63);
            _phases.Add(new(schedules[i], lanes));
            bytes = lanes.ScratchBytes;
        }

        _scratch = GC.AllocateArray<ulong>(bytes / 8, pinned: true);
        _body = Emit();
    }

    private delegate long Body(ulong* state, ulong* target, ulong* inputs, ulong* memories, ulong* scratch, long times);

    /// <summary>Methods that the scalar part was cut into.</summary>
    public int Chunks => _phases.Sum(p => p.Scalar.Chunks.Count);

    /// <summary>Vector stores.</summary>
    public int VectorStores => _phases.Sum(p => p.Lanes.Stores);

    /// <summary>Phases before the first is the next again.</summary>
    public int Phases => _phases.Count;

    /// <summary>Runs all phases a number of times; gives the number of phases that were run before it was stopped.</summary>
    public long Run(ulong* state, ulong* target, ulong* inputs, ulong* memories, long times)
    {
        // Pinned, so the address holds.
        return _body(state, target, inputs, memories, (ulong*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_scratch)), times);
    }

    private Body Emit()
    {
        var driver = new DynamicMethod(
            "run", typeof(long), [.. ChunkParameters, typeof(long)], typeof(WordProgram).Module, skipVisibility: true);
        var il = driver.GetILGenerator();
        var (again, done) = (il.DefineLabel(), il.DefineLabel());
        var count = il.DeclareLocal(typeof(long));
        var stops = !_graph.IsConstant(_stop, out _);
        il.MarkLabel(again);
        il.Emit(OpCodes.Ldarg, (short)Times);
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Conv_I8);
        il.Emit(OpCodes.Ble, done);
        foreach (var phase in _phases)
        {
            if (stops)
            {
                EmitParts(il, "stop", _check.Chunks.Count, mayStand: false, Scratch,
                    (part, chunk) => EmitChunk(part, _check, chunk, intoState: false, stageOffset: 0));
                il.Emit(OpCodes.Ldarg, (short)Scratch);
                il.Emit(OpCodes.Ldc_I4, 8 * _stopSlot);
                il.Emit(OpCodes.Add);
                il.Emit(OpCodes.Ldind_I8);
                il.Emit(OpCodes.Brtrue, done);
            }

            var (scalar, lanes) = phase;
            EmitParts(il, "chunk", scalar.Chunks.Count, _phases.Count == 1, Target,
                (part, chunk) => EmitChunk(part, scalar, chunk, _intoState, lanes.StageOffset));
            EmitParts(il, "lanes", lanes.Methods, _phases.Count == 1, Target,
                (part, method) => lanes.Emit(part, method, buffer => BufferOf(buffer, lanes)));
            il.Emit(OpCodes.Ldarg, (short)State);
            il.Emit(OpCodes.Ldarg, (short)Target);
            il.Emit(OpCodes.Starg, (short)State);
            il.Emit(OpCodes.Starg, (short)Target);
            il.Emit(OpCodes.Ldloc, count);
            il.Emit(OpCodes.Ldc_I4_1);
            il.Emit(OpCodes.Conv_I8);
            il.Emit(OpCodes.Add);
            il.Emit(OpCodes.Stloc, count);
        }

        il.Emit(OpCodes.Ldarg, (short)Times);
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Conv_I8);
        il.Emit(OpCodes.Sub);
        il.Emit(OpCodes.Starg, (short)Times);
        il.Emit(OpCodes.Br, again);
        il.MarkLabel(done);
        il.Emit(OpCodes.Ldloc, count);
        il.Emit(OpCodes.Ret);
        return driver.CreateDelegate<Body>();
    }

    // A single part may stand in the loop itself, several become methods that the loop calls.
    private static void EmitParts(
        ILGenerator il, string name, int count, bool mayStand, int target, Action<ILGenerator, int> emit)
    {
        if (count == 1 && mayStand)
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
                il.Emit(OpCodes.Ldarg, (short)(argument == Target ? target : argument));
            }

            il.Emit(OpCodes.Call, method);
        }
    }

    private void EmitChunk(ILGenerator il, Schedule schedule, int chunk, bool intoState, int stageOffset)
    {
        var writer = new WordEmitter(_graph, schedule, il, _layout, intoState, stageOffset, _division);
        foreach (var statement in schedule.Chunks[chunk])
        {
            writer.Write(statement);
        }
    }

    private static (int Argument, int Offset) BufferOf(LaneBuffer buffer, LaneCode lanes) => buffer switch
    {
        LaneBuffer.State => (State, 0),
        LaneBuffer.Target => (Target, 0),
        LaneBuffer.Inputs => (Inputs, 0),
        _ => (Scratch, lanes.StageOffset),
    };

    private sealed record Phase(Schedule Scalar, LaneCode Lanes);

    /// <summary>Writes the statements of one chunk.</summary>
    private sealed class WordEmitter(
        WordGraph graph, Schedule schedule, ILGenerator il, StateLayout layout, bool intoState, int stageOffset, int division)
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
            if (schedule.Branches.IsBranch(statement.Node))
            {
                WriteBranch(statement.Node, local);
            }
            else
            {
                WriteOperation(statement.Node);
                il.Emit(OpCodes.Stloc, local);
            }

            _locals.Add(statement.Node, local);
            if (schedule.Scratch.TryGetValue(statement.Node, out var slot))
            {
                WriteAddress(Scratch, slot);
                il.Emit(OpCodes.Ldloc, local);
                il.Emit(OpCodes.Stind_I8);
            }
        }

        private void WriteBranch(int choice, LocalBuilder result)
        {
            var (otherwise, after) = (il.DefineLabel(), il.DefineLabel());
            var node = graph[choice];
            WriteValue(node.A);
            il.Emit(OpCodes.Brfalse, otherwise);
            WriteArm(true, node.B);
            il.Emit(OpCodes.Br, after);
            il.MarkLabel(otherwise);
            WriteArm(false, node.C);
            il.MarkLabel(after);

            void WriteArm(bool taken, int value)
            {
                foreach (var inner in schedule.Branches.Inside(choice, taken).Where(schedule.IsNamed))
                {
                    Write(new Statement(inner, default));
                }

                WriteValue(value);
                il.Emit(OpCodes.Stloc, result);
            }
        }

        private void WriteStore(Store store)
        {
            if (!store.IsMemory)
            {
                var size = 8;
                if (store.StageBytes > 0)
                {
                    size = store.StageBytes;
                    WriteByteAddress(Scratch, stageOffset + store.StageOffset);
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
                return;
            }

            var after = il.DefineLabel();
            if (!graph.IsConstant(store.Condition, out _))
            {
                WriteValue(store.Condition);
                il.Emit(OpCodes.Brfalse, after);
            }

            if (store.Fill.Words > 1)
            {
                WriteFill(store);
                il.MarkLabel(after);
                return;
            }

            WriteIndexedAddress(store.Index, 0);
            if (store.Mask >= 0)
            {
                // old ^ ((old ^ new) & mask)
                il.Emit(OpCodes.Dup);
                il.Emit(OpCodes.Ldind_I8);
                il.Emit(OpCodes.Dup);
                WriteValue(store.Value);
                il.Emit(OpCodes.Xor);
                WriteValue(store.Mask);
                il.Emit(OpCodes.And);
                il.Emit(OpCodes.Xor);
            }
            else
            {
                WriteValue(store.Value);
            }

            il.Emit(OpCodes.Stind_I8);
            il.MarkLabel(after);
        }

        private void WriteFill(Store store)
        {
            WriteAddress(Memories, 0);
            WriteValue(store.Index);
            WriteValue(store.Value);
            if (store.Mask >= 0)
            {
                WriteValue(store.Mask);
            }
            else
            {
                il.Emit(OpCodes.Ldc_I8, -1L);
            }

            foreach (var number in (int[])[store.Fill.Words, store.Fill.Stride, store.Fill.End])
            {
                il.Emit(OpCodes.Ldc_I4, number);
            }

            il.Emit(OpCodes.Call, FillWords);
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
                case WordOperation.Select:
                    WriteSelect(node);
                    return;
                case WordOperation.WideDivide:
                    WriteDivision(graph.DivisionOf(node));
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
                case WordOperation.ShiftLeftBy or WordOperation.ShiftRightBy or WordOperation.ShiftRightSignedBy:
                    il.Emit(OpCodes.Conv_I4);
                    il.Emit(node.Operation == WordOperation.ShiftLeftBy ? OpCodes.Shl
                        : node.Operation == WordOperation.ShiftRightBy ? OpCodes.Shr_Un : OpCodes.Shr);
                    break;
                case WordOperation.MultiplyHigh or WordOperation.Divide or WordOperation.Modulo:
                    il.Emit(OpCodes.Call, node.Operation == WordOperation.MultiplyHigh ? MultiplyHigh
                        : node.Operation == WordOperation.Divide ? Divide : Modulo);
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

        // c ^ ((b ^ c) & -a)
        private void WriteSelect(WordNode node)
        {
            WriteValue(node.C);
            il.Emit(OpCodes.Dup);
            WriteValue(node.B);
            il.Emit(OpCodes.Xor);
            WriteValue(node.A);
            il.Emit(OpCodes.Neg);
            il.Emit(OpCodes.And);
            il.Emit(OpCodes.Xor);
        }

        private void WriteDivision(WideDivision wide)
        {
            // Operands first: one may hold a division itself, which uses the same words.
            var words = wide.Left.Concat(wide.Right).Select(operand =>
            {
                var local = il.DeclareLocal(typeof(ulong));
                WriteValue(operand);
                il.Emit(OpCodes.Stloc, local);
                return local;
            }).ToList();
            for (var word = 0; word < words.Count; word++)
            {
                WriteAddress(Scratch, division + word);
                il.Emit(OpCodes.Ldloc, words[word]);
                il.Emit(OpCodes.Stind_I8);
            }

            WriteAddress(Scratch, division);
            il.Emit(OpCodes.Ldc_I4, wide.Left.Length);
            il.Emit(wide.Remainder ? OpCodes.Ldc_I4_1 : OpCodes.Ldc_I4_0);
            il.Emit(OpCodes.Ldc_I4, wide.Limb);
            il.Emit(OpCodes.Call, WideDivide);
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
