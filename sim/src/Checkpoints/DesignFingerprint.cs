using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using HwSeed.Hdl.Netlists;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Sim.Checkpoints;

/// <summary>
/// A hash of what a design is: modules, state and every expression. Sub-expressions that are shared objects are hashed
/// once, whatever the number of paths to them.
/// </summary>
internal sealed class DesignFingerprint
{
    private readonly Dictionary<Expression, string> _known = new(ReferenceEqualityComparer.Instance);

    public static byte[] Of(Design design) => new DesignFingerprint().Hash(design);

    private byte[] Hash(Design design)
    {
        var text = new StringBuilder();
        foreach (var m in design.ModulesBottomUp())
        {
            text.Append($"module {m.Name} {m.HasImplicitClock} {m.Ports}\n");
            foreach (var wire in m.Wires)
            {
                text.Append($"wire {wire.Name} {Of(wire.Value)}\n");
            }

            foreach (var r in m.Registers)
            {
                text.Append($"register {r.Name} {Of(r.Next)} {Of(r.Enable)} {Of(r.Reset)} {r.ResetValue} {r.InitialValue} {r.Edges}\n");
            }

            foreach (var latch in m.Latches)
            {
                text.Append($"latch {latch.Name} {Of(latch.Value)} {latch.InitialValue}\n");
            }

            foreach (var memory in m.Memories)
            {
                text.Append($"memory {memory.Name} {memory.Width} {memory.Depth} {memory.Contents}\n");
                foreach (var w in memory.Writes)
                {
                    text.Append($"write {Of(w.Enable)} {Of(w.Address)} {Of(w.Data)} {Of(w.Mask)} {w.Words} {w.Edges}\n");
                }

                foreach (var r in memory.Reads)
                {
                    text.Append($"read {r.Name} {Of(r.Address)} {Of(r.Enable)}\n");
                }
            }

            foreach (var i in m.Instances)
            {
                text.Append($"instance {i.Name} {i.Module.Name} {i.Outputs}\n");
                foreach (var input in i.Inputs)
                {
                    text.Append($"input {input.Port} {Of(input.Value)}\n");
                }
            }

            foreach (var output in m.Outputs)
            {
                text.Append($"output {output.Port} {Of(output.Value)}\n");
            }
        }

        return SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private string Of(Expression? expression)
    {
        if (expression is null)
        {
            return "none";
        }

        var open = new Stack<Expression>([expression]);
        while (open.TryPeek(out var next))
        {
            var operands = ExpressionOperands.Of(next);
            var before = open.Count;
            foreach (var operand in operands.Where(o => !_known.ContainsKey(o)))
            {
                open.Push(operand);
            }

            if (open.Count == before)
            {
                var text = $"{Head(next)} {next.Width} {string.Join(' ', operands.Select(o => _known[o]))}";
                _known[open.Pop()] = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
            }
        }

        return _known[expression];
    }

    // What a node is, apart from its operands.
    private static string Head(Expression expression) => expression switch
    {
        Constant constant => $"constant {constant.Value}",
        Reference reference => $"reference {reference.Name}",
        Unary unary => $"unary {unary.Operator}",
        Binary binary => $"binary {binary.Operator}",
        Mux => "mux",
        Slice slice => $"slice {slice.Low}",
        Concat => "concat",
        Extend extend => $"extend {extend.Signed}",
        MemoryWord word => $"word {word.Memory}",
        _ => throw new System.Diagnostics.UnreachableException($"expression {expression.GetType().Name}"),
    };
}
