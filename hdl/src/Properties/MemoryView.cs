using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Properties;

/// <summary>
/// A design whose memories are taken out: what goes into each is an output of the top, and the word that it gives at a read is
/// an input. Only memories as our generators build them: one write port, synchronous reads.
/// </summary>
internal static class MemoryView
{
    /// <summary>One read port of a memory that was taken out, with the names of the top's ports.</summary>
    public sealed record ReadPort(string Enable, string Address, string Word);

    /// <summary>A memory that was taken out: its write port's and read ports' names at the top.</summary>
    public sealed record Port(string Write, string WriteAddress, string WriteData, EquatableArray<ReadPort> Reads);

    /// <summary>The top without memories; null where a memory is of another form.</summary>
    public static (Module Top, IReadOnlyList<Port> Memories)? Of(Module module)
    {
        var memories = new List<Port>();
        foreach (var memory in module.Memories)
        {
            if (memory is not { Writes: [{ Mask: null, Words: 1 } write], Contents.Count: 0 })
            {
                return null;
            }

            var port = new Port($"{memory.Name}__we", $"{memory.Name}__wa", $"{memory.Name}__wd", [.. memory.Reads.Select(r =>
                new ReadPort($"{r.Name}__re", $"{r.Name}__ra", $"{r.Name}__rd"))]);
            module = Add(module, port.Write, write.Enable);
            module = Add(module, port.WriteAddress, write.Address);
            module = Add(module, port.WriteData, write.Data);
            foreach (var (read, names) in memory.Reads.Zip(port.Reads))
            {
                var enable = read.Enable ?? Expression.FromInteger(1, 1);
                module = Add(Add(module, names.Enable, enable), names.Address, read.Address);
                module = module with
                {
                    Ports = [.. module.Ports, new Rtl.Port(names.Word, PortDirection.Input, memory.Width)],
                    Registers = [.. module.Registers, new Register(read.Name, new Reference(names.Word, memory.Width), enable, null, BitVector.Zero(memory.Width))],
                };
            }

            memories.Add(port);
        }

        module = module with { Memories = [] };
        for (var i = 0; i < module.Instances.Count; i++)
        {
            if (Of(module.Instances[i].Module) is not { } inner)
            {
                return null;
            }

            var (instance, at) = (module.Instances[i], i);
            foreach (var port in inner.Top.Ports.Where(p => instance.Module.Ports.All(old => old.Name != p.Name)))
            {
                var signal = Up(instance, port.Name);
                var isInput = port.Direction == PortDirection.Input;
                module = module with { Ports = [.. module.Ports, new Rtl.Port(isInput ? signal : $"{signal}__", port.Direction, port.Width)] };
                module = isInput ? module : module with { Outputs = [.. module.Outputs, new OutputDriver($"{signal}__", new Reference(signal, port.Width))] };
                instance = instance with
                {
                    Inputs = isInput ? [.. instance.Inputs, new InputConnection(port.Name, new Reference(signal, port.Width))] : instance.Inputs,
                    Outputs = isInput ? instance.Outputs : [.. instance.Outputs, new OutputConnection(port.Name, signal)],
                };
            }

            module = module with { Instances = module.Instances.Select((old, j) => j == at ? instance with { Module = inner.Top } : old).ToEquatableArray() };
            memories.AddRange(inner.Memories.Select(p => new Port(
                Out(instance, p.Write), Out(instance, p.WriteAddress), Out(instance, p.WriteData),
                [.. p.Reads.Select(r => new ReadPort(Out(instance, r.Enable), Out(instance, r.Address), Up(instance, r.Word)))])));
        }

        return (module, memories);
    }

    private static string Up(Instance instance, string port) => $"{instance.Name}__{port}";

    private static string Out(Instance instance, string port) => $"{Up(instance, port)}__";

    private static Module Add(Module module, string port, Expression value) => module with
    {
        Ports = [.. module.Ports, new Rtl.Port(port, PortDirection.Output, value.Width)],
        Outputs = [.. module.Outputs, new OutputDriver(port, value)],
    };
}
