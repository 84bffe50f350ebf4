using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Generators;

/// <summary>
/// The stage behind the array: <see cref="Requantisation"/> as a pipeline of one lane, which moves as a whole when its end is free.
/// Sums that are not requantised go straight to the output register. What configures it comes when it is empty.
/// </summary>
internal sealed class OutputUnit
{
    private readonly EngineSizes _sizes;
    private readonly OutputStage _stage;
    private readonly ModuleBuilder _m = new("output_unit");
    private readonly Expression _rst;
    private readonly Expression _configure;
    private readonly Expression _target;
    private readonly Expression _address;
    private readonly Expression _value;
    private readonly Reference _outValid;
    private readonly Expression _outReady;
    private readonly Expression _moves;
    private readonly Reference _mode;

    /// <summary>For each edge of the pipeline, whether there is a result behind it.</summary>
    private readonly List<Expression> _valids = [];

    private OutputUnit(EngineSizes sizes)
    {
        (_sizes, _stage) = (sizes, sizes.Arch.Output!);
        _rst = _m.Input("rst");
        _configure = _m.Input("configure");
        _target = _m.Input("target", CommandEncoding.TargetBits);
        _address = _m.Input("address", CommandEncoding.FieldBits);
        _value = _m.Input("value", CommandEncoding.ValueBits);
        _outReady = _m.Input("out_ready");
        _mode = _m.Register("mode", _value[0, CommandEncoding.ResidualBit + 1], Writes(ConfigureTarget.Mode), _rst);
        _outValid = _m.Register("out_valid_q", 1);
        _moves = _m.Wire("moves", (~_outValid | _outReady) & ~new Reference("waits", 1));
    }

    /// <summary>Bits of a result.</summary>
    private int Bits => _sizes.Arch.InputBits;

    private int SumBits => _sizes.Arch.AccumulatorBits;

    public static Module Module(EngineSizes sizes) => new OutputUnit(sizes).Build();

    private Module Build()
    {
        var inValid = _m.Input("in_valid");
        var sum = _m.Input("in_data", SumBits);
        var requantises = _mode[CommandEncoding.RequantisesBit, 1];
        var result = Requantised(_m.Wire("entered", inValid & requantises), sum, _m.Input("in_channel", _sizes.Channel));
        result = _stage.Table ? LookedUp(result) : result;
        result = WithResidual(result);
        result = Clamped(result);

        // A result may leave while the one behind it waits for its residual.
        _m.Drive(_outValid, Expression.Mux(_moves, Expression.Mux(requantises, _valids[^1], inValid), _outValid & ~_outReady), reset: _rst);
        _m.Output("in_ready", _moves);
        _m.Output("busy", _outValid | _valids.Aggregate((a, b) => a | b));
        _m.Output("out_valid", _outValid);
        _m.Output("out_data", _m.Register(
            "out_data_q", Expression.Mux(requantises, Expression.SignExtend(result, 32), Expression.SignExtend(sum, 32)), _moves));
        return _m.Build();
    }

    private Expression Requantised(Expression entered, Expression sum, Expression channel)
    {
        // Bias and scale of the channel, read while the sum waits an edge.
        var fraction = _stage.FractionBits;
        var reads = _m.Wire("reads", _moves & entered);
        var bias = Parameter("biases", ConfigureTarget.Bias, SumBits);
        var scale = Parameter("scales", ConfigureTarget.Scale, fraction + CommandEncoding.ShiftBits);
        Edge(entered);
        var waiting = Staged("sum", sum);

        Edge(_valids[^1]);
        var width = SumBits + 1;
        var biased = Staged("biased", Expression.SignExtend(waiting, width) + Expression.SignExtend(bias, width));
        var multiplier = Staged("multiplier", scale[CommandEncoding.ShiftBits, fraction]);
        var shift = Staged("shift", scale[0, CommandEncoding.ShiftBits]);

        // One row a bit of the multiplier, summed in a tree with a register behind each level.
        var terms = Enumerable.Range(0, fraction)
            .Select(i => _m.Wire($"row_{i}", Expression.Mux(multiplier[i, 1], biased, Expression.FromInteger(0, width)))).ToList();
        terms.Add(Expression.FromInteger(0, width));
        for (var spacing = 1; terms.Count > 1; spacing *= 2)
        {
            Edge(_valids[^1]);
            terms = [.. terms.Chunk(2).Select((pair, i) => Staged(
                $"product_{spacing}_{i}", Multipliers.PairSum(pair[0], pair[1], spacing, subtract: false)))];
            shift = Staged($"shift_{spacing}", shift);
        }

        // The bit below the cut is kept: rounding adds it.
        Edge(_valids[^1]);
        var coarse = Staged("coarse", Shifted(terms[0][fraction - 1, width + 1], shift[3, 2], 8));
        shift = Staged("shift_fine", shift[0, 3]);
        Edge(_valids[^1]);
        var fine = Staged("fine", Shifted(coarse, shift, 1));
        Edge(_valids[^1]);
        var rounded = Staged("rounded", Expression.SignExtend(fine[1, width], width + 1) + Expression.ZeroExtend(fine[0, 1], width + 1));
        Edge(_valids[^1]);
        var offset = Staged("offset", Expression.SignExtend(rounded, width + 2) + Expression.SignExtend(_mode[16, Bits], width + 2));
        Edge(_valids[^1]);
        return Staged("saturated", Saturated(offset));

        Expression Parameter(string name, ConfigureTarget what, int bits) => _m.Instance(
            name, Scratchpads.Module($"channel_{name}", bits, _stage.Channels),
            ("write", Writes(what)), ("write_address", _address[0, _sizes.Channel]), ("write_data", _value[0, bits]),
            ("read", reads), ("read_address", channel))["word"];
    }

