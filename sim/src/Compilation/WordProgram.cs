using System.Reflection.Emit;
using HwSeed.Sim.Compilation.Lanes;

namespace HwSeed.Sim.Compilation;

/// <summary>
/// Stores compiled to machine code. One phase reads state, inputs and memories and writes the target buffer and memories.
/// When more than one is run, state and target change places after each, as on clock edges.
/// </summary>
internal sealed unsafe class WordProgram
{
    /// <summary>The state before.</summary>
    internal const int StateArgument = 0;

    /// <summary>What is written: the state after, or plain words.</summary>
    internal const int TargetArgument = 1;

    /// <summary>Words of the inputs.</summary>
    internal const int InputsArgument = 2;

    /// <summary>Words of the memories.</summary>
    internal const int MemoriesArgument = 3;

    /// <summary>Words of the program's own.</summary>
    internal const int ScratchArgument = 4;

    /// <summary>The row of responses.</summary>
    internal const int ResponsesArgument = 5;

    private const int TimesArgument = 6;

    private static readonly Type[] s_parameters =
        [typeof(ulong*), typeof(ulong*), typeof(ulong*), typeof(ulong*), typeof(ulong*), typeof(ulong*)];

    private readonly WordGraph _graph;
    private readonly StateLayout _layout;
    private readonly bool _intoState;
    private readonly IReadOnlyList<IReadOnlyList<Store>> _stores;
    private readonly int _stop;
    private WordPlan? _plan;
    private Body? _body;

    /// <summary>Stores, to be compiled when they first run.</summary>
    /// <param name="graph">Their nodes.</param>
    /// <param name="stores">The stores.</param>
    /// <param name="layout">Where state lies.</param>
    /// <param name="intoState">Whether the target is a state buffer, else plain words.</param>
    public WordProgram(WordGraph graph, IReadOnlyList<Store> stores, StateLayout layout, bool intoState)
        : this(graph, [stores], graph.Constant(0), layout, intoState)
    {
    }

    /// <summary>Phases that take turns, to be compiled when they first run.</summary>
    /// <param name="graph">The operations.</param>
    /// <param name="phases">The stores of each phase.</param>
    /// <param name="stop">A node that ends the run when it is not zero before a phase.</param>
    /// <param name="layout">Where state lies.</param>
    /// <param name="intoState">Whether the target is a state buffer, else plain words.</param>
    public WordProgram(
        WordGraph graph, IReadOnlyList<IReadOnlyList<Store>> phases, int stop, StateLayout layout, bool intoState)
    {
        (_graph, _stores, _stop, _layout, _intoState) = (graph, phases, stop, layout, intoState);
    }

    private delegate long Body(ulong* state, ulong* target, ulong* inputs, ulong* memories, ulong* scratch, ulong* responses, long times);

    /// <summary>Methods that the scalar part was cut into.</summary>
    public int Chunks => Plan.Phases.Sum(p => p.Scalar.Chunks.Count);

    /// <summary>Vector stores.</summary>
    public int VectorStores => Plan.Phases.Sum(p => p.Lanes.Stores);

    /// <summary>Phases before the first is the next again.</summary>
    public int Phases => _stores.Count;

    private WordPlan Plan => _plan ??= new(_graph, _stores, _stop, _layout, _intoState);

    /// <summary>Words by which inputs and responses move on after all phases; 0 when each time sees the same ones.</summary>
    public (int Inputs, int Responses) RowWords { get; init; }

    /// <summary>Runs all phases a number of times; gives the number of phases that were run before it was stopped.</summary>
    public long Run(ulong* state, ulong* target, ulong* inputs, ulong* memories, long times) =>
        Run(state, target, inputs, memories, null, times);

    /// <summary>As above, with rows of inputs and of responses.</summary>
    public long Run(ulong* state, ulong* target, ulong* inputs, ulong* memories, ulong* responses, long times) =>
        (_body ??= Emit())(state, target, inputs, memories, Plan.Scratch.Address, responses, times);

