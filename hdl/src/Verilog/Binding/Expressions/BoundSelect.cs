using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog.Binding.Names;
using HwSeed.Hdl.Verilog.Binding.Processes;
using HwSeed.Hdl.Verilog.Binding.Types;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Binding.Expressions;

/// <summary>A signal, or a part of a signal or of another value.</summary>
internal sealed class BoundSelect : Bound
{
    private readonly Bound? _value;
    private Place? _whole;

    public BoundSelect(Signal signal, SyntaxNode syntax)
        : base(signal.Type, syntax) => (Signal, Steps) = (signal, []);

    private BoundSelect(Signal? signal, Bound? value, IReadOnlyList<SelectStep> steps, DataType type, SyntaxNode syntax)
        : base(type, syntax) => (Signal, _value, Steps) = (signal, value, steps);

    /// <summary>The signal; null for a part of another value.</summary>
    public Signal? Signal { get; }

    public IReadOnlyList<SelectStep> Steps { get; }

    public override bool IsConstant => _value is { IsConstant: true } && Steps.All(IsConstantStep);

    /// <summary>A part of an operand.</summary>
    public static BoundSelect Of(Bound operand, SelectStep step, DataType type, SyntaxNode syntax) => operand is BoundSelect select
        ? new(select.Signal, select._value, [.. select.Steps, step], type, syntax)
        : new(null, operand, [step], type, syntax);

    public override Expression Emit(Execution x, int width, bool signed)
    {
        x.Reading = Syntax;
        if (Signal is not null && Type is VectorType { IsString: true })
        {
            throw new BindingException(BindingDiagnostics.UnsupportedExpression($"the value of the string '{Signal.Path}'", Syntax.Origin.Span));
        }

        var place = At(x);
        var value = Signal is not null ? x.Read(place) : ReadValue(x, place);
        return x.Factory.Extend(value, width, signed);
    }

    /// <summary>Where it is, with the indices as they are now.</summary>
    public Place At(Execution x)
    {
        if (Steps.Count == 0 && Signal is { IsArray: false })
        {
            return _whole ??= new(Signal, new(0, null), 1, new(0, null), Width, null);
        }

        var offsets = Signal is null ? new Offsets(x, 1, _value!.Width) : new Offsets(x, Signal.Count, Signal.Element.Width);
        foreach (var step in Steps)
        {
            if (step is PartStep { IsInside: false })
            {
                x.Context.Report(BindingDiagnostics.SelectIgnored(Syntax.Origin.Span));
            }

            offsets.Add(Signal is null ? Flat(step) : step);
        }

        if (Signal is null)
        {
            return offsets.At(null, 1, Width);
        }

        var (element, count) = (Type, 1);
        while (element is UnpackedArrayType array)
        {
            (element, count) = (array.Element, count * array.Range.Count);
        }

        return offsets.At(Signal, count, element.Width);
    }

    private static bool IsConstantStep(SelectStep step) => step switch
    {
        IndexStep i => i.Index.IsConstant,
        WindowStep w => w.Start.IsConstant,
        _ => true,
    };

    private Expression ReadValue(Execution x, Place place)
    {
        var value = x.ReadBits(_value!.Self(x), place.Bit, Width);
        return place.Valid is null ? value : x.Factory.Mux(place.Valid, value, x.Factory.Constant(0, Width));
    }

    /// <summary>A value that is not stored has its elements side by side: a step of it counts bits.</summary>
    private SelectStep Flat(SelectStep step)
    {
        if (_value!.Type is not UnpackedArrayType array)
        {
            return step;
        }

        DataType element = array;
        while (element is UnpackedArrayType inner)
        {
            element = inner.Element;
        }

        // Elements of unpacked arrays count upwards from the low index, as those of a descending range do.
        static Bounds Up(Bounds range) => new(range.High, range.Low);
        return step switch
        {
            IndexStep { IsUnpacked: true } i => i with { Stride = i.Stride * element.Width, IsUnpacked = false, Range = Up(i.Range) },
            WindowStep { IsUnpacked: true } w => w with { Stride = w.Stride * element.Width, IsUnpacked = false, Range = Up(w.Range) },
            PartStep { IsUnpacked: true } p => p with { Low = p.Low * element.Width, IsUnpacked = false },
            _ => step,
        };
    }
}