    /// <summary>The table's result; addresses count from the lowest value.</summary>
    private Expression LookedUp(Expression result)
    {
        var looks = _m.Wire("looks", _mode[CommandEncoding.TableBit, 1]);
        var found = _m.Instance("activation", Scratchpads.Module("activation_table", Bits, 1 << Bits),
            ("write", Writes(ConfigureTarget.Table)), ("write_address", _address[0, Bits]), ("write_data", _value[0, Bits]),
            ("read", _moves & _valids[^1] & looks),
            ("read_address", Expression.Concat(~result[Bits - 1, 1], result[0, Bits - 1])))["word"];
        Edge(_valids[^1]);
        return _m.Wire("looked_up", Expression.Mux(looks, found, Staged("not_looked_up", result)));
    }

    /// <summary>The sum with the next residual, for which the pipeline waits.</summary>
    private Expression WithResidual(Expression result)
    {
        if (!_stage.Residual)
        {
            _m.Wire("waits", Expression.FromInteger(0, 1));
            return result;
        }

        var offered = _m.Input("residual_valid");
        var residual = _m.Input("residual_data", Bits);
        var adds = _m.Wire("adds", _valids[^1] & _mode[CommandEncoding.ResidualBit, 1]);
        _m.Wire("waits", adds & ~offered);
        _m.Output("residual_ready", adds & (~_outValid | _outReady));
        var added = _m.Wire("added", Expression.SignExtend(result, Bits + 1)
            + Expression.SignExtend(Expression.Mux(adds, residual, Expression.FromInteger(0, Bits)), Bits + 1));
        Edge(_valids[^1]);
        return Staged("with_residual", Saturated(added));
    }

    /// <summary>Two comparisons beside each other, an edge before they choose.</summary>
    private Expression Clamped(Expression result)
    {
        var (least, most) = (_mode[0, Bits], _mode[8, Bits]);
        Edge(_valids[^1]);
        var isBelow = Staged("is_below", Expression.LessThanSigned(result, least));
        var isAbove = Staged("is_above", Expression.LessThanSigned(most, result));
        return _m.Wire("clamped", Expression.Mux(isBelow, least, Expression.Mux(isAbove, most, Staged("clamps", result))));
    }

    /// <summary>One edge more: what is valid before it is valid behind it when the pipeline has moved.</summary>
    private void Edge(Expression before) => _valids.Add(_m.Register($"valid_{_valids.Count + 1}", before, _moves, _rst));

    private Reference Staged(string name, Expression next) => _m.Register($"{name}_q", next, _moves);

    private Expression Writes(ConfigureTarget what) => _configure & Expression.Equal(_target, (long)what);

    /// <summary>The nearest value of an operand's bits.</summary>
    private Expression Saturated(Expression wide)
    {
        var sign = wide[wide.Width - 1, 1];
        var upper = wide[Bits - 1, wide.Width - Bits + 1];
        var fits = Expression.Equal(upper, Expression.SignExtend(sign, upper.Width));
        return Expression.Mux(fits, wide[0, Bits], Expression.Concat(sign, Expression.SignExtend(~sign, Bits - 1)));
    }

    /// <summary>Shifted to the right by count times the unit, the sign following.</summary>
    private static Expression Shifted(Expression wide, Expression count, int unit)
    {
        for (var bit = 0; bit < count.Width; bit++)
        {
            var by = Math.Min(unit << bit, wide.Width - 1);
            wide = Expression.Mux(count[bit, 1], Expression.SignExtend(wide[by, wide.Width - by], wide.Width), wide);
        }

        return wide;
    }
}
