using System.Diagnostics;
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

    public TreeSimulator(Design design)
    {
        foreach (var port in design.Top.InputPorts)
        {
            _inputs[port.Name] = BitVector.Zero(port.Width);
        }

        _top = new(design.Top, port => _inputs[port]);
    }

    public void Poke(string port, BitVector value)
    {
        _inputs[port] = value;
        _top.Forget();
    }

    public BitVector Peek(string path) => _top.ValueAt(path.Split('.'));

    public void Step()
    {
        _top.Prepare();
        _top.Commit();
        _top.Forget();
    }

    private sealed class Occurrence
    {
        private readonly Module _module;
        private readonly Func<string, BitVector> _input;
        private readonly Dictionary<string, BitVector> _state = [];
        private readonly Dictionary<string, BitVector> _nextState = [];
        private readonly Dictionary<string, BitVector[]> _words = [];
        private readonly List<(BitVector[] Words, int Address, BitVector Data)> _writes = [];
        private readonly Dictionary<string, Occurrence> _children = [];
        private readonly Dictionary<string, BitVector> _settled = [];

        public Occurrence(Module module, Func<string, BitVector> input)
        {
            (_module, _input) = (module, input);
            foreach (var register in module.Registers)
            {
                _state[register.Name] = register.ResetValue;
            }

            foreach (var memory in module.Memories)
            {
                _words[memory.Name] = [.. Enumerable.Repeat(BitVector.Zero(memory.Width), memory.Depth)];
                foreach (var read in memory.Reads)
                {
                    _state[read.Name] = BitVector.Zero(memory.Width);
                }
            }

            foreach (var instance in module.Instances)
            {
                _children[instance.Name] = new(
                    instance.Module, port => Evaluate(instance.Inputs.Single(i => i.Port == port).Value));
            }
        }

        public BitVector ValueAt(ReadOnlySpan<string> path) =>
            path.Length == 1 ? Value(path[0]) : _children[path[0]].ValueAt(path[1..]);

        public void Forget()
        {
            _settled.Clear();
            foreach (var child in _children.Values)
            {
                child.Forget();
            }
        }

        public void Prepare()
        {
            foreach (var register in _module.Registers)
            {
                _nextState[register.Name] = IsHigh(register.Reset, whenNull: false) ? register.ResetValue
                    : IsHigh(register.Enable, whenNull: true) ? Evaluate(register.Next)
                    : _state[register.Name];
            }

            foreach (var memory in _module.Memories)
            {
                var words = _words[memory.Name];
                foreach (var read in memory.Reads)
                {
                    var address = Evaluate(read.Address).Unsigned;
                    _nextState[read.Name] = !IsHigh(read.Enable, whenNull: true) ? _state[read.Name]
                        : address < memory.Depth ? words[(int)address]
                        : BitVector.Zero(memory.Width);
                }

                foreach (var write in memory.Writes)
                {
                    var target = Evaluate(write.Address).Unsigned;
                    if (IsHigh(write.Enable, whenNull: true) && target < memory.Depth)
                    {
                        _writes.Add((words, (int)target, Evaluate(write.Data)));
                    }
                }
            }

            foreach (var child in _children.Values)
            {
                child.Prepare();
            }
        }

        public void Commit()
        {
            foreach (var (name, value) in _nextState)
            {
                _state[name] = value;
            }

            foreach (var (words, address, data) in _writes)
            {
                words[address] = data;
            }

            _writes.Clear();
            foreach (var child in _children.Values)
            {
                child.Commit();
            }
        }

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

        private BitVector Evaluate(Expression expression) => expression switch
        {
            Constant constant => constant.Value,
            Reference reference => Value(reference.Name),
            Unary(var op, var operand) => Apply(op, Evaluate(operand)),
            Binary(var op, var left, var right) => Apply(op, Evaluate(left), Evaluate(right)),
            Mux mux => BitVector.Mux(Evaluate(mux.Condition), Evaluate(mux.WhenTrue), Evaluate(mux.WhenFalse)),
            Slice slice => BitVector.Slice(Evaluate(slice.Operand), slice.Low, slice.Width),
            Concat concat => BitVector.Concat([.. concat.Parts.Select(Evaluate)]),
            Extend { Signed: true } extend => BitVector.SignExtend(Evaluate(extend.Operand), extend.Width),
            Extend extend => BitVector.ZeroExtend(Evaluate(extend.Operand), extend.Width),
            _ => throw new UnreachableException(),
        };

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
            _ => throw new UnreachableException(),
        };
    }
}