/// <summary><c>{a, b}</c> and <c>{n{a, b}}</c>: the parts stand for themselves.</summary>
internal sealed class BoundConcatenation(IReadOnlyList<Bound> parts, int count, SyntaxNode syntax)
    : Bound(DataType.Bits(Math.Max(1, parts.Sum(p => p.Width) * count)), syntax)
{
    /// <summary>Whether it has no bits: as a part of a concatenation it is nothing, elsewhere one bit of zero.</summary>
    public bool IsEmpty => count == 0 || parts.Count == 0;

    public override bool IsConstant => parts.All(p => p.IsConstant);

    public override bool IsTristate => parts.Any(p => p.IsTristate);

    public override (System.Numerics.BigInteger Unknown, System.Numerics.BigInteger HighImpedance) Wildcards
    {
        get
        {
            System.Numerics.BigInteger unknown = 0, impedance = 0;
            for (var i = 0; i < count; i++)
            {
                foreach (var part in parts)
                {
                    var (u, z) = part.Wildcards;
                    (unknown, impedance) = ((unknown << part.Width) | u, (impedance << part.Width) | z);
                }
            }

            return (unknown, impedance);
        }
    }

    public override Expression Emit(Execution x, int width, bool signed)
    {
        var values = parts.Select(p => p.Self(x)).ToList();
        return x.Factory.Extend(Repeated(x, values), width, signed);
    }

    public override (Expression Value, Expression Drives) EmitDriver(Execution x, int width)
    {
        if (!IsTristate)
        {
            return base.EmitDriver(x, width);
        }

        var pairs = parts.Select(p => p.EmitDriver(x, p.Width)).ToList();
        var value = Repeated(x, [.. pairs.Select(p => p.Value)]);
        var drives = Repeated(x, [.. pairs.Select(p => p.Drives)]);
        return (x.Factory.Resize(value, width, signed: false),
            width <= drives.Width ? x.Factory.Slice(drives, 0, width) : x.Factory.Concat([x.Factory.Ones(width - drives.Width), drives]));
    }

    private Expression Repeated(Execution x, List<Expression> values) =>
        values.Count == 0 || count == 0 ? x.Factory.Constant(0, 1)
        : x.Factory.Concat([.. Enumerable.Repeat(values, count).SelectMany(v => v)]);
}

/// <summary>A cast: the operand as a value of another type.</summary>
internal sealed class BoundCast(Bound operand, DataType type, SyntaxNode syntax) : Bound(type, syntax)
{
    public override bool IsConstant => operand.IsConstant;

    public override (System.Numerics.BigInteger Unknown, System.Numerics.BigInteger HighImpedance) Wildcards => operand.Wildcards;

    public override Expression Emit(Execution x, int width, bool signed) =>
        x.Factory.Extend(operand.Assigned(x, Width), width, signed);
}

/// <summary><c>operand inside {items}</c>.</summary>
internal sealed class BoundInside(Bound operand, IReadOnlyList<(Bound? Low, Bound? High, bool IsRange)> items, SyntaxNode syntax)
    : Bound(DataType.Bits(1), syntax)
{
    public override bool IsConstant => operand.IsConstant && items.All(i => i.Low is null or { IsConstant: true } && i.High is null or { IsConstant: true });

    public override Expression Emit(Execution x, int width, bool signed)
    {
        var f = x.Factory;
        var any = f.False;
        foreach (var (low, high, isRange) in items)
        {
            any = f.Or(any, isRange
                ? f.And(low is null ? f.True : AtLeast(x, operand, low), high is null ? f.True : AtLeast(x, high, operand))
                : Same(x, low!));
        }

        return f.Extend(any, width, signed: false);
    }

    private static Expression AtLeast(Execution x, Bound greater, Bound smaller)
    {
        var wide = Math.Max(greater.Width, smaller.Width);
        var signed = greater.Signed && smaller.Signed;
        return x.Factory.Not(x.Factory.LessThan(greater.Emit(x, wide, signed), smaller.Emit(x, wide, signed), signed));
    }

    private Expression Same(Execution x, Bound item)
    {
        var wide = Math.Max(operand.Width, item.Width);
        var signed = operand.Signed && item.Signed;
        return Match.Masked(x.Factory, operand.Emit(x, wide, signed), item.Emit(x, wide, signed), Match.WildcardBits(item, wide, withUnknown: true));
    }
}

/// <summary>The bits of the parts in slices of some width, the last one first: <c>{&lt;&lt; slice {parts}}</c>.</summary>
internal sealed class BoundStream(Bound operand, int slice, SyntaxNode syntax) : Bound(DataType.Bits(operand.Width), syntax)
{
    public override bool IsConstant => operand.IsConstant;

    public override Expression Emit(Execution x, int width, bool signed)
    {
        var value = operand.Self(x);
        var parts = new List<Expression>();
        for (var low = 0; low < value.Width; low += slice)
        {
            parts.Add(x.Factory.Slice(value, low, Math.Min(slice, value.Width - low)));
        }

        // A stream is aligned to the left of a wider target.
        var reversed = x.Factory.Concat(parts);
        return width == Width ? reversed : x.Factory.Concat([reversed, x.Factory.Constant(0, width - Width)]);
    }
}

/// <summary>Values side by side that make a structure or array, the first lowest.</summary>
internal sealed class BoundPattern(IReadOnlyList<(int Low, int Width, Bound Value)> parts, DataType type, SyntaxNode syntax) : Bound(type, syntax)
{
    public override bool IsConstant => parts.All(p => p.Value.IsConstant);

    public override Expression Emit(Execution x, int width, bool signed)
    {
        var values = new List<Expression>();
        foreach (var (_, partWidth, value) in parts.OrderByDescending(p => p.Low))
        {
            values.Add(value.Assigned(x, partWidth));
        }

        return x.Factory.Extend(x.Factory.Concat(values), width, signed);
    }
}

/// <summary>A function of one value that is not an operator: <c>$countones</c> and the like.</summary>
internal sealed class BoundFunction(Bound operand, DataType type, Func<ExpressionFactory, Expression, Expression> function, SyntaxNode syntax)
    : Bound(type, syntax)
{
    public override bool IsConstant => operand.IsConstant;

    public override Expression Emit(Execution x, int width, bool signed) =>
        x.Factory.Extend(function(x.Factory, operand.Self(x)), width, signed);
}
