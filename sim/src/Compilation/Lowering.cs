using System.Diagnostics;
using System.Numerics;
using HwSeed.Hdl;
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
    private readonly WideArithmetic _arithmetic;
    private readonly Dictionary<Net, int[]> _followed = [];
    private readonly HashSet<Net> _cut;
    private readonly Dictionary<string, NetMemory> _memories;
    private readonly Dictionary<NetScope, Dictionary<Expression, int[]>> _known = [];

    public Lowering(Netlist netlist, LaneMachine machine)
    {
        (_netlist, _nets) = (netlist, new int[]?[netlist.Nets.Count + netlist.Parts.Count]);
        _wide = new(Graph);
        _arithmetic = new(Graph, _wide);
        Layout = new(netlist, machine);
        _memories = netlist.Memories.ToDictionary(m => m.Path);
        _cut = [.. netlist.Latches.Where(l => l.IsCut).Select(l => l.Target)];
        foreach (var net in netlist.Nets.Where(n => n.Kind != NetKind.Combinational))
        {
            _nets[net.Index] = net.Kind == NetKind.Input
                ? _wide.Map(net.Width, limb => Graph.Input(Layout.SlotOf(net) + limb, WideWords.LimbWidth(net.Width, limb)))
                : Held(net);
        }

        foreach (var assignment in netlist.Assignments)
        {
            var words = Words(assignment.Value.Expression, assignment.Value.Scope);
            if (assignment.Target.Kind == NetKind.Latch)
            {
                _followed.Add(assignment.Target, words);
            }

            if (!_cut.Contains(assignment.Target))
            {
                _nets[assignment.Target.Index] = words;
            }
        }
    }

    public WordGraph Graph { get; } = new();

    public StateLayout Layout { get; }

    /// <summary>The limbs of a net.</summary>
    public int[] this[Net net] => _nets[net.Index]
        ?? throw new UnreachableException($"net '{net.Path}' is read before it is assigned");

    /// <summary>The limbs of a value.</summary>
    public int[] this[ScopedExpression value] => Words(value.Expression, value.Scope);

    /// <summary>
    /// All stores of a moment at which edges happen: next state, read ports and latches first, then memory writes.
    /// </summary>
    /// <param name="trigger">The one-bit node that says whether any of the edges happens.</param>
    public List<Store> EdgeStores(Func<EquatableArray<NetEdge>, int> trigger)
    {
        var stores = new List<Store>();
        foreach (var register in _netlist.Registers)
        {
            var old = this[register.Target];
            stores.AddRange(StoreNet(
                register.Target, Select(trigger(register.Edges), NextOf(register.Register, register.Scope, old), old)));
        }

        EquatableArray<NetEdge> implicitEdges = _netlist.ImplicitClock is { } clock ? [new(clock, Rising: true)] : [];
        foreach (var memory in _netlist.Memories)
        {
            for (var port = 0; port < memory.Reads.Count; port++)
            {
                var old = this[memory.Reads[port]];
                stores.AddRange(StoreNet(memory.Reads[port], Select(trigger(implicitEdges), ReadOf(memory, port), old)));
            }
        }

        stores.AddRange(LatchStores());
        foreach (var memory in _netlist.Memories)
        {
            for (var port = 0; port < memory.Memory.Writes.Count; port++)
            {
                stores.AddRange(WriteOf(memory, memory.Memory.Writes[port], trigger(memory.WriteEdges[port])));
            }
        }

        return stores;
    }

    /// <summary>The stores that keep what latches have settled to.</summary>
    public IEnumerable<Store> LatchStores() => _followed.SelectMany(l => StoreNet(l.Key, l.Value));

    /// <summary>The stores of one net that closes a loop.</summary>
    public IEnumerable<Store> CutLatchStores() => _cut.SelectMany(latch => StoreNet(latch, _followed[latch]));

    /// <summary>Whether a latch that closes a loop is about to change what it holds; one bit.</summary>
    public int CutLatchesChange() => _cut.SelectMany(latch => _followed[latch].Zip(Held(latch)))
        .Select(words => Graph.Xor(Graph.Equal(words.First, words.Second), Graph.Constant(1)))
        .Aggregate(Graph.Constant(0), Graph.Or);

    private int[] Held(Net net) => _wide.Map(
        net.Width, limb => Graph.State(Layout.SlotOf(net) + limb, WideWords.LimbWidth(net.Width, limb)));

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
        var word = WordOf(memory, Words(read.Address, memory.Scope));
        return read.Enable is null
            ? word
            : Select(Words(read.Enable, memory.Scope)[0], word, this[memory.Reads[port]]);
    }

    // Words at or above the depth exist up to the next power of two, and are zero.
    private int[] WordOf(NetMemory memory, int[] address)
    {
        var at = Graph.Multiply(
            Graph.Mask(address[0], memory.Memory.AddressWidth), Graph.Constant((ulong)WideWords.LimbsOf(memory.Memory.Width)));
        var word = _wide.Map(memory.Memory.Width, limb => Graph.MemoryWord(
            at, Layout.MemoryBases[memory.Path] + limb, WideWords.LimbWidth(memory.Memory.Width, limb)));
        return Select(IsReachable(memory, address), word, [.. word.Select(_ => Graph.Constant(0))]);
    }

    // Whether the address has no bit above those of the memory.
    private int IsReachable(NetMemory memory, int[] address) => address.Skip(1)
        .Prepend(Graph.ShiftRight(address[0], memory.Memory.AddressWidth))
        .Select(above => Graph.Equal(above, Graph.Constant(0)))
        .Aggregate(Graph.Constant(1), Graph.And);

    private IEnumerable<Store> WriteOf(NetMemory memory, MemoryWrite write, int trigger)
    {
        var address = Words(write.Address, memory.Scope);
        var inRange = BigInteger.One << write.Address.Width <= memory.Memory.Depth
            ? Graph.Constant(1)
            : _wide.LessUnsigned(address, Constant(new BitVector(memory.Memory.Depth, write.Address.Width)));
        var enable = Graph.And(trigger, Graph.And(Words(write.Enable, memory.Scope)[0], inRange));
        if (Graph.IsConstant(enable, out var never) && never == 0)
        {
            return [];
        }

        var data = Words(write.Data, memory.Scope);
        var mask = write.Mask is null ? null : Words(write.Mask, memory.Scope);
        var at = Graph.Multiply(Graph.Mask(address[0], memory.Memory.AddressWidth), Graph.Constant((ulong)data.Length));
        return data.Select((word, limb) => Store.Memory(
            enable,
            at,
            Layout.MemoryBases[memory.Path] + limb,
            word,
            mask is null ? -1 : mask[limb],
            WideWords.LimbWidth(memory.Memory.Width, limb)) with
        {
            Fill = (write.Words, data.Length, memory.Memory.Depth * data.Length),
        });
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
        Reference reference => scope[reference.Name] is var net && net == scope.Held ? Held(net) : this[net],
        MemoryWord word => WordOf(MemoryOf(scope, word.Memory), known[word.Address]),
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
        BinaryOperator.MultiplySigned or BinaryOperator.MultiplyUnsigned => _arithmetic.Multiply(
            (left, binary.Left.Width), (right, binary.Right.Width), binary.Operator == BinaryOperator.MultiplySigned),
        BinaryOperator.DivideUnsigned => _arithmetic.Divide(left, right, binary.Width, remainder: false),
        BinaryOperator.ModuloUnsigned => _arithmetic.Divide(left, right, binary.Width, remainder: true),
        BinaryOperator.ShiftLeft => _arithmetic.ShiftLeft(left, binary.Width, right),
        BinaryOperator.ShiftRight => _arithmetic.ShiftRight(left, binary.Width, right, signed: false),
        BinaryOperator.ShiftRightSigned => _arithmetic.ShiftRight(left, binary.Width, right, signed: true),
        _ => throw new UnreachableException($"operator {binary.Operator}"),
    };

    private NetMemory MemoryOf(NetScope scope, string name) => _memories[scope.PathOf(name)];

    private int[] Select(int condition, int[] whenTrue, int[] whenFalse) =>
        [.. whenTrue.Zip(whenFalse, (a, b) => Graph.Select(condition, a, b))];

    private int[] Constant(BitVector value) => _wide.Map(value.Width, limb =>
        Graph.Constant((ulong)((value.Unsigned >> (64 * limb)) & ulong.MaxValue)));
}
