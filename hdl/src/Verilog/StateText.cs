using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Verilog;

/// <summary>Prints registers, latches and memories as always blocks of Verilog-2005.</summary>
/// <param name="expressions">Prints values.</param>
/// <param name="hoisted">Gives fresh names.</param>
/// <param name="line">Takes a line of the module.</param>
internal sealed class StateText(ExpressionText expressions, HoistedWires hoisted, Action<string> line)
{
    public void Write(Register register)
    {
        // All texts first: a hoisted wire must not land inside of the block.
        var body = new List<string>();
        var next = AsynchronousResets(register, body);
        var enable = register.Enable is null ? "" : $"if ({expressions.Print(register.Enable)}) ";
        var reset = register.Reset is null ? null : expressions.Print(register.Reset);
        var otherwise = body.Count > 0 || reset is not null ? "else " : "";
        if (reset is not null)
        {
            body.Add($"if ({reset}) {register.Name} <= {register.ResetValue};");
        }

        body.Add($"{otherwise}{enable}{register.Name} <= {expressions.Print(next)};");
        line($"always @({Sensitivity(register.Edges)})");
        body.ForEach(text => line($"  {text}"));
    }

    public void Write(Latch latch)
    {
        var body = new List<string>();
        Follow(latch.Value, latch, 0, "  ", body);
        line("always @* begin");
        body.ForEach(line);
        line("end");
    }

    public void Write(Memory memory)
    {
        var (block, index) = (hoisted.FreshName(), hoisted.FreshName());
        line($"initial begin : {block}");
        line($"  integer {index};");
        line($"  for ({index} = 0; {index} < {memory.Depth}; {index} = {index} + 1) {memory.Name}[{index}] = {BitVector.Zero(memory.Width)};");
        for (var word = 0; word < memory.Contents.Count; word++)
        {
            line($"  {memory.Name}[{word}] = {memory.Contents[word]};");
        }

        line("end");

        // Writes at the same edges stand in one block, in order: the last one wins.
        foreach (var writes in memory.Writes.GroupBy(w => w.Edges))
        {
            var counter = writes.Any(w => w.Words > 1) ? hoisted.FreshName() : null;
            var name = counter is null ? "" : $" : {hoisted.FreshName()}";
            var body = writes.SelectMany(w => Lines(memory, w, counter)).ToList();
            var isOne = body.Count == 1 && counter is null;
            line($"always @({Sensitivity(writes.Key)}){(isOne ? "" : $" begin{name}")}");
            if (counter is not null)
            {
                line($"  integer {counter};");
            }

            body.ForEach(text => line($"  {text}"));
            if (!isOne)
            {
                line("end");
            }
        }

        foreach (var read in memory.Reads)
        {
            var enable = read.Enable is null ? "" : $"if ({expressions.Print(read.Enable)}) ";
            var word = $"{enable}{read.Name} <= {memory.Name}[{expressions.Print(read.Address)}];";
            line("always @(posedge clk)");
            line($"  {word}");
        }
    }

    private static string Sensitivity(EquatableArray<ClockEdge> edges) => edges.Count == 0
        ? "posedge clk"
        : string.Join(" or ", edges.Select(e => $"{(e.Rising ? "posedge" : "negedge")} {e.Signal}"));

    // Multiplexers at the root on the level that an edge of the register leads to are asynchronous resets; gives what
    // is left below them.
    private Expression AsynchronousResets(Register register, List<string> body)
    {
        var next = register.Next;
        if (register.Enable is not null || register.Reset is not null)
        {
            return next;
        }

        for (var left = register.Edges.Count; left > 1 && next is Mux mux; left--)
        {
            var (level, isInverted) = mux.Condition switch
            {
                Reference reference => (reference, false),
                Unary { Operator: UnaryOperator.Not, Operand: Reference reference } => (reference, true),
                _ => (null, false),
            };
            var rising = level is null ? null : register.Edges.FirstOrDefault(e => e.Signal == level.Name)?.Rising;
            if (rising is null)
            {
                break;
            }

            // The condition is high at the edge's level, or low: then the arms change places.
            var value = rising != isInverted ? mux.WhenTrue : mux.WhenFalse;
            next = rising != isInverted ? mux.WhenFalse : mux.WhenTrue;
            body.Add($"{(body.Count > 0 ? "else " : "")}if ({(rising == true ? "" : "!")}{level!.Name}) "
                + $"{register.Name} <= {expressions.Print(value)};");
        }

        return next;
    }

