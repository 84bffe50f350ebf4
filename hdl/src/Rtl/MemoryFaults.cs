using static HwSeed.Hdl.Rtl.ModuleFaults;

namespace HwSeed.Hdl.Rtl;

/// <summary>All memories that differ from a given one by a single fault at one of their ports.</summary>
internal static class MemoryFaults
{
    public static IEnumerable<Fault<Memory>> Of(Memory memory)
    {
        for (var i = 0; i < memory.Writes.Count; i++)
        {
            var index = i;
            foreach (var fault in Faults(memory.Writes[i]))
            {
                yield return fault.In(w => memory with { Writes = With(memory.Writes, index, w) });
            }
        }

        for (var i = 0; i < memory.Reads.Count; i++)
        {
            var index = i;
            foreach (var fault in Faults(memory.Reads[i]))
            {
                yield return fault.In(r => memory with { Reads = With(memory.Reads, index, r) }, "at the read port ");
            }
        }
    }

    private static IEnumerable<Fault<MemoryWrite>> Faults(MemoryWrite write)
    {
        yield return new(write with { Enable = ~write.Enable }, FaultKind.Enable, "the write enable was inverted");
        if (write.Enable is not Constant)
        {
            yield return new(write with { Enable = Expression.FromInteger(1, 1) }, FaultKind.Enable, "the write enable was dropped");
            yield return new(write with { Enable = Expression.FromInteger(0, 1) }, FaultKind.Assignment, "the write was dropped");
        }

        if (write.Mask is not null)
        {
            yield return new(write with { Mask = ~write.Mask }, FaultKind.Enable, "the write mask was inverted");
            yield return new(write with { Mask = null }, FaultKind.Enable, "the write mask was dropped");
        }

        yield return OffByOne(write.Address, v => write with { Address = v });
        foreach (var fault in In(write.Enable, v => write with { Enable = v })
            .Concat(In(write.Address, v => write with { Address = v }))
            .Concat(In(write.Data, v => write with { Data = v }))
            .Concat(ExpressionFaults.Narrowed(write.Data).Select(f => f.In(v => write with { Data = v }))))
        {
            yield return fault;
        }
    }

    private static IEnumerable<Fault<MemoryRead>> Faults(MemoryRead read)
    {
        if (read.Enable is { } enable)
        {
            yield return new(read with { Enable = ~enable }, FaultKind.Enable, "the enable was inverted");
            yield return new(read with { Enable = null }, FaultKind.Enable, "the enable was dropped");
            foreach (var fault in In(enable, v => read with { Enable = v }))
            {
                yield return fault;
            }
        }

        yield return OffByOne(read.Address, v => read with { Address = v });
        foreach (var fault in In(read.Address, v => read with { Address = v }))
        {
            yield return fault;
        }
    }

    private static Fault<T> OffByOne<T>(Expression address, Func<Expression, T> rebuild) =>
        new(rebuild(address + Expression.FromInteger(1, address.Width)), FaultKind.Address, "the address is one too large");
}
