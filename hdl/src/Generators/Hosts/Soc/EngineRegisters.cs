using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Generators.Hosts.Soc;

/// <summary>
/// Identity, control, status and counters behind any bus: a read and a write port of one cycle each. What is counted passes a
/// register first, so a counter shows what had happened two edges before the read. A read of a low word keeps the high word.
/// </summary>
internal static class EngineRegisters
{
    private const int CounterBits = 64;

    // Word addresses above these are not mapped.
    private const int IndexBits = 6;

    /// <summary>Bits of the status, in order: busy, in reset, command waits, a load is at work, result waits.</summary>
    public const int StatusBits = 5;

    public static Module Module(Architecture architecture, uint identity, params IReadOnlyList<(string Name, int Offset, int Width)> levels)
    {
        var m = new ModuleBuilder("engine_registers");
        var rst = m.Input("rst");
        var write = m.Input("write");
        var writeAddress = m.Input("write_address", SocPorts.WordAddressBits);
        var data = m.Input("write_data", SocPorts.BusBits);
        var bytes = m.Input("write_bytes", SocPorts.BusBits / 8);
        var read = m.Input("read");
        var readAddress = m.Input("read_address", SocPorts.WordAddressBits);
        var status = m.Input("status", StatusBits);
        var happens = m.Input("events", RegisterMap.CounterNames.Count);

        var isControl = m.Wire("is_control", Expression.Equal(writeAddress, RegisterMap.Control / 4));
        var isScratch = m.Wire("is_scratch", Expression.Equal(writeAddress, RegisterMap.Scratch / 4));
        var controls = m.Wire("controls", write & isControl);
        var softReset = m.Wire("resets", controls & bytes[RegisterMap.ResetBit / 8, 1] & data[RegisterMap.ResetBit, 1]);
        var clear = m.Wire("clear", controls & bytes[RegisterMap.ClearBit / 8, 1] & data[RegisterMap.ClearBit, 1]);
        var stop = m.Register("stop", data[RegisterMap.StopBit, 1], controls & bytes[RegisterMap.StopBit / 8, 1], rst);
        var scratch = new List<Expression>();
        for (var i = 0; i < bytes.Width; i++)
        {
            scratch.Insert(0, m.Register($"scratch_{i}", data[8 * i, 8], write & isScratch & bytes[i, 1], rst));
        }

        var choices = new Expression?[1 << IndexBits];
        Put(RegisterMap.Identity, Expression.FromInteger(identity, SocPorts.BusBits));
        Put(RegisterMap.VersionOffset, Expression.FromInteger(RegisterMap.Version, SocPorts.BusBits));
        Put(RegisterMap.BeatBits, Expression.FromInteger(architecture.InputStreamBits, SocPorts.BusBits));
        Put(RegisterMap.Control, Wide(Expression.Concat(
            stop, Expression.FromInteger(0, RegisterMap.StopBit - 1), status[1, 1])));
        Put(RegisterMap.Scratch, Expression.Concat([.. scratch]));
        Put(RegisterMap.Status, Wide(status));
        foreach (var (name, offset, width) in levels)
        {
            Put(offset, Wide(m.Input(name, width)));
        }

        var zero = m.Wire("restart", rst | clear);
        var counted = m.Register("events_q", happens, reset: zero);
        var kept = m.Register("kept_high", SocPorts.BusBits);
        var highs = new Expression?[1 << IndexBits];
        for (var i = 0; i < happens.Width; i++)
        {
            var counter = m.Register($"{RegisterMap.CounterNames[i].Name.ToLowerInvariant()}_count", CounterBits);
            m.Drive(counter, counter + Expression.FromInteger(1, CounterBits), counted[i, 1] & ~stop, zero);
            Put(RegisterMap.Counters + (8 * i), counter[0, SocPorts.BusBits]);
            Put(RegisterMap.Counters + (8 * i) + 4, kept);
            highs[(RegisterMap.Counters / 4) + (2 * i)] = counter[SocPorts.BusBits, CounterBits - SocPorts.BusBits];
        }

        var index = readAddress[0, IndexBits];
        var beyond = m.Wire("read_beyond", Expression.ReduceOr(readAddress[IndexBits, readAddress.Width - IndexBits]));
        var isMapped = m.Wire("is_mapped", StoreUnit.Select(index, [.. choices.Select(c => Expression.FromInteger(c is null ? 0 : 1, 1))]));
        var isLow = m.Wire("is_low", StoreUnit.Select(index, [.. highs.Select(c => Expression.FromInteger(c is null ? 0 : 1, 1))]) & ~beyond);
        m.Drive(kept, StoreUnit.Select(index, [.. highs.Select(OrZero)]), read & isLow, rst);
        m.Output("read_data", StoreUnit.Select(index, [.. choices.Select(OrZero)]));
        m.Output("read_error", beyond | ~isMapped);
        m.Output("write_error", ~(isControl | isScratch));
        m.Output("soft_reset", softReset);
        return m.Build();

        void Put(int offset, Expression value) => choices[offset / 4] = value;

        static Expression Wide(Expression value) => Expression.ZeroExtend(value, SocPorts.BusBits);

        static Expression OrZero(Expression? choice) => choice ?? Expression.FromInteger(0, SocPorts.BusBits);
    }
}
