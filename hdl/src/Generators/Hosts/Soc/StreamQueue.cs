using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Generators.Hosts.Soc;

/// <summary>
/// A ring of words in block RAM with its read word as the output: a word a cycle, two cycles from end to end. The ring is never
/// read at the address that is written. While <c>rst</c> is high it forgets what it holds and takes nothing.
/// </summary>
internal static class StreamQueue
{
    /// <summary>Words that the ring holds; the output holds one more.</summary>
    /// <param name="name">Name of the module.</param>
    /// <param name="width">Bits of a word.</param>
    /// <param name="depth">A power of two.</param>
    public static Module Module(string name, int width, int depth)
    {
        var m = new ModuleBuilder(name);
        var rst = m.Input("rst");
        var inValid = m.Input("in_valid");
        var inData = m.Input("in_data", width);
        var outReady = m.Input("out_ready");

        var bits = EngineSizes.AddressBits(depth);
        var one = Expression.FromInteger(1, bits + 1);
        var head = m.Register("head", bits + 1);
        var tail = m.Register("tail", bits + 1);
        var count = m.Wire("ring_count", head - tail);
        var ready = m.Wire("ready", ~(count[bits, 1] | rst));
        var write = m.Wire("write", inValid & ready);
        var valid = m.Register("valid_q", 1);
        var fetch = m.Wire("fetch", Expression.ReduceOr(count) & (~valid | outReady));
        m.Drive(head, head + one, write, rst);
        m.Drive(tail, tail + one, fetch, rst);
        m.Drive(valid, fetch, fetch | outReady, rst);
        m.Output("in_ready", ready);
        m.Output("out_valid", valid);
        m.Output("out_data", m.Memory("words", width, depth, new(write, head[0, bits], inData), new MemoryRead("word_q", tail[0, bits], fetch))[0]);
        m.Output("count", count);
        return m.Build();
    }
}
