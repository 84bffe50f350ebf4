using HwSeed.Hdl.Architectures;

namespace HwSeed.Agent.Flow.Boards;

/// <summary>Which single parameter of an engine, lowered as little as possible, makes it fit.</summary>
internal static class EngineRemedy
{
    /// <summary>The advice, for the end of a sentence.</summary>
    /// <param name="arch">The engine that is too big.</param>
    /// <param name="words">The resource that it is too big for.</param>
    /// <param name="fits">Whether another engine has enough of that resource.</param>
    /// <param name="dsps">Whether its multipliers are DSP blocks, which look-up tables could take the place of.</param>
    public static string Find(Architecture arch, string words, Func<Architecture, bool> fits, bool dsps)
    {
        List<string> found = [];
        Try("array.rows", arch.Rows, v => arch with { Rows = v }, v => v - 1);
        Try("array.columns", arch.Columns, v => arch with { Columns = v }, v => v - 1);
        Try("array.lanes", arch.Lanes, v => arch with { Lanes = v, AdderPipeline = Math.Min(arch.AdderPipeline, ArchitectureRules.AdderLevels(v)) }, v => v - 1);
        if (words is "block memories" or "memories in look-up tables")
        {
            Try("scratchpad.input_depth", arch.InputDepth, v => arch with { InputDepth = v }, v => v / 2);
            Try("scratchpad.weight_depth", arch.WeightDepth, v => arch with { WeightDepth = v }, v => v / 2);
            Try("scratchpad.accumulator_depth", arch.AccumulatorDepth, v => arch with { AccumulatorDepth = v }, v => v / 2);
        }
        else if (words is "logic cells" or "look-up tables" or "flip-flops")
        {
            Try("input_bits", arch.InputBits, v => arch with { InputBits = v }, v => v / 2);
            Try("weight_bits", arch.WeightBits, v => arch with { WeightBits = v }, v => v / 2);
        }

        if (words == "DSP blocks" && dsps)
        {
            var now = Enumerable.Range(0, arch.Lanes).Count(arch.IsDspLane);
            Try("dsp_lanes", now, v => arch with { DspLanes = v }, v => v - (arch.HasWideDsps ? 1 : 2));
            found.Add("set multiplier to fabric (look-up tables)");
        }

        return found.Count > 0 ? string.Join(", or ", found) : "use a smaller engine: no single parameter is enough";

        void Try(string field, int value, Func<int, Architecture> with, Func<int, int> less)
        {
            for (var v = less(value); v >= 1; v = less(v))
            {
                if (fits(with(v)))
                {
                    found.Add($"lower {field} to {v}");
                    return;
                }
            }
        }
    }
}
