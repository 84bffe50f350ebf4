using HwSeed.Hdl.Generators;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Properties;

/// <summary>
/// The load unit takes exactly as many beats as a command asks for and writes them to consecutive addresses, activations
/// first. Environment: starts only when it is idle, as the dispatcher's own statements say; everything else is free.
/// </summary>
internal static class LoadProperties
{
    public static PropertyHarness Harness(EngineSizes sizes)
    {
        var h = new HarnessBuilder("load unit", "load");
        var m = h.M;
        var rst = m.Input("rst");
        var inputBase = m.Input("input_base", sizes.InputAddress);
        var inputWords = m.Input("input_words", sizes.InputCount);
        var weightBase = m.Input("weight_base", sizes.WeightAddress);
        var weightWords = m.Input("weight_words", sizes.WeightCount);
        var valid = m.Input("in_valid");
        var busy = new Reference("unit_busy", 1);
        var start = m.Wire("start", m.Input("command") & ~busy);
        var unit = m.Instance("unit", ModuleView.Show(
            LoadUnit.Module(sizes), "input_active", "input_left", "input_next", "input_is_last", "weight_active", "weight_left", "weight_next", "weight_is_last"),
            ("rst", rst), ("start", start), ("input_base", inputBase), ("input_words", inputWords),
            ("weight_base", weightBase), ("weight_words", weightWords), ("in_valid", valid));

        // The monitor counts what was taken up from zero; the unit counts what is left, side by side.
        var beat = m.Wire("beat", busy & valid);
        var inputs = Side("input", inputBase, inputWords, Expression.FromInteger(1, 1));
        Side("weight", weightBase, weightWords, inputs);
        h.Always("busy", "it is ready for beats exactly until all words of its command are taken",
            Expression.Equal(busy, new Reference("input_open", 1) | new Reference("weight_open", 1)));
        return h.Build();

        Expression Side(string side, Expression first, Expression words, Expression mayTake)
        {
            var asked = m.Register($"{side}_asked", words, start, rst);
            var from = m.Register($"{side}_from", first, start);
            var taken = m.Register($"{side}_taken", words.Width);
            var open = m.Wire($"{side}_open", ~Expression.Equal(taken, asked));
            var takes = m.Wire($"{side}_takes", beat & open & mayTake);
            m.Drive(taken, Expression.Mux(start, Expression.FromInteger(0, words.Width), taken + HarnessBuilder.One(taken)), start | takes, rst);
            h.Always($"{side}_write", $"{side} words are written on exactly the beats that are theirs", Expression.Equal(unit[$"{side}_write"], takes));
            h.Always($"{side}_address", $"{side} word i is written to its command's base + i",
                HarnessBuilder.EqualWhen(takes, unit[$"{side}_address"], from + HarnessBuilder.Fit(taken, from.Width)));
            var left = Inner("left");
            h.Lemma(Expression.Equal(Inner("active"), open));
            h.Lemma(HarnessBuilder.EqualWhen(open, left, asked - taken));
            h.Lemma(HarnessBuilder.EqualWhen(open, Inner("is_last"), Expression.Equal(left, 1)));
            h.Lemma(HarnessBuilder.EqualWhen(open, Inner("next"), from + HarnessBuilder.Fit(taken, from.Width)));
            return ~open;

            Expression Inner(string signal) => unit[ModuleView.Shown($"{side}_{signal}")];
        }
    }
}
