using System.Diagnostics;
using HwSeed.Hdl;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Sim.Tests.Oracles;

/// <summary>
/// The language's meaning written down as plainly as possible: walks the modules themselves, with BitVector. Shares
/// nothing with the compiled simulator, not even elaboration.
/// </summary>
internal sealed class TreeSimulator
{
    private readonly Occurrence _top;
    private readonly Dictionary<string, BitVector> _inputs = [];
    private bool _started;

    public TreeSimulator(Design design)
    {
        foreach (var port in design.Top.InputPorts)
        {
            _inputs[port.Name] = BitVector.Zero(port.Width);
        }

        _top = new(design.Top, port => _inputs[port], port => _inputs[port]);
    }

    public void Poke(string port, BitVector value)
    {
        _inputs[port] = value;
        _top.Forget();
    }

    public BitVector Peek(string path)
    {
        Settle();
        return _top.ValueAt(path.Split('.'));
    }

    public BitVector[] Words(string path) => _top.WordsAt(path.Split('.'));

    /// <summary>One rising edge of the implicit clock.</summary>
    public void Step()
    {
        Settle();
        _top.Prepare(implicitEdge: true);
        Commit();
        Settle();
    }

    /// <summary>Edges until there are no more.</summary>
    public void Settle()
    {
        if (!_started)
        {
            _started = true;
            _top.Start();
        }

        _top.Hold();
        while (_top.FindEdges())
        {
            _top.Prepare(implicitEdge: false);
            Commit();
        }
    }

    private void Commit()
    {
        _top.Commit();
        _top.Forget();
        _top.Hold();
    }

    private sealed class Occurrence
    {
        private readonly Module _module;
        private readonly Func<string, BitVector> _input;
        private readonly Func<string, BitVector?> _startOfInput;
        private readonly Dictionary<string, BitVector> _state = [];
        private readonly Dictionary<string, BitVector> _nextState = [];
        private readonly Dictionary<string, BitVector[]> _words = [];
        private readonly List<(BitVector[] Words, int Address, BitVector Data, BitVector Mask)> _writes = [];
        private readonly Dictionary<string, BitVector> _held = [];
        private readonly Dictionary<string, bool> _before = [];
        private readonly HashSet<ClockEdge> _happening = [];
        private readonly Dictionary<string, Occurrence> _children = [];
        private readonly Dictionary<string, BitVector> _settled = [];

        public Occurrence(Module module, Func<string, BitVector> input, Func<string, BitVector?> startOfInput)
        {
            (_module, _input, _startOfInput) = (module, input, startOfInput);
            foreach (var register in module.Registers)
            {
                _state[register.Name] = register.InitialValue ?? register.ResetValue;
            }

            foreach (var latch in module.Latches)
            {
                _held[latch.Name] = latch.InitialValue ?? BitVector.Zero(latch.Width);
            }

            foreach (var memory in module.Memories)
            {
                _words[memory.Name] = [.. memory.Contents, .. Enumerable.Repeat(
                    BitVector.Zero(memory.Width), memory.Depth - memory.Contents.Count)];
                foreach (var read in memory.Reads)
                {
                    _state[read.Name] = BitVector.Zero(memory.Width);
                }
            }

            foreach (var instance in module.Instances)
            {
                Expression Pin(string port) => instance.Inputs.Single(i => i.Port == port).Value;
                _children[instance.Name] = new(
                    instance.Module,
                    port => Evaluate(Pin(port)),
                    port => Pin(port) is Reference alias ? StartOf(alias.Name) : null);
            }
        }

        public BitVector ValueAt(ReadOnlySpan<string> path) =>
            path.Length == 1 ? Value(path[0]) : _children[path[0]].ValueAt(path[1..]);

        public BitVector[] WordsAt(ReadOnlySpan<string> path) =>
            path.Length == 1 ? _words[path[0]] : _children[path[0]].WordsAt(path[1..]);

        public void Forget()
        {
            _settled.Clear();
            foreach (var child in _children.Values)
            {
                child.Forget();
            }
        }

