using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Generators.Hosts;

/// <summary>
/// An engine behind a stream of bytes each way: the part that UART and SPI share. Nothing is lost, since the host sends a
/// word only when its queue has room (credits), and results wait in the engine until their bytes can leave.
/// </summary>
internal static class HostLink
{
    public static Module Module(Architecture arch, Module engine, uint identity)
    {
        var beatBytes = HostProtocol.BeatBytes(arch);
        var m = new ModuleBuilder("host_link");
        var rst = m.Input("rst");
        var arrived = m.Input("rx_valid");
        var byteArrived = m.Input("rx_data", 8);
        var framing = m.Input("rx_error");
        var sent = m.Input("tx_ready");

        var again = m.Register("again", new Reference("receiver_reset", 1));
        var reset = HostedEngine.Reset(m, rst | again);

        // Behind registers: what makes a byte's bits whole takes most of an edge.
        var received = m.Register("received", arrived, reset: reset);
        var data = m.Register("received_data", byteArrived);
        var receiver = m.Instance("receiver", HostReceiver.Module(beatBytes), ("rst", reset), ("valid", received), ("data", data));
        var commands = m.Instance("commands", WordQueue.Module("command_queue", HostProtocol.CommandBytes),
            ("rst", reset), ("push", receiver["command_byte"]), ("data", receiver["taken"]), ("ready", new Reference("engine_cmd_ready", 1)));
        var beats = m.Instance("beats", WordQueue.Module("beat_queue", beatBytes),
            ("rst", reset), ("push", receiver["beat_byte"]), ("data", receiver["taken"]), ("ready", new Reference("engine_in_ready", 1)));
        var outputs = HostedEngine.Instance(m, engine,
            ("rst", reset), ("cmd_valid", commands["valid"]), ("cmd_data", commands["word"]),
            ("in_valid", beats["valid"]), ("in_data", beats["word"][0, arch.InputStreamBits]),
            ("out_ready", new Reference("sender_result_ready", 1)));

        var errors = Expression.Concat(
            Sticky("unknown", receiver["unknown"]), Sticky("framing", framing),
            Sticky("overrun", commands["overrun"] | beats["overrun"]));
        var sender = m.Instance("sender", HostSender.Module(beatBytes, HostProtocol.BeatDepth(arch), identity),
            ("rst", reset), ("describe", receiver["describe"]), ("identify", receiver["identify"]), ("status", receiver["status"]),
            ("errors", errors),
            ("command_left", m.Register("command_left", commands["valid"] & outputs["cmd_ready"], reset: reset)),
            ("beat_left", m.Register("beat_left", beats["valid"] & outputs["in_ready"], reset: reset)),
            ("result_valid", outputs["out_valid"]), ("result", outputs["out_data"]), ("ready", sent));
        m.Output("tx_valid", sender["valid"]);
        m.Output("tx_data", sender["data"]);
        m.Output("busy", m.Register("busy_q", commands["valid"] | beats["valid"] | outputs["out_valid"]));
        m.Output("error", m.Register("error_q", Expression.ReduceOr(errors)));
        return m.Build();

        Expression Sticky(string name, Expression happens) =>
            m.Register($"{name}_q", Expression.FromInteger(1, 1), happens, reset);
    }
}
