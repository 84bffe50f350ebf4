using System.Diagnostics;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Tests.Verilog.Binding;

/// <summary>
/// Runs a design that was read, as plainly as possible: values are found by walking the modules, and every change of an
/// input settles all state whose edges it brings.
/// </summary>
internal sealed class DesignRun
{
    private readonly Dictionary<string, BitVector> _inputs = [];
    private readonly Occurrence _top;
    private readonly List<Occurrence> _all = [];

    public DesignRun(Design design)
    {
        foreach (var port in design.Top.InputPorts)
        {
            _inputs[port.Name] = BitVector.Zero(port.Width);
        }

        _top = new(design.Top, port => _inputs[port], _all);
        Settle(isFirst: true);
    }

    public BitVector this[string path]
    {
        get => _top.ValueAt(path.Split('.'));
        set => Set((path, value));
    }

    public void Set(params (string Port, BitVector Value)[] values)
    {
        foreach (var (port, value) in values)
        {
            _inputs[port] = value;
        }

        Settle(isFirst: false);
    }

    /// <summary>Drives a port with an integer.</summary>
    public void Set(string port, long value) => Set((port, new BitVector(value, _inputs[port].Width)));

    /// <summary>One pulse of a clock.</summary>
    public void Pulse(string clock, int times = 1)
    {
        for (var i = 0; i < times; i++)
        {
            Set(clock, 1);
            Set(clock, 0);
        }
    }

    private void Settle(bool isFirst)
    {
        for (var turn = 0; turn < 100; turn++)
        {
            _all.ForEach(o => o.Forget());
            _all.ForEach(o => o.HoldLatches());
            var isChanged = false;
            _all.ForEach(o => isChanged |= o.Prepare(isFirst && turn == 0));
            _all.ForEach(o => o.Commit());
            if (!isChanged)
            {
                return;
            }
        }

        throw new InvalidOperationException("the design does not settle");
    }

    private sealed class Occurrence
    {
        private readonly Module _module;
        private readonly Func<string, BitVector> _input;
        private readonly Dictionary<string, BitVector> _state = [];
        private readonly Dictionary<string, BitVector> _held = [];
        private readonly Dictionary<string, BitVector> _next = [];
        private readonly Dictionary<string, BitVector[]> _words = [];
        private readonly List<Action> _writes = [];
        private readonly Dictionary<string, Occurrence> _children = [];
        private readonly Dictionary<string, BitVector> _settled = [];
        private readonly Dictionary<string, bool> _clocks = [];
        private readonly Dictionary<string, Func<BitVector>> _drivers = [];

        public Occurrence(Module module, Func<string, BitVector> input, List<Occurrence> all)
        {
            (_module, _input) = (module, input);
            all.Add(this);
            foreach (var register in module.Registers)
            {
                _state[register.Name] = register.PowerUp;
            }

            foreach (var latch in module.Latches)
            {
                _held[latch.Name] = latch.PowerUp;
                _drivers[latch.Name] = () => Evaluate(latch.Value, latch.Name);
            }

            foreach (var memory in module.Memories)
            {
                _words[memory.Name] = [.. Enumerable.Range(0, memory.Depth).Select(i =>
                    i < memory.Contents.Count ? memory.Contents[i] : BitVector.Zero(memory.Width))];
            }

            foreach (var wire in module.Wires)
            {
                _drivers[wire.Name] = () => Evaluate(wire.Value);
            }

            foreach (var output in module.Outputs)
            {
                _drivers[output.Port] = () => Evaluate(output.Value);
            }

            foreach (var instance in module.Instances)
            {
                var child = _children[instance.Name] = new(
                    instance.Module, port => Evaluate(instance.Inputs.Single(i => i.Port == port).Value), all);
                foreach (var output in instance.Outputs)
                {
                    _drivers[output.Signal] = () => child.Value(output.Port);
                }
            }

            foreach (var edge in Edges())
            {
                _clocks[edge.Signal] = false;
            }
        }

