using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Generators.Hosts;

/// <summary>
/// Takes bytes and gives words, first byte lowest: a ring of bytes in one block RAM, and a shift register at its end. A
/// byte that finds the ring full is dropped and reported. The ring is never read at the address that is written: a byte
/// is seen by the reader after the edge on which it came, and a full ring takes none. Whether the ring is empty or full is in
/// registers, an edge late: bytes come with cycles between them and are read in every second cycle at most.
/// </summary>
internal static class WordQueue
{
    public static Module Module(string name, int wordBytes)
    {
        var m = new ModuleBuilder(name);
        var rst = m.Input("rst");
        var push = m.Input("push");
        var data = m.Input("data", 8);
        var ready = m.Input("ready");

        var bits = EngineSizes.AddressBits(HostProtocol.QueueBytes);
        var one = Expression.FromInteger(1, bits + 1);
        var head = m.Register("head", bits + 1);
        var tail = m.Register("tail", bits + 1);
        var sameSlot = m.Wire("same_slot", Expression.Equal(head[0, bits], tail[0, bits]));
        var sameLap = m.Wire("same_lap", Expression.Equal(head[bits, 1], tail[bits, 1]));
        var full = m.Register("full", sameSlot & ~sameLap, reset: rst);
        var hasBytes = m.Register("has_bytes", ~(sameSlot & sameLap), reset: rst);
        var write = m.Wire("write", push & ~full);
        m.Drive(head, head + one, write, rst);

        var valid = m.Register("valid_q", 1);
        var fetched = m.Register("fetched", 1);
        var filled = m.Register("filled", EngineSizes.AddressBits(wordBytes));
        var completes = m.Wire("completes", fetched & Expression.Equal(filled, wordBytes - 1));
        var fetch = m.Wire("fetch", hasBytes & ~fetched & ~valid);
        m.Drive(tail, tail + one, fetch, rst);
        m.Drive(fetched, fetch, reset: rst);
        m.Drive(filled, filled + Expression.FromInteger(1, filled.Width), fetched, rst | completes);
        m.Drive(valid, completes, completes | ready, rst);

        var taken = m.Memory("bytes", 8, HostProtocol.QueueBytes, new(write, head[0, bits], data),
            new MemoryRead("byte_q", tail[0, bits], fetch))[0];
        var word = m.Register("word_q", 8 * wordBytes);
        m.Drive(word, wordBytes == 1 ? taken : Expression.Concat(taken, word[8, 8 * (wordBytes - 1)]), fetched);
        m.Output("valid", valid);
        m.Output("word", word);
        m.Output("overrun", push & full);
        return m.Build();
    }
}
