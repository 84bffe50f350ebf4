using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Generators.Hosts;

/// <summary>
/// Takes the host's bytes apart: payload for the two queues, questions, resets, and bytes that mean nothing. Bytes have at
/// least one cycle between them (over any link tens): what a byte means is in registers by the time that it comes.
/// </summary>
internal static class HostReceiver
{
    public static Module Module(int beatBytes)
    {
        var m = new ModuleBuilder("host_receiver");
        var rst = m.Input("rst");
        var valid = m.Input("valid");
        var data = m.Input("data", 8);

        var counting = m.Register("counting", 1);
        var isBeat = m.Register("is_beat", 1);
        var words = m.Register("words", 6);
        var payload = m.Register("payload", Expression.ReduceOr(words), reset: rst);
        var first = m.Wire("first", valid & ~counting & ~payload);
        var commands = m.Wire("commands", first & Is(HostProtocol.Commands));
        var beats = m.Wire("beats", first & Is(HostProtocol.Beats));
        m.Drive(isBeat, beats, commands | beats);
        m.Drive(counting, commands | beats, valid, rst);

        var length = Math.Max(HostProtocol.CommandBytes, beatBytes);
        var index = m.Register("index", EngineSizes.AddressBits(length));
        var last = m.Register("last", Expression.Mux(isBeat, Expression.Equal(index, beatBytes - 1),
            Expression.Equal(index, HostProtocol.CommandBytes - 1)));
        var move = m.Wire("move", valid & payload);
        m.Drive(index, index + Expression.FromInteger(1, index.Width), move, rst | (move & last));
        m.Drive(words, Expression.Mux(counting, data[0, 6], words - Expression.FromInteger(1, 6)),
            valid & (counting | (payload & last)), rst);

        Tell("command_byte", move & ~isBeat);
        Tell("beat_byte", move & isBeat);
        Tell("describe", first & Is(HostProtocol.Describe));
        Tell("reset", first & Is(HostProtocol.Reset));
        Tell("identify", first & Is(HostProtocol.Identify));
        Tell("status", first & Is(HostProtocol.Status));
        Tell("unknown", first & Expression.LessThanUnsigned(Expression.FromInteger(HostProtocol.Status, 8), data));
        m.Output("taken", m.Register("taken_q", data));
        return m.Build();

        // An edge after the byte: nothing that follows waits for what it means.
        void Tell(string what, Expression happens) => m.Output(what, m.Register($"{what}_q", happens, reset: rst));

        Expression Is(int code) => Expression.Equal(data, code);
    }
}
