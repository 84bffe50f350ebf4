using System.Diagnostics;
using System.Numerics;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Netlists;
using HwSeed.Hdl.Rtl;
using HwSeed.Sim.Compilation.Lanes;

namespace HwSeed.Sim.Compilation;

/// <summary>Turns the expressions of a netlist into word operations; each net becomes the numbers of its limbs.</summary>
internal sealed class Lowering
{
    private readonly Netlist _netlist;
    private readonly int[]?[] _nets;
    private readonly WideWords _wide;
    private readonly Dictionary<NetScope, Dictionary<Expression, int[]>> _known = [];

    public Lowering(Netlist netlist, LaneMachine machine)
    {
        (_netlist, _nets) = (netlist, new int[]?[netlist.Nets.Count]);
        _wide = new(Graph);
        Layout = new(netlist, machine);
        foreach (var net in netlist.Nets.Where(n => n.Kind != NetKind.Combinational))
        {
            var slot = Layout.SlotOf(net);
            _nets[net.Index] = _wide.Map(net.Width, limb => net.Kind == NetKind.Input
                ? Graph.Input(slot + limb, WideWords.LimbWidth(net.Width, limb))
                : Graph.State(slot + limb, WideWords.LimbWidth(net.Width, limb)));
        }

        foreach (var assignment in netlist.Assignments)
        {
            _nets[assignment.Target.Index] = Words(assignment.Value.Expression, assignment.Value.Scope);
        }
    }

    public WordGraph Graph { get; } = new();

    public StateLayout Layout { get; }

    public List<Diagnostic> Diagnostics { get; } = [];

    /// <summary>The limbs of a net.</summary>
    public int[] this[Net net] => _nets[net.Index]
        ?? throw new UnreachableException($"net '{net.Path}' is read before it is assigned");

    /// <summary>The limbs of a value.</summary>
    public int[] this[ScopedExpression value] => Words(value.Expression, value.Scope);

    /// <summary>All stores of one clock edge: next state and read ports first, then memory writes.</summary>
    public List<Store> EdgeStores()
    {
        var stores = new List<Store>();
        foreach (var (target, register, scope) in _netlist.Registers)
        {
            stores.AddRange(StoreNet(target, NextOf(register, scope, this[target])));
        }

        foreach (var memory in _netlist.Memories)
        {
            for (var port = 0; port < memory.Reads.Count; port++)
            {
                stores.AddRange(StoreNet(memory.Reads[port], ReadOf(memory, port)));
            }
        }

        foreach (var memory in _netlist.Memories)
        {
            stores.AddRange(memory.Memory.Writes.SelectMany(w => WriteOf(memory, w)));
        }

        return stores;
    }

    private IEnumerable<Store> StoreNet(Net net, int[] words) =>
        words.Select((word, limb) => Store.Word(Layout.SlotOf(net) + limb, word));

    private int[] NextOf(Register register, NetScope scope, int[] old)
    {
        var next = Words(register.Next, scope);
        if (register.Enable is not null)
        {
            next = Select(Words(register.Enable, scope)[0], next, old);
        }

        return register.Reset is null
            ? next
            : Select(Words(register.Reset, scope)[0], Constant(register.ResetValue), next);
    }

    private int[] ReadOf(NetMemory memory, int port)
    {
        var read = memory.Memory.Reads[port];
        var (address, inRange) = AddressOf(memory, read.Address);
        var limbs = WideWords.LimbsOf(memory.Memory.Width);
        var word = _wide.Map(memory.Memory.Width, limb => Graph.MemoryWord(
            Graph.Multiply(address, Graph.Constant((ulong)limbs)),
            Layout.MemoryBases[memory.Path] + limb,
            WideWords.LimbWidth(memory.Memory.Width, limb)));
        word = Select(inRange, word, [.. word.Select(_ => Graph.Constant(0))]);
        return read.Enable is null
            ? word
            : Select(Words(read.Enable, memory.Scope)[0], word, this[memory.Reads[port]]);
    }

    private IEnumerable<Store> WriteOf(NetMemory memory, MemoryWrite write)
    {
        var (address, inRange) = AddressOf(memory, write.Address);
        var enable = Graph.And(Words(write.Enable, memory.Scope)[0], inRange);
        var data = Words(write.Data, memory.Scope);
        var at = Graph.Multiply(address, Graph.Constant((ulong)data.Length));
        return data.Select((word, limb) => Store.Memory(
            Graph.Select(
                enable,
                Graph.Add(at, Graph.Constant((ulong)(Layout.MemoryBases[memory.Path] + limb))),
                Graph.Constant(0)),
            word));
    }