        public BitVector ValueAt(ReadOnlySpan<string> path) => path.Length == 1 ? Value(path[0]) : _children[path[0]].ValueAt(path[1..]);

        public void Forget() => _settled.Clear();

        public void HoldLatches()
        {
            foreach (var latch in _module.Latches)
            {
                _held[latch.Name] = Value(latch.Name);
            }
        }

        /// <summary>Finds next values of what has an edge; whether there was one.</summary>
        public bool Prepare(bool isFirst)
        {
            var edges = new HashSet<ClockEdge>();
            foreach (var name in _clocks.Keys)
            {
                var now = !Value(name).Unsigned.IsZero;
                if (now != _clocks[name] && !isFirst)
                {
                    edges.Add(new(name, now));
                }

                _clocks[name] = now;
            }

            foreach (var register in _module.Registers.Where(r => r.Edges.Any(edges.Contains)))
            {
                if (register.Reset is { } reset && IsHigh(reset))
                {
                    _next[register.Name] = register.ResetValue;
                }
                else if (register.Enable is null || IsHigh(register.Enable))
                {
                    _next[register.Name] = Evaluate(register.Next);
                }
            }

            foreach (var memory in _module.Memories)
            {
                foreach (var write in memory.Writes.Where(w => w.Edges.Any(edges.Contains) && IsHigh(w.Enable)))
                {
                    var (words, address, data) = (_words[memory.Name], Evaluate(write.Address).Unsigned, Evaluate(write.Data));
                    var mask = write.Mask is null ? ~BitVector.Zero(memory.Width) : Evaluate(write.Mask);
                    for (var i = address; i < memory.Depth && i < address + write.Words; i++)
                    {
                        var word = (int)i;
                        _writes.Add(() => words[word] = (words[word] & ~mask) | (data & mask));
                    }
                }
            }

            return edges.Count > 0;
        }

        public void Commit()
        {
            foreach (var (name, value) in _next)
            {
                _state[name] = value;
            }

            _next.Clear();
            _writes.ForEach(w => w());
            _writes.Clear();
        }

        private IEnumerable<ClockEdge> Edges() => _module.Registers.SelectMany(r => r.Edges)
            .Concat(_module.Memories.SelectMany(m => m.Writes).SelectMany(w => w.Edges));

        private bool IsHigh(Expression condition) => !Evaluate(condition).Unsigned.IsZero;

        private BitVector Value(string name)
        {
            if (!_settled.TryGetValue(name, out var value))
            {
                _settled[name] = value = _state.TryGetValue(name, out var held) ? held
                    : _drivers.TryGetValue(name, out var driver) ? driver()
                    : _input(name);
            }

            return value;
        }

        private BitVector Evaluate(Expression expression, string? latch = null)
        {
            BitVector Of(Expression e) => Evaluate(e, latch);
            return expression switch
            {
                Constant constant => constant.Value,
                Reference reference => reference.Name == latch ? _held[latch] : Value(reference.Name),
                Unary(var op, var operand) => Apply(op, Of(operand)),
                Binary(var op, var left, var right) => Apply(op, Of(left), Of(right)),
                Mux mux => Of(mux.Condition).Unsigned.IsZero ? Of(mux.WhenFalse) : Of(mux.WhenTrue),
                Slice slice => BitVector.Slice(Of(slice.Operand), slice.Low, slice.Width),
                Concat concat => BitVector.Concat([.. concat.Parts.Select(Of)]),
                Extend { Signed: true } extend => BitVector.SignExtend(Of(extend.Operand), extend.Width),
                Extend extend => BitVector.ZeroExtend(Of(extend.Operand), extend.Width),
                MemoryWord word => Of(word.Address).Unsigned is var a && a < _words[word.Memory].Length
                    ? _words[word.Memory][(int)a]
                    : BitVector.Zero(word.Width),
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
