using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Generators.Hosts.Soc;

/// <summary>
/// <c>gemm_engine</c>, unchanged, with registers and counters beside it: what is behind every bus. Its streams are those of
/// the engine, and it knows which result is the last one of its Store.
/// </summary>
internal static class CountedEngine
{
    /// <summary>Bits of a result, as streams carry it.</summary>
    public const int ResultBits = HostedEngine.ResultBits;

    public static Module Module(Architecture arch, Module engine, uint identity, params IReadOnlyList<(string Name, int Offset, int Width)> levels)
    {
        var sizes = new EngineSizes(arch);
        var m = new ModuleBuilder("counted_engine");
        var rst = m.Input("rst");
        var cmdValid = m.Input("cmd_valid");
        var command = m.Input("cmd_data", 64);
        var inValid = m.Input("in_valid");
        var inData = m.Input("in_data", arch.InputStreamBits);
        var outReady = m.Input("out_ready");

        var reset = HostedEngine.Reset(m, m.Wire("again", rst | new Reference("registers_soft_reset", 1)));

        var mayOffer = new Reference("packets_ready", 1);
        var offered = m.Wire("offered", cmdValid & mayOffer);
        var outputs = HostedEngine.Instance(m, engine,
            ("rst", reset), ("cmd_valid", offered), ("cmd_data", command), ("in_valid", inValid), ("in_data", inData), ("out_ready", outReady));
        var (cmdReady, inReady, outValid) = (outputs["cmd_ready"], outputs["in_ready"], outputs["out_valid"]);
        var taken = m.Wire("command_taken", offered & cmdReady);
        var loads = Taken("load", CommandEncoding.LoadOpcode);
        var computes = Taken("compute", CommandEncoding.ComputeOpcode);
        var stores = Taken("store", CommandEncoding.StoreOpcode);
        var configures = Taken("configure", CommandEncoding.ConfigureOpcode);
        var given = m.Wire("result_given", outValid & outReady);
        var packets = m.Instance("packets", ResultPackets.Module(sizes),
            ("rst", reset), ("store", stores), ("result", given),
            ("rows", command[CommandEncoding.FieldLow(1), sizes.ResultRows]), ("columns", command[CommandEncoding.FieldLow(2), sizes.ResultColumns]));
        var busy = m.Wire("busy", cmdValid | inReady | packets["outstanding"]);

        Expression[] events =
        [
            Expression.FromInteger(1, 1), busy, loads, computes, stores, taken & ~(loads | computes | stores | configures),
            inValid & inReady, given, inReady & ~inValid, outValid & ~outReady, configures,
        ];
        Expression[] status = [busy, reset, cmdValid, inReady, outValid];
        var registers = m.Instance("registers", EngineRegisters.Module(arch, identity, levels), [
            .. levels.Select(l => (l.Name, m.Input(l.Name, l.Width))),
            ("rst", rst), ("events", m.Wire("events", Upwards(events))), ("status", m.Wire("status", Upwards(status))),
            ("write", m.Input("write")), ("write_address", m.Input("write_address", SocPorts.WordAddressBits)),
            ("write_data", m.Input("write_data", SocPorts.BusBits)), ("write_bytes", m.Input("write_bytes", SocPorts.BusBits / 8)),
            ("read", m.Input("read")), ("read_address", m.Input("read_address", SocPorts.WordAddressBits))]);
        m.Output("cmd_ready", cmdReady & mayOffer);
        m.Output("in_ready", inReady);
        m.Output("out_valid", outValid);
        m.Output("out_data", outputs["out_data"]);
        m.Output("out_last", packets["last"]);
        m.Output("reset", reset);
        m.Output("write_error", registers["write_error"]);
        m.Output("read_error", registers["read_error"]);
        m.Output("read_data", registers["read_data"]);
        return m.Build();

        Expression Taken(string kind, int opcode) => m.Wire($"{kind}_taken", taken & Expression.Equal(command[CommandEncoding.OpcodeLow, 4], opcode));

        static Expression Upwards(Expression[] bits) => Expression.Concat([.. bits.Reverse()]);
    }
}
