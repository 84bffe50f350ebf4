using System.Numerics;
using System.Reflection;
using System.Reflection.Emit;

namespace HwSeed.Sim.Compilation;

/// <summary>Writes the statements of one chunk.</summary>
internal sealed class WordEmitter(
    WordGraph graph, Schedule schedule, ILGenerator il, StateLayout layout, bool intoState, int stageOffset, int division)
{
    private static readonly MethodInfo s_popCount =
        typeof(BitOperations).GetMethod(nameof(BitOperations.PopCount), [typeof(ulong)])!;

    private static readonly MethodInfo s_multiplyHigh = ((Func<ulong, ulong, ulong>)WideNumbers.MultiplyHigh).Method;
    private static readonly MethodInfo s_divide = ((Func<ulong, ulong, ulong>)WideNumbers.Divide).Method;
    private static readonly MethodInfo s_modulo = ((Func<ulong, ulong, ulong>)WideNumbers.Modulo).Method;
    private static readonly MethodInfo s_fill = typeof(WideNumbers).GetMethod(nameof(WideNumbers.Fill))!;
    private static readonly MethodInfo s_wideDivide = typeof(WideNumbers).GetMethod(nameof(WideNumbers.DivideWords))!;

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
        else if (graph[statement.Node].Operation == WordOperation.Select)
        {
            WriteChoice(graph[statement.Node], local);
        }
        else
        {
            WriteOperation(statement.Node);
            il.Emit(OpCodes.Stloc, local);
        }

        _locals.Add(statement.Node, local);
        if (schedule.Scratch.TryGetValue(statement.Node, out var slot))
        {
            WriteAddress(WordProgram.ScratchArgument, slot);
            il.Emit(OpCodes.Ldloc, local);
            il.Emit(OpCodes.Stind_I8);
        }
    }

    // The JIT makes a conditional move of a branch around nothing but the move of a local. What is read from where it
    // lies is read last, so that it does not occupy a register meanwhile.
    private void WriteChoice(WordNode node, LocalBuilder result)
    {
        var after = il.DefineLabel();
        var taken = Prepare(node.B);
        var otherwise = Prepare(node.C);
        var comparison = IsComparison(node.A) ? graph[node.A] : default;
        var (left, right) = comparison.Operation == WordOperation.Constant
            ? (Prepare(node.A), default(Action?)) : (Prepare(comparison.A), Prepare(comparison.B));
        otherwise();
        il.Emit(OpCodes.Stloc, result);
        left();
        right?.Invoke();
        il.Emit(UnlessOf(comparison.Operation), after);
        taken();
        il.Emit(OpCodes.Stloc, result);
        il.MarkLabel(after);
    }

    // Computes a value unless it lies somewhere; gives what loads it.
    private Action Prepare(int number)
    {
        if (graph[number].IsLeaf || _locals.ContainsKey(number))
        {
            return () => WriteValue(number);
        }

        var local = il.DeclareLocal(typeof(ulong));
        WriteValue(number);
        il.Emit(OpCodes.Stloc, local);
        return () => il.Emit(OpCodes.Ldloc, local);
    }

    // Goes to a label when a condition is zero.
    private void WriteUnless(int condition, Label otherwise)
    {
        if (!IsComparison(condition))
        {
            WriteValue(condition);
            il.Emit(OpCodes.Brfalse, otherwise);
            return;
        }

        WriteValue(graph[condition].A);
        WriteValue(graph[condition].B);
        il.Emit(UnlessOf(graph[condition].Operation), otherwise);
    }

    // Whether a node is a comparison that is made where it is used.
    private bool IsComparison(int number) => !schedule.IsNamed(number)
        && graph[number].Operation is (WordOperation.Equal or WordOperation.LessUnsigned or WordOperation.LessSigned);

    private static OpCode UnlessOf(WordOperation operation) => operation switch
    {
        WordOperation.Equal => OpCodes.Bne_Un,
        WordOperation.LessUnsigned => OpCodes.Bge_Un,
        WordOperation.LessSigned => OpCodes.Bge,
        _ => OpCodes.Brfalse,
    };

    private void WriteBranch(int choice, LocalBuilder result)
    {
        var (otherwise, after) = (il.DefineLabel(), il.DefineLabel());
        var node = graph[choice];
        WriteUnless(node.A, otherwise);
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
            if (store.ResponseWord >= 0)
            {
                WriteAddress(WordProgram.ResponsesArgument, store.ResponseWord);
            }
            else if (store.StageBytes > 0)
            {
                size = store.StageBytes;
                WriteByteAddress(WordProgram.ScratchArgument, stageOffset + store.StageOffset);
            }
            else if (intoState)
            {
                size = layout.BytesOf(store.Slot);
                WriteByteAddress(WordProgram.TargetArgument, layout.OffsetOf(store.Slot));
            }
            else
            {
                WriteAddress(WordProgram.TargetArgument, store.Slot);
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

        WriteIndexedAddress(store.Index, store.Base);
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
        WriteAddress(WordProgram.MemoriesArgument, store.Base);
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

        il.Emit(OpCodes.Call, s_fill);
    }

    private void WriteState(int slot)
    {
        WriteByteAddress(WordProgram.StateArgument, layout.OffsetOf(slot));
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
            WriteAddress(WordProgram.ScratchArgument, schedule.Scratch[number]);
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
                WriteAddress(WordProgram.InputsArgument, (int)node.Immediate);
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

        if (node.Operation == WordOperation.Xor && graph.IsConstant(node.B, out var one) && one == 1 && IsComparison(node.A))
        {
            // Not equal, not below.
            WriteOperation(node.A);
            il.Emit(OpCodes.Ldc_I4_0);
            il.Emit(OpCodes.Conv_U8);
            il.Emit(OpCodes.Ceq);
            il.Emit(OpCodes.Conv_U8);
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
                il.Emit(OpCodes.Call, node.Operation == WordOperation.MultiplyHigh ? s_multiplyHigh
                    : node.Operation == WordOperation.Divide ? s_divide : s_modulo);
                break;
            case WordOperation.Parity:
                il.Emit(OpCodes.Call, s_popCount);
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
            WriteAddress(WordProgram.ScratchArgument, division + word);
            il.Emit(OpCodes.Ldloc, words[word]);
            il.Emit(OpCodes.Stind_I8);
        }

        WriteAddress(WordProgram.ScratchArgument, division);
        il.Emit(OpCodes.Ldc_I4, wide.Left.Length);
        il.Emit(wide.Remainder ? OpCodes.Ldc_I4_1 : OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Ldc_I4, wide.Limb);
        il.Emit(OpCodes.Call, s_wideDivide);
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
        WriteAddress(WordProgram.MemoriesArgument, slot);
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
