using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Generators;

/// <summary>
/// Writes input beats into the activation scratchpad, then into the weight scratchpad, one word a beat. It is ready
/// for beats exactly while it is busy.
/// </summary>
internal static class LoadUnit
{
    public static Module Module(EngineSizes sizes)
    {
        var m = new ModuleBuilder("load_unit");
        var rst = m.Input("rst");
        var start = m.Input("start");
        var inputBase = m.Input("input_base", sizes.InputAddress);
        var inputWords = m.Input("input_words", sizes.InputCount);
        var weightBase = m.Input("weight_base", sizes.WeightAddress);
        var weightWords = m.Input("weight_words", sizes.WeightCount);
        var valid = m.Input("in_valid");

        var inputActive = m.Register("input_active", 1);
        var weightActive = m.Register("weight_active", 1);
        var takeInput = m.Wire("take_input", inputActive & valid);
        var takeWeight = m.Wire("take_weight", ~inputActive & weightActive & valid);
        Side("input", start, inputActive, takeInput, inputBase, inputWords);
        Side("weight", start, weightActive, takeWeight, weightBase, weightWords);
        m.Output("busy", inputActive | weightActive);
        return m.Build();

        void Side(string side, Expression begin, Reference active, Expression take, Expression first, Expression words)
        {
            var left = m.Register($"{side}_left", words.Width);
            var address = m.Register($"{side}_next", first.Width);
            m.Drive(left, Expression.Mux(begin, words, left - Expression.FromInteger(1, left.Width)), begin | take);
            m.Drive(address, Expression.Mux(begin, first, address + Expression.FromInteger(1, address.Width)), begin | take);

            // Known an edge ahead: that a beat moves decides about one register, not about a comparison.
            var isLast = m.Register($"{side}_is_last", Expression.Mux(begin, Expression.Equal(words, 1), Expression.Equal(left, 2)), begin | take);
            m.Drive(active, Expression.Mux(begin, Expression.ReduceOr(words), active & ~(take & isLast)), reset: rst);
            m.Output($"{side}_write", take);
            m.Output($"{side}_address", address);
        }
    }
}
