using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Generators;

/// <summary>
/// Architecture to RTL. The engine: a dispatcher that takes 64-bit commands in order, a load unit that fills two
/// scratchpads from the input stream, a compute unit that streams them through the PE array, a store unit that sends
/// results. Ports: rst; cmd_valid, cmd_ready, cmd_data[64]; in_valid, in_ready, in_data[InputStreamBits];
/// out_valid, out_ready, out_data[ResultBits]. When each command may start is written in hdl/docs/engine.md, and
/// <see cref="EngineTiming"/> holds the same numbers for the cost model.
/// </summary>
public static class AcceleratorGenerator
{
    /// <summary>Name of the top module.</summary>
    public const string TopName = "gemm_engine";

    /// <summary>The design; an illegal architecture gives its violations instead.</summary>
    public static Checked<Design> Generate(Architecture architecture) =>
        ArchitectureRules.Validate(architecture).Then(legal => Checked.Ok(new Design(Engine(legal))));

    private static Module Engine(Architecture arch)
    {
        var sizes = new EngineSizes(arch);
        var m = new ModuleBuilder(TopName);
        var rst = m.Input("rst");
        var cmdValid = m.Input("cmd_valid");
        var offered = m.Input("cmd_data", 64);
        var inValid = m.Input("in_valid");
        var inData = m.Input("in_data", arch.InputStreamBits);
        var outReady = m.Input("out_ready");

        var (start, dispatchCompute, command) = Dispatch(m, arch, rst, cmdValid, offered);
        var load = m.Instance("load_unit", LoadUnit.Module(sizes),
            ("rst", rst), ("start", start.Load),
            ("input_base", Field(command, 0, sizes.InputAddress)), ("input_words", Field(command, 1, sizes.InputCount)),
            ("weight_base", Field(command, 2, sizes.WeightAddress)), ("weight_words", Field(command, 3, sizes.WeightCount)),
            ("in_valid", inValid));
        (string, Expression)[] dispatched = EngineTiming.IsDispatchRegistered(arch)
            ? [("dispatched", dispatchCompute), ("is_short", m.Register("is_short", IsShort(new Reference("command", CommandEncoding.OpcodeLow))))]
            : [];
        var compute = m.Instance("compute_unit", ComputeUnit.Module(sizes), [
            .. dispatched, ("rst", rst), ("start", start.Compute),
            ("input_base", Field(command, 0, sizes.InputAddress)), ("length", Field(command, 1, arch.Dataflow == Dataflow.InputStationary ? sizes.WeightCount : sizes.InputCount)),
            ("weight_base", Field(command, 2, sizes.WeightAddress))]);
        var input = Scratchpad(m, "input_scratchpad", sizes.InputWord, arch.InputDepth,
            load["input_write"], load["input_address"], inData, compute["input_read"], compute["input_address"]);
        var weight = Scratchpad(m, "weight_scratchpad", sizes.WeightWord, arch.WeightDepth,
            load["weight_write"], load["weight_address"], inData, compute["weight_read"], compute["weight_address"]);

        var taken = arch.Output is null ? outReady : new Reference("output_unit_in_ready", 1);
        var stored = arch.KeepsOperands
            ? Kept(m, sizes, rst, start, command, compute, input, weight, taken)
            : Drained(m, sizes, rst, start.Store, command, compute["input_valid"], input, weight, taken);
        var (outValid, outData) = arch.Output is null
            ? (stored["out_valid"], Expression.SignExtend(stored["out_data"], arch.ResultBits))
            : Finished(m, arch, rst, start.Configure, command, stored, outReady);
        m.Output("cmd_ready", new Reference("dispatch_ready", 1));
        m.Output("in_ready", load["busy"]);
        m.Output("out_valid", outValid);
        m.Output("out_data", outData);
        return m.Build();
    }

    /// <summary>Whether a compute reads one word or two, known when it starts.</summary>
    private static Expression IsShort(Expression command)
    {
        var length = Field(command, 1, CommandEncoding.FieldBits);
        return ~(Expression.ReduceOr(length[2, length.Width - 2]) | (length[1, 1] & length[0, 1]));
    }

