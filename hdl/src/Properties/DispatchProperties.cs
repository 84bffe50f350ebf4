using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Generators;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Properties;

/// <summary>
/// The engine without its array and scratchpads, whose words are then free, under any host: every command starts its unit
/// once, in order and with its fields, and no unit is started before it may be: what the units' own statements rest on.
/// </summary>
internal static class DispatchProperties
{
    public static PropertyHarness Harness(EngineSizes sizes)
    {
        var arch = sizes.Arch;
        var isRegistered = EngineTiming.IsDispatchRegistered(arch);
        var h = new HarnessBuilder("dispatcher and ports", "dispatch");
        var m = h.M;
        var rst = m.Input("rst");
        var valid = m.Input("cmd_valid");
        var data = m.Input("cmd_data", 64);
        var inValid = m.Input("in_valid");
        var inData = m.Input("in_data", arch.InputStreamBits);
        var outReady = m.Input("out_ready");
        var engine = AcceleratorGenerator.Generate(arch).OrThrow().Top;
        foreach (var part in new[] { "array", "input_scratchpad", "weight_scratchpad" })
        {
            engine = ModuleView.FreeInstance(engine, part);
        }

        string[] shown =
        [
            "start_load", "start_compute", "start_store", "load_unit_busy", "store_unit_busy", "compute_unit_ready",
            "compute_unit_input_read", "compute_unit_weight_read", isRegistered ? "dispatched_command" : "command",
            .. isRegistered ? new[] { "dispatch_compute" } : [],
        ];
        engine = ModuleView.Show(engine, shown);
        var known = new Dictionary<string, Expression>
        {
            ["rst"] = rst, ["cmd_valid"] = valid, ["cmd_data"] = data, ["in_valid"] = inValid, ["in_data"] = inData, ["out_ready"] = outReady,
        };
        var unit = m.Instance("engine", engine,
            [.. engine.InputPorts.Select(p => (p.Name, known.TryGetValue(p.Name, out var given) ? given : m.Input(p.Name, p.Width)))]);
        h.Stream("result", unit["out_valid"], outReady, unit["out_data"], rst);

        // What the dispatcher holds, told by what it accepted.
        var ready = unit["cmd_ready"];
        var held = isRegistered ? m.Register("held", valid, ready, rst) : valid;
        var command = isRegistered ? m.Register("held_command", data, ready) : data;
        var goes = m.Wire("goes", held & ready);
        var started = isRegistered ? m.Register("went_command", command) : command;
        var opcode = command[CommandEncoding.OpcodeLow, 4];
        Expression any = Expression.FromInteger(0, 1);
        foreach (var (name, code) in new[] { ("load", CommandEncoding.LoadOpcode), ("compute", CommandEncoding.ComputeOpcode), ("store", CommandEncoding.StoreOpcode) })
        {
            var is_ = m.Wire($"goes_{name}", goes & Expression.Equal(opcode, code));
            var due = isRegistered ? m.Register($"due_{name}", is_, reset: rst) : is_;
            var start = unit[ModuleView.Shown($"start_{name}")];
            h.Always($"start_{name}", $"a {name} starts exactly once for each {name} command, in the commands' order", Expression.Equal(start, due));
            any |= start;
        }

        var fields = unit[ModuleView.Shown(isRegistered ? "dispatched_command" : "command")];
        h.Always("fields", "a unit starts with the fields of its command", HarnessBuilder.EqualWhen(any, fields, started[0, fields.Width]));
        h.Never("load_busy", "no load starts while one is under way", unit[ModuleView.Shown("start_load")] & unit[ModuleView.Shown("load_unit_busy")]);
        h.Never("store_busy", "no store starts while one is under way", unit[ModuleView.Shown("start_store")] & unit[ModuleView.Shown("store_unit_busy")]);
        h.Never("compute_ready", "no compute is dispatched before the compute unit may take it",
            unit[ModuleView.Shown(isRegistered ? "dispatch_compute" : "start_compute")] & ~unit[ModuleView.Shown("compute_unit_ready")]);
        if (!arch.DoubleBuffering)
        {
            // A compute of no words, which no program has, counts through all numbers and is not waited for.
            var length = data[CommandEncoding.FieldLow(1), arch.Dataflow == Dataflow.InputStationary ? sizes.WeightCount : sizes.InputCount];
            var isEmpty = m.Wire("is_empty", valid & Expression.Equal(data[CommandEncoding.OpcodeLow, 4], CommandEncoding.ComputeOpcode) & ~Expression.ReduceOr(length));
            var isProgram = ~h.Flag("had_empty", isEmpty, Expression.FromInteger(0, 1), Expression.FromInteger(0, 1)) & ~isEmpty;
            h.Never("fill_and_read", "without double buffering no scratchpad is filled while it is read", isProgram
                & unit[ModuleView.Shown("load_unit_busy")] & (unit[ModuleView.Shown("compute_unit_input_read")] | unit[ModuleView.Shown("compute_unit_weight_read")]));
        }

        return h.Build();
    }
}