    // Multiplexers become branches, so that where the latch holds its value nothing is assigned.
    private void Follow(Expression value, Latch latch, int low, string indent, List<string> body)
    {
        if (Holds(value, latch, low))
        {
            return;
        }

        switch (value)
        {
            case Mux mux:
                var (whenTrue, whenFalse) = (new List<string>(), new List<string>());
                var condition = expressions.Print(mux.Condition);
                Follow(mux.WhenTrue, latch, low, indent + "  ", whenTrue);
                Follow(mux.WhenFalse, latch, low, indent + "  ", whenFalse);
                if (whenTrue.Count > 0)
                {
                    body.AddRange([$"{indent}if ({condition}) begin", .. whenTrue, $"{indent}end"]);
                }

                if (whenFalse.Count > 0)
                {
                    body.AddRange([$"{indent}{(whenTrue.Count > 0 ? "else" : $"if (!({condition}))")} begin", .. whenFalse, $"{indent}end"]);
                }

                break;
            case Concat concat:
                var at = low + concat.Width;
                foreach (var part in concat.Parts)
                {
                    at -= part.Width;
                    Follow(part, latch, at, indent, body);
                }

                break;
            default:
                var range = value.Width == latch.Width ? ""
                    : value.Width == 1 ? $"[{low}]"
                    : $"[{low + value.Width - 1}:{low}]";
                body.Add($"{indent}{latch.Name}{range} = {expressions.Print(value)};");
                break;
        }
    }

    private static bool Holds(Expression value, Latch latch, int low) => value switch
    {
        Reference reference => reference.Name == latch.Name,
        Slice { Operand: Reference reference } slice => reference.Name == latch.Name && slice.Low == low,
        _ => false,
    };

    private IEnumerable<string> Lines(Memory memory, MemoryWrite write, string? counter)
    {
        // A loop has constant bounds.
        var first = write is { Words: > 1, Address: Constant { Value.Unsigned: var start } } && start < memory.Depth ? (int?)start : null;
        var (index, inRange) = first is null ? expressions.Address(write.Address, memory) : (counter!, "");
        var enable = expressions.Print(write.Enable);
        var condition = inRange.Length == 0 ? enable : $"({enable}) && {inRange}";
        var loop = "";
        if (first is not null)
        {
            var end = Math.Min(memory.Depth, (long)first.Value + write.Words);
            loop = $"for ({counter} = {first}; {counter} < {end}; {counter} = {counter} + 1) ";
        }
        else if (write.Words > 1)
        {
            loop = $"for ({counter} = {index}; {counter} < {memory.Depth} && {counter} < {index} + {write.Words}; {counter} = {counter} + 1) ";
            index = counter!;
        }

        if (write.Mask is null)
        {
            return [$"if ({condition}) {loop}{memory.Name}[{index}] <= {expressions.Print(write.Data)};"];
        }

        var data = hoisted.Declare(memory.Width, expressions.Print(write.Data));
        var fields = Fields(write.Mask, memory.Width).ToList();
        return
        [
            $"if ({condition}) {loop}begin",
            .. fields.Select(f =>
            {
                var range = memory.Width == 1 ? "" : f.Width == 1 ? $"[{f.Low}]" : $"[{f.Low + f.Width - 1}:{f.Low}]";
                return $"  if ({f.Enable}) {memory.Name}[{index}]{range} <= {data}{range};";
            }),
            "end",
        ];
    }

    // Fields of a mask that are written together, as byte enables are: copies of one bit; else bit by bit.
    private IEnumerable<(int Low, int Width, string Enable)> Fields(Expression mask, int width)
    {
        var parts = mask is Concat concat ? concat.Parts.Reverse().ToList() : [mask];
        var at = 0;
        foreach (var part in parts)
        {
            if (part is Extend { Signed: true, Operand.Width: 1 } copies)
            {
                yield return (at, part.Width, expressions.Print(copies.Operand));
            }
            else
            {
                var name = hoisted.Declare(part.Width, expressions.Print(part));
                for (var bit = 0; bit < part.Width; bit++)
                {
                    yield return (at + bit, 1, part.Width == 1 ? name : $"{name}[{bit}]");
                }
            }

            at += part.Width;
        }
    }
}