    /// <summary>What the output stage makes of the results.</summary>
    private static (Expression OutValid, Expression OutData) Finished(
        ModuleBuilder m, Architecture arch, Expression rst, Expression configure, Expression command,
        IReadOnlyDictionary<string, Expression> stored, Expression outReady)
    {
        (string, Expression)[] residual = arch.Output!.Residual
            ? [("residual_valid", m.Input("residual_valid")), ("residual_data", m.Input("residual_data", arch.InputBits))]
            : [];
        var output = m.Instance("output_unit", OutputUnit.Module(new(arch)), [
            .. residual, ("rst", rst), ("configure", configure),
            ("target", command[CommandEncoding.TargetLow, CommandEncoding.TargetBits]), ("address", Field(command, 0, CommandEncoding.FieldBits)),
            ("value", command[CommandEncoding.ValueLow, CommandEncoding.ValueBits]),
            ("in_valid", stored["out_valid"]), ("in_data", stored["out_data"]), ("in_channel", stored["out_channel"]), ("out_ready", outReady)]);
        if (arch.Output.Residual)
        {
            m.Output("residual_ready", output["residual_ready"]);
        }

        return (output["out_valid"], output["out_data"]);
    }

    private static IReadOnlyDictionary<string, Expression> Drained(
        ModuleBuilder m, EngineSizes sizes, Expression rst, Expression start, Expression command, Expression valid,
        Expression input, Expression weight, Expression outReady)
    {
        var drain = m.Instance("store_unit", DrainUnit.Module(sizes), [
            .. FirstChannel(sizes, command), ("rst", rst), ("start", start), ("rows", Field(command, 1, sizes.ResultRows)),
            ("columns", Field(command, 2, sizes.ResultColumns)),
            ("head", new Reference("array_head", sizes.Arch.AccumulatorBits)), ("out_ready", outReady)]);
        m.Instance("array", OutputStationaryArray.Module(sizes),
            ("input_valid", valid), ("input_word", input), ("weight_word", weight),
            ("capture", drain["capture"]), ("move", drain["move"]));
        return drain;
    }

    private static (string, Expression)[] FirstChannel(EngineSizes sizes, Expression command) =>
        sizes.Arch.Output is null ? [] : [("channel", Field(command, 3, sizes.Channel))];

    private static IReadOnlyDictionary<string, Expression> Kept(
        ModuleBuilder m, EngineSizes sizes, Expression rst, Starts start, Expression command, IReadOnlyDictionary<string, Expression> compute, Expression input, Expression weight, Expression outReady)
    {
        var arch = sizes.Arch;
        var isInput = arch.Dataflow == Dataflow.InputStationary;
        var (streamed, kept) = isInput ? ("weight", "input") : ("input", "weight");
        var store = m.Instance("store_unit", StoreUnit.Module(sizes), [
            .. FirstChannel(sizes, command), ("rst", rst), ("start", start.Store),
            ("base", Field(command, 0, sizes.ResultAddress)), ("rows", Field(command, 1, sizes.ResultRows)),
            ("columns", Field(command, 2, sizes.ResultColumns)),
            ("row_data", new Reference("array_row_data", arch.Columns * arch.AccumulatorBits)), ("out_ready", outReady)]);
        m.Instance("array", KeptOperandArray.Module(sizes),
            ("start", start.Compute), ("accumulate", command[CommandEncoding.AccumulateBit, 1]),
            ("accumulator_base", Field(command, 3, sizes.ResultAddress)),
            ("stream_begin", compute["stream_begin"]), ("streaming", compute["streaming"]),
            ("stream_valid", compute[$"{streamed}_valid"]), ("stream_word", isInput ? weight : input),
            ("shift", compute[$"{kept}_valid"]), ("kept_word", isInput ? input : weight),
            ("fetch", store["fetch"]), ("fetch_row", store["fetch_row"]), ("storing", store["busy"]));
        return store;
    }

    /// <summary>The edges at which units start.</summary>
    private readonly record struct Starts(Expression Load, Expression Compute, Expression Store, Expression Configure);

