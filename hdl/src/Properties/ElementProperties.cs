using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Generators;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Properties;

/// <summary>
/// A processing element, in three steps that build on each other: a lane's multiplier gives the product of its operands; the
/// dot product is the sum of its lanes' multipliers; the element sums dot products and passes on what it has to. The second and
/// third compare with a second copy of what the step before is about, so that no proof has to look into a multiplier.
/// </summary>
internal static class ElementProperties
{
    public static PropertyHarness LaneMultiplier(EngineSizes sizes, bool isDsp)
    {
        var arch = sizes.Arch;
        var h = new HarnessBuilder(isDsp ? "multiplier pair" : "multiplier", "multiplier");
        var m = h.M;
        var lanes = isDsp && !arch.HasWideDsps ? 2 : 1;
        var (bits, others) = (arch.StreamedBits, arch.KeptBits);
        var a = m.Input("a", lanes * bits);
        var b = m.Input("b", lanes * others);
        Expression[] products = isDsp ? Multipliers.Blocks(m, arch, "dsp", a, b) : [Multipliers.Lane(m, arch, "", a, b)];
        for (var lane = 0; lane < lanes; lane++)
        {
            var model = Model(m, arch, lane, isDsp, a[lane * bits, bits], b[lane * others, others]);
            h.Always($"product_{lane}", $"the product of {bits} and {others} bits after {arch.PePipeline} edges", Expression.Equal(products[lane], model));
            m.Output($"product_{lane}", products[lane]);
        }

        return h.Build() with { Memory = arch.PePipeline };
    }

    public static PropertyHarness DotProduct(EngineSizes sizes)
    {
        var arch = sizes.Arch;
        var h = new HarnessBuilder("dot product of lanes", "dot");
        var m = h.M;
        var (bits, others) = (arch.StreamedBits, arch.KeptBits);
        var a = m.Input("a", sizes.Streamed);
        var b = m.Input("b", sizes.Kept);
        var dot = Multipliers.Dot(m, arch, a, b);
        Expression sum = Expression.FromInteger(0, dot.Width);
        for (var lane = 0; lane < arch.Lanes; lane++)
        {
            var (x, y) = (a[lane * bits, bits], b[lane * others, others]);
            var product = arch.IsDspLane(lane)
                ? Model(m, arch, lane, isDsp: true, x, y)
                : Multipliers.Lane(m, arch, $"model_{lane}_", x, y);
            sum = m.Wire($"model_sum_{lane}", sum + Expression.SignExtend(product, dot.Width));
        }

        var model = ArrayEdges.Delay(m, "model_sum_q", sum, arch.AdderPipeline);
        h.Always("dot", $"the sum of {arch.Lanes} lanes' products, {arch.AdderPipeline} edges after them", Expression.Equal(dot, model));
        return h.Build() with { Memory = EngineTiming.ProductCycles(arch) };
    }

    public static PropertyHarness Element(EngineSizes sizes) => sizes.Arch.KeepsOperands ? Kept(sizes) : Streamed(sizes);

    /// <summary>
    /// The product of a lane's operands after the multiplier's stages. Where the stages lie does not matter for what it says; a
    /// DSP block has its first before the multiplier, and a model that has it there too is compared without looking inside.
    /// </summary>
    private static Expression Model(ModuleBuilder m, Architecture arch, int lane, bool isDsp, Expression a, Expression b)
    {
        var before = isDsp ? 1 : 0;
        var product = m.Wire($"model_{lane}", Expression.MultiplySigned(
            ArrayEdges.Delay(m, $"model_{lane}_a", a, before), ArrayEdges.Delay(m, $"model_{lane}_b", b, before)));
        return ArrayEdges.Delay(m, $"model_{lane}_q", product, arch.PePipeline - before);
    }

    private static PropertyHarness Streamed(EngineSizes sizes)
    {
        var arch = sizes.Arch;
        var h = new HarnessBuilder("processing element", "element");
        var m = h.M;
        var a = m.Input("a", sizes.Streamed);
        var b = m.Input("b", sizes.Kept);
        var capture = m.Input("capture");
        var move = m.Input("move");
        var next = m.Input("next", arch.AccumulatorBits);
        var unit = m.Instance("unit", ModuleView.Show(ModuleOf(OutputStationaryArray.Module(sizes), "output_stationary_pe"), "sum_q"),
            ("a", a), ("b", b), ("capture", capture), ("move", move), ("next", next));
        var dot = Multipliers.Dot(m, arch, a, b);
        var sum = m.Register("model_sum", arch.AccumulatorBits);
        m.Drive(sum, sum + OutputStationaryArray.Fit(dot, arch.AccumulatorBits), reset: capture);
        h.Always("sum", "it sums one dot product an edge, anew after a capture", Expression.Equal(unit[ModuleView.Shown("sum_q")], sum));
        var isSystolic = arch.Interconnect == Interconnect.Systolic;
        var held = m.Register("model_held", Expression.Mux(capture, sum, next), isSystolic ? capture | move : move);
        h.Always("held", "its link takes the sum at a capture and the next link's at a move, and keeps it otherwise", Expression.Equal(unit["held"], held));
        if (isSystolic)
        {
            Passes(h, unit, ("a", a), ("b", b), ("capture", capture));
        }

        return h.Build();
    }

    private static PropertyHarness Kept(EngineSizes sizes)
    {
        var arch = sizes.Arch;
        var h = new HarnessBuilder("processing element", "element");
        var m = h.M;
        var shift = m.Input("shift");
        var swap = m.Input("swap");
        var a = m.Input("a", sizes.Streamed);
        var above = m.Input("kept", sizes.Kept);
        var sum = m.Input("sum", arch.AccumulatorBits);
        var unit = m.Instance("unit", ModuleOf(KeptOperandArray.Module(sizes), "kept_operand_pe"),
            ("shift", shift), ("swap", swap), ("a", a), ("kept", above), ("sum", sum));
        var next = m.Register("model_kept", above, shift);
        var inUse = m.Register("model_in_use", next, swap);
        var dot = Multipliers.Dot(m, arch, a, inUse);
        var model = m.Register("model_sum", sum + OutputStationaryArray.Fit(dot, arch.AccumulatorBits));
        h.Always("sum", "it adds its dot product to the partial sum from above", Expression.Equal(unit["sum_next"], model));
        h.Always("kept", "operands move on at a shift only", Expression.Equal(unit["kept_next"], next));
        Passes(h, unit, ("a", a), ("swap", swap));
        return h.Build();
    }

    private static void Passes(HarnessBuilder h, IReadOnlyDictionary<string, Expression> unit, params IReadOnlyList<(string Name, Expression Value)> values)
    {
        foreach (var (name, value) in values)
        {
            h.Always($"passes_{name}", $"'{name}' reaches the neighbour one edge later", Expression.Equal(unit[$"{name}_next"], h.M.Register($"model_{name}", value)));
        }
    }

    private static Module ModuleOf(Module array, string name) => array.Instances.First(i => i.Module.Name == name).Module;
}
