using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Properties;

/// <summary>A design without its memories, multipliers and the instances of one module.</summary>
/// <param name="Top">The top, with ports for what was taken out.</param>
/// <param name="Memories">Memories that were taken out.</param>
/// <param name="Products">Multipliers that were taken out.</param>
/// <param name="Watched">Outputs of the top that show what goes into instances that were taken out.</param>
internal sealed record CutView(
    Module Top, EquatableArray<CutView.Port> Memories, EquatableArray<CutView.Product> Products, EquatableArray<string> Watched)
{
    /// <summary>A multiplier that was taken out: the names of the top's ports.</summary>
    public sealed record Product(string Left, string Right, string Value);

    /// <summary>One read port of a memory that was taken out, with the names of the top's ports.</summary>
    public sealed record ReadPort(string Enable, string Address, string Word);

    /// <summary>A memory that was taken out: its write port's and read ports' names at the top.</summary>
    public sealed record Port(string Write, string WriteAddress, string WriteData, EquatableArray<ReadPort> Reads);

    /// <summary>
    /// Takes memories out, and multipliers where that is asked for: what goes into each is an output of the top, and the word or
    /// product that it gives is an input. Null where a memory is not as our generators build them, with one write port and
    /// synchronous reads. Multipliers are those that are a whole wire or a register's whole next value.
    /// </summary>
    /// <param name="module">The top.</param>
    /// <param name="withProducts">Whether multipliers are taken out.</param>
    /// <param name="box">A module all of whose instances are taken out whole; null for none.</param>
    public static CutView? Of(Module module, bool withProducts, string? box = null)
    {
        if (module.Name == box)
        {
            return Emptied(module);
        }

        var memories = new List<Port>();
        var products = new List<Product>();
        var watched = new List<string>();
        if (withProducts)
        {
            var wires = module.Wires.Select(w => w with { Value = Cut(w.Name, w.Value) }).ToEquatableArray();
            var registers = module.Registers.Select(r => r with { Next = Cut(r.Name, r.Next) }).ToEquatableArray();
            module = module with { Wires = wires, Registers = registers };
        }

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
            if (Of(module.Instances[i].Module, withProducts, box) is not { } inner)
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
            watched.AddRange(inner.Watched.Select(w => Out(instance, w)));
            products.AddRange(inner.Products.Select(p => new Product(Out(instance, p.Left), Out(instance, p.Right), Up(instance, p.Value))));
        }

        return new(module, [.. memories], [.. products], [.. watched]);

        Expression Cut(string name, Expression value)
        {
            if (value is not Binary { Operator: BinaryOperator.MultiplySigned } product)
            {
                return value;
            }

            products.Add(new($"{name}__l", $"{name}__r", $"{name}__p"));
            module = Add(Add(module, products[^1].Left, product.Left), products[^1].Right, product.Right);
            module = module with { Ports = [.. module.Ports, new Rtl.Port(products[^1].Value, PortDirection.Input, value.Width)] };
            return new Reference(products[^1].Value, value.Width);
        }
    }

    /// <summary>Nothing but ports: its inputs can be watched, and its outputs are inputs from outside.</summary>
    private static CutView Emptied(Module module)
    {
        var inputs = module.InputPorts.ToList();
        var outputs = module.OutputPorts.ToList();
        var empty = new Module(
            module.Name,
            [
                .. module.Ports,
                .. outputs.Select(p => new Rtl.Port($"{p.Name}__given", PortDirection.Input, p.Width)),
                .. inputs.Select(p => new Rtl.Port($"{p.Name}__seen", PortDirection.Output, p.Width)),
            ],
            [], [], [], [],
            [
                .. outputs.Select(p => new OutputDriver(p.Name, new Reference($"{p.Name}__given", p.Width))),
                .. inputs.Select(p => new OutputDriver($"{p.Name}__seen", new Reference(p.Name, p.Width))),
            ]);
        return new(empty, [], [], [.. inputs.Select(p => $"{p.Name}__seen")]);
    }

    private static string Up(Instance instance, string port) => $"{instance.Name}__{port}";

    private static string Out(Instance instance, string port) => $"{Up(instance, port)}__";

    private static Module Add(Module module, string port, Expression value) => module with
    {
        Ports = [.. module.Ports, new Rtl.Port(port, PortDirection.Output, value.Width)],
        Outputs = [.. module.Outputs, new OutputDriver(port, value)],
    };
}