    // The word address, always inside the array, and whether the address that was meant is below the depth.
    private (int Address, int InRange) AddressOf(NetMemory memory, Expression address)
    {
        var words = Words(address, memory.Scope);
        var inside = Graph.Mask(words[0], memory.Memory.AddressWidth);
        var reach = BigInteger.One << address.Width;
        var inRange = reach <= memory.Memory.Depth
            ? Graph.Constant(1)
            : _wide.LessUnsigned(words, Constant(new BitVector(memory.Memory.Depth, address.Width)));
        return (inside, inRange);
    }

    private int[] Words(Expression expression, NetScope scope)
    {
        if (!_known.TryGetValue(scope, out var known))
        {
            _known.Add(scope, known = new(ReferenceEqualityComparer.Instance));
        }

        // An explicit stack: generated trees may be deeper than the thread's stack.
        var open = new Stack<Expression>([expression]);
        while (open.TryPeek(out var next))
        {
            var waiting = ExpressionOperands.Of(next).Where(o => !known.ContainsKey(o)).ToList();
            foreach (var operand in waiting)
            {
                open.Push(operand);
            }

            if (waiting.Count == 0)
            {
                known[open.Pop()] = Lower(next, known, scope);
            }
        }

        return known[expression];
    }

    private int[] Lower(Expression expression, Dictionary<Expression, int[]> known, NetScope scope) => expression switch
    {
        Constant constant => Constant(constant.Value),
        Reference reference => this[scope[reference.Name]],
        Unary unary => Lower(unary, known[unary.Operand]),
        Binary binary => Lower(binary, known[binary.Left], known[binary.Right]),
        Mux mux => Select(known[mux.Condition][0], known[mux.WhenTrue], known[mux.WhenFalse]),
        Slice slice => _wide.Slice(known[slice.Operand], slice.Low, slice.Width),
        Concat concat => _wide.Concat(concat.Width, concat.Parts.Reverse().Select(p => (known[p], p.Width))),
        Extend extend => _wide.Extend(known[extend.Operand], extend.Operand.Width, extend.Width, extend.Signed),
        _ => throw new UnreachableException($"expression {expression.GetType().Name}"),
    };

    private int[] Lower(Unary unary, int[] operand) => unary.Operator switch
    {
        UnaryOperator.Not => _wide.Map(unary.Width, limb => Graph.Xor(
            operand[limb], Graph.Constant(WordGraph.MaskOf(WideWords.LimbWidth(unary.Width, limb))))),
        UnaryOperator.ReduceOr => [_wide.ReduceOr(operand)],
        UnaryOperator.ReduceAnd => [_wide.ReduceAnd(operand, unary.Operand.Width)],
        UnaryOperator.ReduceXor => [_wide.ReduceXor(operand)],
        _ => throw new UnreachableException($"operator {unary.Operator}"),
    };

    private int[] Lower(Binary binary, int[] left, int[] right) => binary.Operator switch
    {
        BinaryOperator.Add => _wide.Add(left, right, binary.Width),
        BinaryOperator.Subtract => _wide.Subtract(left, right, binary.Width),
        BinaryOperator.And => [.. left.Zip(right, Graph.And)],
        BinaryOperator.Or => [.. left.Zip(right, Graph.Or)],
        BinaryOperator.Xor => [.. left.Zip(right, Graph.Xor)],
        BinaryOperator.Equal => [_wide.Equal(left, right)],
        BinaryOperator.LessThanUnsigned => [_wide.LessUnsigned(left, right)],
        BinaryOperator.LessThanSigned => [_wide.LessSigned(left, right, binary.Left.Width)],
        BinaryOperator.MultiplySigned => Multiply(binary, left, right, Graph.SignExtend),
        BinaryOperator.MultiplyUnsigned => Multiply(binary, left, right, (word, _) => word),
        _ => throw new UnreachableException($"operator {binary.Operator}"),
    };

    private int[] Multiply(Binary binary, int[] left, int[] right, Func<int, int, int> extend)
    {
        if (binary.Width <= 64)
        {
            return [Graph.Mask(
                Graph.Multiply(extend(left[0], binary.Left.Width), extend(right[0], binary.Right.Width)),
                binary.Width)];
        }

        Diagnostics.Add(SimulationDiagnostics.ProductTooWide(binary.Left.Width, binary.Right.Width));
        return _wide.Map(binary.Width, _ => Graph.Constant(0));
    }

    private int[] Select(int condition, int[] whenTrue, int[] whenFalse) =>
        [.. whenTrue.Zip(whenFalse, (a, b) => Graph.Select(condition, a, b))];

    private int[] Constant(BitVector value) => _wide.Map(value.Width, limb =>
        Graph.Constant((ulong)((value.Unsigned >> (64 * limb)) & ulong.MaxValue)));
}