    /// <summary>
    /// A command is dispatched when the units that it needs, and those that it must wait for, are ready. An engine built for its
    /// clock has registers before and behind that decision, and on what it looks at: the command is held decoded until then,
    /// the next one takes its place on the edge of the dispatch, and the unit starts an edge later.
    /// </summary>
    private static (Starts Start, Expression DispatchCompute, Expression Command) Dispatch(
        ModuleBuilder m, Architecture arch, Expression rst, Expression valid, Expression offered)
    {
        var isRegistered = EngineTiming.IsDispatchRegistered(arch);
        var loadIdle = Idle("load");
        var storeIdle = Idle("store");
        var computeReady = new Reference("compute_unit_ready", 1);
        var wordsRead = new Reference("compute_unit_done", 1);
        var sumsReady = arch.KeepsOperands ? new Reference("compute_unit_sums_final", 1) : wordsRead;
        var nothingReads = m.Wire("nothing_reads", loadIdle & wordsRead);
        var loadMay = arch.DoubleBuffering ? loadIdle : nothingReads;
        var computeMay = arch.DoubleBuffering ? computeReady
            : m.Wire("compute_may", arch.KeepsOperands ? loadIdle & computeReady & storeIdle : loadIdle & computeReady);
        var storeMay = m.Wire("store_may", sumsReady & storeIdle);
        var hasOutput = arch.Output is not null;
        var configureMay = hasOutput ? m.Wire("configure_may", storeIdle & OutputEmpty()) : storeIdle;

        var ready = new Reference("dispatch_ready", 1);
        var opcode = offered[CommandEncoding.OpcodeLow, 4];
        var command = Held("command", offered[0, CommandEncoding.OpcodeLow]);
        var pending = isRegistered ? m.Register("pending", valid, ready, rst) : valid;
        var load = Held("is_load", Expression.Equal(opcode, CommandEncoding.LoadOpcode));
        var compute = Held("is_compute", Expression.Equal(opcode, CommandEncoding.ComputeOpcode));
        var store = Held("is_store", Expression.Equal(opcode, CommandEncoding.StoreOpcode));
        int[] others = [CommandEncoding.LoadOpcode, CommandEncoding.ComputeOpcode, CommandEncoding.StoreOpcode];
        var sync = Held("is_sync", ~Any(hasOutput ? [.. others, CommandEncoding.ConfigureOpcode] : others));
        var configure = hasOutput ? Held("is_configure", Expression.Equal(opcode, CommandEncoding.ConfigureOpcode)) : Expression.FromInteger(0, 1);
        var starts = (load & loadMay) | (compute & computeMay) | (store & storeMay) | (sync & nothingReads);
        var may = m.Wire("may_start", hasOutput ? starts | (configure & configureMay) : starts);
        m.Wire("dispatch_ready", isRegistered ? ~pending | may : may);
        var dispatchCompute = Dispatched("compute", pending & compute & computeMay);
        return (new(Start("load", Dispatched("load", pending & load & loadMay)), Start("compute", dispatchCompute),
            Start("store", Dispatched("store", pending & store & storeMay)),
            hasOutput ? Start("configure", Dispatched("configure", pending & configure & configureMay)) : configure), dispatchCompute,
            isRegistered ? m.Register("dispatched_command", command) : command);

        Expression Held(string name, Expression value) => isRegistered ? m.Register(name, value, ready) : m.Wire(name, value);

        Expression Dispatched(string unit, Expression decision) => m.Wire(isRegistered ? $"dispatch_{unit}" : $"start_{unit}", decision);

        Expression Start(string unit, Expression dispatched) =>
            isRegistered ? m.Register($"start_{unit}", dispatched, reset: rst) : dispatched;

        // Nothing is on its way from the array to the sink.
        Expression OutputEmpty()
        {
            var empty = ~(new Reference("store_unit_holds", 1) | new Reference("output_unit_busy", 1));
            return isRegistered ? m.Register("output_empty", empty, reset: rst, resetValue: 1) : empty;
        }

        Expression Idle(string unit)
        {
            var busy = new Reference($"{unit}_unit_busy", 1);
            return isRegistered
                ? m.Register($"{unit}_idle", ~(busy | new Reference($"dispatch_{unit}", 1) | new Reference($"start_{unit}", 1)), reset: rst, resetValue: 1)
                : m.Wire($"{unit}_idle", ~busy);
        }

        Expression Any(params ReadOnlySpan<int> opcodes)
        {
            Expression any = Expression.FromInteger(0, 1);
            foreach (var code in opcodes)
            {
                any |= Expression.Equal(opcode, code);
            }

            return any;
        }
    }

    private static Expression Scratchpad(
        ModuleBuilder m, string name, int width, int depth,
        Expression write, Expression writeAddress, Expression data, Expression read, Expression readAddress) =>
        m.Instance(name, Scratchpads.Module(name, width, depth),
            ("write", write), ("write_address", writeAddress), ("write_data", data[0, width]),
            ("read", read), ("read_address", readAddress))["word"];

    private static Expression Field(Expression command, int i, int width) => command[CommandEncoding.FieldLow(i), width];
}
