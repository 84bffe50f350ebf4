using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog.Binding.Processes;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Binding.Expressions;

/// <summary>What is assigned to.</summary>
internal abstract class Target(SyntaxNode syntax)
{
    public SyntaxNode Syntax { get; } = syntax;

    public abstract int Width { get; }

    /// <summary>Gives it a value of its width; as the next value when the assignment is non-blocking.</summary>
    public abstract void Assign(Execution x, Expression value, bool isNext);

    /// <summary>The signals that it consists of.</summary>
    public abstract IEnumerable<BoundSelect> Selects { get; }
}

/// <summary>A signal or a part of one.</summary>
internal sealed class SelectTarget(BoundSelect select) : Target(select.Syntax)
{
    public BoundSelect Select { get; } = select;

    public override int Width => Select.Width;

    public override IEnumerable<BoundSelect> Selects => [Select];

    public override void Assign(Execution x, Expression value, bool isNext)
    {
        x.Reading = Syntax;
        x.Write(Select.At(x), value, isNext);
    }
}

/// <summary><c>{a, b}</c>.</summary>
internal sealed class ConcatenationTarget(IReadOnlyList<Target> parts, SyntaxNode syntax) : Target(syntax)
{
    public override int Width { get; } = parts.Sum(p => p.Width);

    public override IEnumerable<BoundSelect> Selects => parts.SelectMany(p => p.Selects);

    public override void Assign(Execution x, Expression value, bool isNext)
    {
        var top = Width;
        foreach (var part in parts)
        {
            top -= part.Width;
            part.Assign(x, x.Factory.Slice(value, top, part.Width), isNext);
        }
    }
}

/// <summary>Bits side by side in another order: <c>{&lt;&lt; slice {parts}}</c> as a target.</summary>
internal sealed class StreamTarget(Target target, int slice, SyntaxNode syntax) : Target(syntax)
{
    public override int Width => target.Width;

    public override IEnumerable<BoundSelect> Selects => target.Selects;

    public override void Assign(Execution x, Expression value, bool isNext)
    {
        var parts = new List<Expression>();
        for (var low = 0; low < value.Width; low += slice)
        {
            parts.Add(x.Factory.Slice(value, low, Math.Min(slice, value.Width - low)));
        }

        target.Assign(x, x.Factory.Concat(parts), isNext);
    }
}

/// <summary>Some bits of a target: what one instance of an array of instances drives.</summary>
internal sealed class PartTarget(SelectTarget whole, int low, int width) : Target(whole.Syntax)
{
    public override int Width => width;

    public override IEnumerable<BoundSelect> Selects => whole.Selects;

    public override void Assign(Execution x, Expression value, bool isNext)
    {
        x.Reading = Syntax;
        var place = whole.Select.At(x);
        var element = low / place.Width;
        x.Write(
            place.Elements == 1
                ? place with { Bit = place.Bit with { Fixed = place.Bit.Fixed + low }, Width = width }
                : place with
                {
                    Element = place.Element with { Fixed = place.Element.Fixed + element },
                    Elements = Math.Max(1, width / place.Width),
                    Width = Math.Min(width, place.Width),
                },
            value, isNext);
    }
}
