using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Generators;

/// <summary>
/// The stage behind the array: <see cref="Requantisation"/> as a pipeline of one lane, which moves as a whole when its end is free.
/// Sums that are not requantised go straight to the output register. What configures it comes when it is empty.
/// </summary>
internal static class OutputUnit
{
    public static Module Module(EngineSizes sizes)
    {
        var (arch, stage) = (sizes.Arch, sizes.Arch.Output!);
        var (bits, fraction) = (arch.OperandBits, stage.FractionBits);
        var m = new ModuleBuilder("output_unit");
        var rst = m.Input("rst");
        var configure = m.Input("configure");
        var target = m.Input("target", CommandEncoding.TargetBits);
        var address = m.Input("address", CommandEncoding.FieldBits);
        var value = m.Input("value", CommandEncoding.ValueBits);
        var inValid = m.Input("in_valid");
        var sum = m.Input("in_data", arch.AccumulatorBits);
        var channel = m.Input("in_channel", sizes.Channel);
        var outReady = m.Input("out_ready");

        var mode = m.Register("mode", value[0, CommandEncoding.ResidualBit + 1], Writes(ConfigureTarget.Mode), rst);
        var (least, most, zero) = (mode[0, bits], mode[8, bits], mode[16, bits]);
        var requantises = mode[CommandEncoding.RequantisesBit, 1];

        var outValid = m.Register("out_valid_q", 1);
        var waits = new Reference("waits", 1);
        var moves = m.Wire("moves", (~outValid | outReady) & ~waits);
        var (valids, edge) = (new List<Expression>(), 0);

        // Bias and scale of the channel, read while the sum waits an edge.
        var entered = m.Wire("entered", inValid & requantises);
        var reads = m.Wire("reads", moves & entered);
        var bias = Parameter("biases", ConfigureTarget.Bias, arch.AccumulatorBits);
        var scale = Parameter("scales", ConfigureTarget.Scale, fraction + CommandEncoding.ShiftBits);
        Expression shift = scale[0, CommandEncoding.ShiftBits];
        Valid(entered);
        var waiting = Staged("sum", sum);

        var width = arch.AccumulatorBits + 1;
        Valid(valids[^1]);
        var biased = Staged("biased", Expression.SignExtend(waiting, width) + Expression.SignExtend(bias, width));
        var multiplier = Staged("multiplier", scale[CommandEncoding.ShiftBits, fraction]);
        shift = Staged("shift", shift);

        // One row a bit of the multiplier, summed in a tree with a register behind each level.
        var terms = Enumerable.Range(0, fraction)
            .Select(i => m.Wire($"row_{i}", Expression.Mux(multiplier[i, 1], biased, Expression.FromInteger(0, width)))).ToList();
        terms.Add(Expression.FromInteger(0, width));
        for (var spacing = 1; terms.Count > 1; spacing *= 2)
        {
            Valid(valids[^1]);
            terms = [.. terms.Chunk(2).Select((pair, i) => Staged($"product_{spacing}_{i}", Multipliers.PairSum(pair[0], pair[1], spacing, subtract: false)))];
            shift = Staged($"shift_{spacing}", shift);
        }

        // The bit below the cut is kept: rounding adds it.
        var product = terms[0][fraction - 1, width + 1];
        Valid(valids[^1]);
        var coarse = Staged("coarse", Shifted(product, shift[3, 2], 8));
        shift = Staged("shift_fine", shift[0, 3]);
        Valid(valids[^1]);
        var fine = Staged("fine", Shifted(coarse, shift, 1));
        Valid(valids[^1]);
        var rounded = Staged("rounded", Expression.SignExtend(fine[1, width], width + 1) + Expression.ZeroExtend(fine[0, 1], width + 1));
        Valid(valids[^1]);
        var offset = Staged("offset", Expression.SignExtend(rounded, width + 2) + Expression.SignExtend(zero, width + 2));
        Valid(valids[^1]);
        Expression result = Staged("saturated", Saturated(offset));

        if (stage.Table)
        {
            // Addresses count from the lowest value.
            var at = Expression.Concat(~result[bits - 1, 1], result[0, bits - 1]);
            var looks = m.Wire("looks", mode[CommandEncoding.TableBit, 1]);
            var found = m.Instance("activation", Scratchpads.Module("activation_table", bits, 1 << bits),
                ("write", Writes(ConfigureTarget.Table)), ("write_address", address[0, bits]), ("write_data", value[0, bits]),
                ("read", moves & valids[^1] & looks), ("read_address", at))["word"];
            Valid(valids[^1]);
            result = m.Wire("looked_up", Expression.Mux(looks, found, Staged("not_looked_up", result)));
        }

        if (stage.Residual)
        {
            var offered = m.Input("residual_valid");
            var residual = m.Input("residual_data", bits);
            var adds = m.Wire("adds", valids[^1] & mode[CommandEncoding.ResidualBit, 1]);
            m.Wire("waits", adds & ~offered);
            m.Output("residual_ready", adds & (~outValid | outReady));
            var added = m.Wire("added", Expression.SignExtend(result, bits + 1)
                + Expression.SignExtend(Expression.Mux(adds, residual, Expression.FromInteger(0, bits)), bits + 1));
            Valid(valids[^1]);
            result = Staged("with_residual", Saturated(added));
        }
        else
        {
            m.Wire("waits", Expression.FromInteger(0, 1));
        }

        // Two comparisons beside each other, an edge before they choose.
        Valid(valids[^1]);
        var isBelow = Staged("is_below", Expression.LessThanSigned(result, least));
        var isAbove = Staged("is_above", Expression.LessThanSigned(most, result));
        var clamped = m.Wire("clamped", Expression.Mux(isBelow, least, Expression.Mux(isAbove, most, Staged("clamps", result))));
        // A result may leave while the one behind it waits for its residual.
        m.Drive(outValid, Expression.Mux(moves, Expression.Mux(requantises, valids[^1], inValid), outValid & ~outReady), reset: rst);
        m.Output("in_ready", moves);
        m.Output("busy", outValid | valids.Aggregate((a, b) => a | b));
        m.Output("out_valid", outValid);
        m.Output("out_data", m.Register(
            "out_data_q", Expression.Mux(requantises, Expression.SignExtend(clamped, 32), Expression.SignExtend(sum, 32)), moves));
        return m.Build();

        Expression Writes(ConfigureTarget what) => configure & Expression.Equal(target, (long)what);

        Expression Staged(string name, Expression next) => m.Register($"{name}_q", next, moves);

        void Valid(Expression before) => valids.Add(m.Register($"valid_{++edge}", before, moves, rst));

        Expression Parameter(string name, ConfigureTarget what, int parameterBits) => m.Instance(
            name, Scratchpads.Module($"channel_{name}", parameterBits, stage.Channels),
            ("write", Writes(what)), ("write_address", address[0, sizes.Channel]), ("write_data", value[0, parameterBits]),
            ("read", reads), ("read_address", channel))["word"];

        Expression Saturated(Expression wide)
        {
            var upper = wide[bits - 1, wide.Width - bits + 1];
            var fits = Expression.Equal(upper, Expression.SignExtend(wide[wide.Width - 1, 1], upper.Width));
            var sign = wide[wide.Width - 1, 1];
            return Expression.Mux(fits, wide[0, bits], Expression.Concat(sign, Expression.SignExtend(~sign, bits - 1)));
        }
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