    private Body Emit()
    {
        var driver = new DynamicMethod(
            "run", typeof(long), [.. s_parameters, typeof(long)], typeof(WordProgram).Module, skipVisibility: true);
        var il = driver.GetILGenerator();
        var (again, done) = (il.DefineLabel(), il.DefineLabel());
        var count = il.DeclareLocal(typeof(long));
        var stops = !_graph.IsConstant(_stop, out _);
        il.MarkLabel(again);
        il.Emit(OpCodes.Ldarg, (short)TimesArgument);
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Conv_I8);
        il.Emit(OpCodes.Ble, done);
        foreach (var (scalar, lanes) in Plan.Phases)
        {
            if (stops)
            {
                EmitMethods(il, Plan.Stop.Chunks.Count, ScratchArgument,
                    (part, chunk) => EmitChunk(part, Plan.Stop, chunk, intoState: false, stageOffset: 0));
                il.Emit(OpCodes.Ldarg, (short)ScratchArgument);
                il.Emit(OpCodes.Ldc_I4, 8 * Plan.StopSlot);
                il.Emit(OpCodes.Add);
                il.Emit(OpCodes.Ldind_I8);
                il.Emit(OpCodes.Brtrue, done);
            }

            EmitMethods(il, scalar.Chunks.Count, TargetArgument,
                (part, chunk) => EmitChunk(part, scalar, chunk, _intoState, lanes.StageOffset));
            if (lanes.Methods == 1 && Phases == 1)
            {
                lanes.Emit(il, 0, buffer => BufferOf(buffer, lanes));
            }
            else
            {
                EmitMethods(il, lanes.Methods, TargetArgument,
                    (part, method) => lanes.Emit(part, method, buffer => BufferOf(buffer, lanes)));
            }

            il.Emit(OpCodes.Ldarg, (short)StateArgument);
            il.Emit(OpCodes.Ldarg, (short)TargetArgument);
            il.Emit(OpCodes.Starg, (short)StateArgument);
            il.Emit(OpCodes.Starg, (short)TargetArgument);
            il.Emit(OpCodes.Ldloc, count);
            il.Emit(OpCodes.Ldc_I4_1);
            il.Emit(OpCodes.Conv_I8);
            il.Emit(OpCodes.Add);
            il.Emit(OpCodes.Stloc, count);
        }

        MoveOn(il, InputsArgument, RowWords.Inputs);
        MoveOn(il, ResponsesArgument, RowWords.Responses);
        il.Emit(OpCodes.Ldarg, (short)TimesArgument);
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Conv_I8);
        il.Emit(OpCodes.Sub);
        il.Emit(OpCodes.Starg, (short)TimesArgument);
        il.Emit(OpCodes.Br, again);
        il.MarkLabel(done);
        il.Emit(OpCodes.Ldloc, count);
        il.Emit(OpCodes.Ret);
        return driver.CreateDelegate<Body>();
    }

    private static void MoveOn(ILGenerator il, int argument, int words)
    {
        if (words > 0)
        {
            il.Emit(OpCodes.Ldarg, (short)argument);
            il.Emit(OpCodes.Ldc_I4, 8 * words);
            il.Emit(OpCodes.Add);
            il.Emit(OpCodes.Starg, (short)argument);
        }
    }

    // Methods that the loop calls: in a loop of its own, the JIT would make no conditional moves.
    private static void EmitMethods(ILGenerator il, int count, int target, Action<ILGenerator, int> emit)
    {
        for (var part = 0; part < count; part++)
        {
            var method = new DynamicMethod($"part{part}", null, s_parameters, typeof(WordProgram).Module, skipVisibility: true);
            emit(method.GetILGenerator(), part);
            method.GetILGenerator().Emit(OpCodes.Ret);
            for (var argument = 0; argument < s_parameters.Length; argument++)
            {
                il.Emit(OpCodes.Ldarg, (short)(argument == TargetArgument ? target : argument));
            }

            il.Emit(OpCodes.Call, method);
        }
    }

    private void EmitChunk(ILGenerator il, Schedule schedule, int chunk, bool intoState, int stageOffset)
    {
        var writer = new WordEmitter(_graph, schedule, il, _layout, intoState, stageOffset, Plan.DivisionSlot);
        foreach (var statement in schedule.Chunks[chunk])
        {
            writer.Write(statement);
        }
    }

    private static (int Argument, int Offset) BufferOf(LaneBuffer buffer, LaneCode lanes) => buffer switch
    {
        LaneBuffer.State => (StateArgument, 0),
        LaneBuffer.Target => (TargetArgument, 0),
        LaneBuffer.Inputs => (InputsArgument, 0),
        _ => (ScratchArgument, lanes.StageOffset),
    };
}
