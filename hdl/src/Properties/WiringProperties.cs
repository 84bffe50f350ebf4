using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Generators;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Properties;

/// <summary>
/// The engine's parts are joined as their own statements suppose: units get the fields of the command, scratchpads are written by
/// the load unit and read by the compute unit, and the array gets the words that were read. Memories are taken out for this.
/// </summary>
internal static class WiringProperties
{
    public static PropertyHarness Harness(EngineSizes sizes)
    {
        var arch = sizes.Arch;
        var h = new HarnessBuilder("wiring of units and scratchpads", "wiring");
        var m = h.M;
        var engine = AcceleratorGenerator.Generate(arch).OrThrow().Top;
        var isInput = arch.Dataflow == Dataflow.InputStationary;
        (string Unit, string Module, (string Port, int Field)[] Ports)[] fields =
        [
            ("load_unit", "load_unit", [("input_base", 0), ("input_words", 1), ("weight_base", 2), ("weight_words", 3)]),
            ("compute_unit", "compute_unit", [("input_base", 0), ("length", 1), ("weight_base", 2)]),
            ("store_unit", arch.KeepsOperands ? "store_unit" : "drain_unit",
                arch.KeepsOperands ? [("base", 0), ("rows", 1), ("columns", 2)] : [("rows", 1), ("columns", 2)]),
            .. arch.KeepsOperands ? new[] { ("array", "kept_operand_array", new[] { ("accumulator_base", 3) }) } : [],
        ];
        var array = arch.KeepsOperands ? "kept_operand_array" : "output_stationary_array";
        (string Side, string Word)[] words = !arch.KeepsOperands ? [("input", "input_word"), ("weight", "weight_word")]
            : isInput ? [("input", "kept_word"), ("weight", "stream_word")]
            : [("input", "stream_word"), ("weight", "kept_word")];
        string[] strobes = arch.KeepsOperands ? ["stream_valid", "shift"] : ["input_valid"];
        foreach (var (_, module, ports) in fields.Where(f => f.Unit != "array"))
        {
            engine = ModuleView.Within(engine, module, u => ModuleView.Show(u, [.. ports.Select(p => p.Port)]));
        }

        engine = ModuleView.Within(engine, array, u => ModuleView.Show(
            u, [.. words.Select(w => w.Word), .. strobes, .. fields.Where(f => f.Unit == "array").SelectMany(f => f.Ports.Select(p => p.Port))]));
        var command = EngineTiming.IsDispatchRegistered(arch) ? "dispatched_command" : "command";
        string[] signals = [command, .. new[] { "input", "weight" }.SelectMany(s => new[]
        {
            $"load_unit_{s}_write", $"load_unit_{s}_address", $"compute_unit_{s}_read", $"compute_unit_{s}_address", $"{s}_scratchpad_word",
        }), "compute_unit_input_valid", .. arch.KeepsOperands ? new[] { "compute_unit_weight_valid" } : []];
        engine = CutView.Of(ModuleView.Show(engine, signals), withProducts: false)!.Top;
        var inData = m.Input("in_data", arch.InputStreamBits);
        var unit = m.Instance("engine", engine,
            [.. engine.InputPorts.Select(p => (p.Name, p.Name == "in_data" ? inData : m.Input(p.Name, p.Width)))]);

        var fieldsHeld = unit[ModuleView.Shown(command)];
        foreach (var (name, _, ports) in fields)
        {
            foreach (var (port, field) in ports)
            {
                var value = unit[ModuleView.Shown(ModuleView.Through(name, port))];
                h.Always($"{name}_{port}", $"'{port}' of the {name.Replace('_', ' ')} is field {field} of its command",
                    Expression.Equal(value, fieldsHeld[CommandEncoding.FieldLow(field), value.Width]));
            }
        }

        foreach (var (side, word) in words)
        {
            Same($"{side}_write", $"{side} words are written when the load unit says so", Memory(side, "words__we"), Signal($"load_unit_{side}_write"));
            Same($"{side}_write_address", $"{side} words are written where the load unit says", Memory(side, "words__wa"), Signal($"load_unit_{side}_address"));
            var data = Memory(side, "words__wd");
            Same($"{side}_data", $"what is written is the beat's {side} word", data, inData[0, data.Width]);
            Same($"{side}_read", $"{side} words are read when the compute unit says so", Memory(side, "word_q__re"), Signal($"compute_unit_{side}_read"));
            Same($"{side}_read_address", $"{side} words are read where the compute unit says", Memory(side, "word_q__ra"), Signal($"compute_unit_{side}_address"));
            var read = m.Register($"{side}_word_read", new Reference($"{side}_scratchpad__word_q__rd", data.Width), Signal($"compute_unit_{side}_read"));
            Same($"{side}_word", $"the array gets the {side} word that was read last", unit[ModuleView.Shown(ModuleView.Through("array", word))], read);
        }

        (string Strobe, string Valid)[] valids = !arch.KeepsOperands ? [("input_valid", "input")]
            : isInput ? [("stream_valid", "weight"), ("shift", "input")] : [("stream_valid", "input"), ("shift", "weight")];
        foreach (var (strobe, side) in valids)
        {
            Same(strobe, $"the array takes {side} words for valid when the compute unit does",
                unit[ModuleView.Shown(ModuleView.Through("array", strobe))], Signal($"compute_unit_{side}_valid"));
        }

        return h.Build();

        void Same(string name, string statement, Expression left, Expression right) => h.Always($"same_{name}", statement, Expression.Equal(left, right));

        Expression Signal(string name) => unit[ModuleView.Shown(name)];

        Expression Memory(string side, string port) => unit[$"{side}_scratchpad__{port}__"];
    }
}