        /// <summary>Former values of clocks before the first edges: of inputs and state what they are, else zero.</summary>
        public void Start()
        {
            foreach (var signal in Edges().Select(e => e.Signal).Distinct())
            {
                _before[signal] = (StartOf(signal) ?? BitVector.Zero(1)) == new BitVector(1, 1);
            }

            foreach (var child in _children.Values)
            {
                child.Start();
            }
        }

        /// <summary>Looks for edges since the last time, everywhere.</summary>
        public bool FindEdges()
        {
            _happening.Clear();
            foreach (var edge in Edges().Distinct())
            {
                if (Value(edge.Signal) == new BitVector(edge.Rising ? 1 : 0, 1) && _before[edge.Signal] != edge.Rising)
                {
                    _happening.Add(edge);
                }
            }

            foreach (var signal in _before.Keys.ToList())
            {
                _before[signal] = Value(signal) == new BitVector(1, 1);
            }

            // Every child looks, also after the first has found one.
            return _children.Values.Count(c => c.FindEdges()) > 0 || _happening.Count > 0;
        }

        /// <summary>Latches keep what they have settled to.</summary>
        public void Hold()
        {
            foreach (var (name, value) in _held.Keys.Select(n => (n, Value(n))).ToList())
            {
                _held[name] = value;
            }

            foreach (var child in _children.Values)
            {
                child.Hold();
            }
        }

        public void Prepare(bool implicitEdge)
        {
            bool Triggers(EquatableArray<ClockEdge> edges) =>
                edges.Count == 0 ? implicitEdge : !implicitEdge && edges.Any(_happening.Contains);
            foreach (var register in _module.Registers.Where(r => Triggers(r.Edges)))
            {
                _nextState[register.Name] = IsHigh(register.Reset, whenNull: false) ? register.ResetValue
                    : IsHigh(register.Enable, whenNull: true) ? Evaluate(register.Next)
                    : _state[register.Name];
            }

            foreach (var memory in _module.Memories)
            {
                var words = _words[memory.Name];
                foreach (var read in memory.Reads.Where(_ => implicitEdge))
                {
                    _nextState[read.Name] = IsHigh(read.Enable, whenNull: true)
                        ? WordOf(memory.Name, Evaluate(read.Address), memory.Width)
                        : _state[read.Name];
                }

                foreach (var write in memory.Writes.Where(w => Triggers(w.Edges)))
                {
                    var target = Evaluate(write.Address).Unsigned;
                    if (IsHigh(write.Enable, whenNull: true) && target < memory.Depth)
                    {
                        var mask = write.Mask is null ? ~BitVector.Zero(memory.Width) : Evaluate(write.Mask);
                        var data = Evaluate(write.Data);
                        for (var i = (int)target; i < memory.Depth && i < (int)target + write.Words; i++)
                        {
                            _writes.Add((words, i, data, mask));
                        }
                    }
                }
            }

            foreach (var child in _children.Values)
            {
                child.Prepare(implicitEdge);
            }
        }

        public void Commit()
        {
            foreach (var (name, value) in _nextState)
            {
                _state[name] = value;
            }

            foreach (var (words, address, data, mask) in _writes)
            {
                words[address] = (words[address] & ~mask) | (data & mask);
            }

            _nextState.Clear();
            _writes.Clear();
            foreach (var child in _children.Values)
            {
                child.Commit();
            }
        }

        private IEnumerable<ClockEdge> Edges() => _module.Registers.SelectMany(r => r.Edges)
            .Concat(_module.Memories.SelectMany(m => m.Writes).SelectMany(w => w.Edges));

        // What a signal is at power-up when it is just another name of an input or of state.
        private BitVector? StartOf(string name)
        {
            if (_state.TryGetValue(name, out var held))
            {
                return held;
            }

            var value = _module.Wires.FirstOrDefault(w => w.Name == name)?.Value
                ?? _module.Outputs.FirstOrDefault(o => o.Port == name)?.Value;
            if (value is not null)
            {
                return value is Reference alias ? StartOf(alias.Name) : null;
            }

            foreach (var instance in _module.Instances)
            {
                if (instance.Outputs.FirstOrDefault(o => o.Signal == name) is { } connection)
                {
                    return _children[instance.Name].StartOf(connection.Port);
                }
            }

            return _held.ContainsKey(name) ? null : _startOfInput(name);
        }

        private BitVector WordOf(string memory, BitVector address, int width) =>
            address.Unsigned < _words[memory].Length ? _words[memory][(int)address.Unsigned] : BitVector.Zero(width);

        private bool IsHigh(Expression? condition, bool whenNull) =>
            condition is null ? whenNull : !Evaluate(condition).Unsigned.IsZero;

        private BitVector Value(string name)
        {
            if (!_settled.TryGetValue(name, out var value))
            {
                _settled[name] = value = Settle(name);
            }

            return value;
        }

        private BitVector Settle(string name)
        {
            if (_state.TryGetValue(name, out var held))
            {
                return held;
            }

            if (_module.Latches.FirstOrDefault(l => l.Name == name) is { } latch)
            {
                return Evaluate(latch.Value, self: name);
            }

            if (_module.Wires.FirstOrDefault(w => w.Name == name) is { } wire)
            {
                return Evaluate(wire.Value);
            }

            if (_module.Outputs.FirstOrDefault(o => o.Port == name) is { } output)
            {
                return Evaluate(output.Value);
            }

            foreach (var instance in _module.Instances)
            {
                if (instance.Outputs.FirstOrDefault(o => o.Signal == name) is { } connection)
                {
                    return _children[instance.Name].Value(connection.Port);
                }
            }

            return _input(name);
        }

        // Self is the latch whose own name means what it held.
        private BitVector Evaluate(Expression expression, string? self = null)
        {
            BitVector Of(Expression operand) => Evaluate(operand, self);
            return expression switch
            {
                Constant constant => constant.Value,
                Reference reference => reference.Name == self ? _held[self] : Value(reference.Name),
                MemoryWord word => WordOf(word.Memory, Of(word.Address), word.Width),
                Unary(var op, var operand) => Apply(op, Of(operand)),
                Binary(var op, var left, var right) => Apply(op, Of(left), Of(right)),
                Mux mux => BitVector.Mux(Of(mux.Condition), Of(mux.WhenTrue), Of(mux.WhenFalse)),
                Slice slice => BitVector.Slice(Of(slice.Operand), slice.Low, slice.Width),
                Concat concat => BitVector.Concat([.. concat.Parts.Select(Of)]),
                Extend { Signed: true } extend => BitVector.SignExtend(Of(extend.Operand), extend.Width),
                Extend extend => BitVector.ZeroExtend(Of(extend.Operand), extend.Width),
                _ => throw new UnreachableException(),
            };
        }

        private static BitVector Apply(UnaryOperator op, BitVector operand) => op switch
        {
            UnaryOperator.Not => ~operand,
            UnaryOperator.ReduceOr => BitVector.ReduceOr(operand),
            UnaryOperator.ReduceAnd => BitVector.ReduceAnd(operand),
            UnaryOperator.ReduceXor => BitVector.ReduceXor(operand),
            _ => throw new UnreachableException(),
        };

        private static BitVector Apply(BinaryOperator op, BitVector left, BitVector right) => op switch
        {
            BinaryOperator.Add => left + right,
            BinaryOperator.Subtract => left - right,
            BinaryOperator.And => left & right,
            BinaryOperator.Or => left | right,
            BinaryOperator.Xor => left ^ right,
            BinaryOperator.Equal => BitVector.Equal(left, right),
            BinaryOperator.LessThanUnsigned => BitVector.LessThanUnsigned(left, right),
            BinaryOperator.LessThanSigned => BitVector.LessThanSigned(left, right),
            BinaryOperator.MultiplySigned => BitVector.MultiplySigned(left, right),
            BinaryOperator.MultiplyUnsigned => BitVector.MultiplyUnsigned(left, right),
            BinaryOperator.DivideUnsigned => BitVector.DivideUnsigned(left, right),
            BinaryOperator.ModuloUnsigned => BitVector.ModuloUnsigned(left, right),
            BinaryOperator.ShiftLeft => BitVector.ShiftLeft(left, right),
            BinaryOperator.ShiftRight => BitVector.ShiftRight(left, right),
            BinaryOperator.ShiftRightSigned => BitVector.ShiftRightSigned(left, right),
            _ => throw new UnreachableException(),
        };
    }
}
