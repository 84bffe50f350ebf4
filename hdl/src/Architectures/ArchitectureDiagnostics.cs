using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Hdl.Architectures;

/// <summary>All wording about architectures that cannot be built.</summary>
public static class ArchitectureDiagnostics
{
    /// <summary>What each code means.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> Descriptors { get; } =
    [
        new("HW1101", "An architecture parameter is out of range",
            "Every parameter has a range that the generator supports; the message gives it. An array needs at least one row and one column."),
        new("HW1102", "A memory depth is not a power of two in range",
            "Scratchpad and accumulator addresses are plain binary counters, so depths are powers of two."),
        new("HW1103", "Operand width is not supported",
            "Activations and weights are signed integers of 2, 4, 8 or 16 bits, each side with a width of its own."),
        new("HW1104", "The accumulator is too narrow",
            "Sums are exact: an accumulator has at least the bits of an activation and of a weight together, plus ceil(log2 K) for the K that is summed. A narrower one would overflow, and nothing saturates silently."),
        new("HW1105", "The scratchpad cannot hold one array of the operands that PEs keep",
            "A weight- or input-stationary array is filled from the scratchpad, one word a row; a tile (half the scratchpad when double-buffered) has to hold all rows."),
        new("HW1106", "An output-stationary array has no accumulator memory",
            "Its sums stay in the PEs; accumulator_depth must be 0 so that equal designs have equal descriptions."),
        new("HW1107", "Operands can be broadcast to output-stationary arrays only",
            "A broadcast array drains the sums of its PEs through a chain; an array that keeps operands passes partial sums from PE to PE instead and has none to drain."),
        new("HW1108", "The adder tree has fewer levels than it should have registers",
            "adder_pipeline registers levels of the tree that sums a PE's lanes; a tree of L lanes has ceil(log2 L) levels, and one lane has none."),
        new("HW1109", "A scratchpad word is too wide",
            "A word holds lanes operands for each PE of a side and arrives in one beat of the input stream; the message gives the widest."),
        new("HW1110", "DSP blocks do not fit the PEs",
            "A DSP block multiplies two pairs of operands of up to 8 bits, so a PE has an even number of lanes that they take (all, or dsp_lanes), or one pair of wider ones; its registers before, in and after the multiplier stay on (pe_pipeline at least 2, for wider operands 3), because place and route does not time the paths inside."),
        new("HW1111", "The width of the output stage's scales is not supported",
            "TFLite has scales of 32 bits, and of 16 for sums of 64 bits; both are fractions of one bit less, with a shift."),
        new("HW1112", "Operands or sums are too wide for an output stage",
            "It makes activations of up to 8 bits of sums of up to 32: TFLite's requantisation, whose table of an activation has one entry for each result."),
        new("HW1113", "Sums are too wide for a host's port",
            "Ports of boards and systems on chip carry results of 32 bits; sums of more leave the bare engine's result stream as 64-bit words."),
    ];

    internal static Diagnostic OutOfRange(string name, int value, int low, int high) =>
        Diagnostic.Error("HW1101", $"{name} is {value}; it must be {low} to {high}");

    internal static Diagnostic Depth(string name, int value, int low, int high) =>
        Diagnostic.Error("HW1102", $"{name} is {value}; it must be a power of two from {low} to {high}");

    internal static Diagnostic OperandBits(string field, int value) =>
        Diagnostic.Error("HW1103", $"{field} is {value}; it must be 2, 4, 8 or 16");

    internal static Diagnostic NarrowAccumulator(int bits, int inputBits, int weightBits) => Diagnostic.Error("HW1104",
        $"accumulator_bits is {bits}; one product of {inputBits} and {weightBits} bits already needs {inputBits + weightBits}, and K of them ceil(log2 K) more");

    /// <summary>The accumulator of a legal architecture is too narrow for a given K.</summary>
    public static Diagnostic NarrowAccumulatorFor(Architecture architecture, int k) => Diagnostic.Error("HW1104",
        $"accumulator_bits is {architecture.AccumulatorBits}; sums over K = {k} need {architecture.AccumulatorBitsFor(k)}"
        + $" ({architecture.InputBits} + {architecture.WeightBits} + ceil(log2 K)); this architecture sums at most K = {architecture.LargestK}");

    internal static Diagnostic KeptDoNotFit(string depth, int rows, int words) => Diagnostic.Error("HW1105",
        $"a tile of the operands that PEs keep holds {words} words, but an array of {rows} rows needs {rows}; raise {depth} or lower rows");

    internal static Diagnostic UselessAccumulator(int depth) => Diagnostic.Error("HW1106",
        $"accumulator_depth is {depth}, but an output-stationary array sums in its PEs; it must be 0");

    internal static Diagnostic BroadcastKeepsSums() => Diagnostic.Error("HW1107",
        "interconnect is broadcast, but an array that keeps operands passes its sums from PE to PE; make it systolic or dataflow output_stationary");

    internal static Diagnostic WideOutputStage(int inputBits, int accumulatorBits) => Diagnostic.Error("HW1112",
        $"an output stage makes activations of at most {OutputStage.WidestResult} bits of sums of at most {OutputStage.WidestSum}, here they have {inputBits} and {accumulatorBits}; leave output out, or lower input_bits or accumulator_bits");

    internal static Diagnostic WideForPort(int accumulatorBits, int most) => Diagnostic.Error("HW1113",
        $"accumulator_bits is {accumulatorBits}, but results behind a port have {most} bits; lower accumulator_bits to {most}");

    internal static Diagnostic OddDspLanes(int lanes) => Diagnostic.Error("HW1110",
        $"lanes is {lanes}, but a DSP block multiplies two pairs of operands; lanes must be even, or dsp_lanes fewer, or multiplier fabric");

    internal static Diagnostic DspLanes(int dspLanes, int lanes, bool areWide) => Diagnostic.Error("HW1110",
        $"dsp_lanes is {dspLanes}; it must be {(areWide ? "a" : "an even")} number below the {lanes} lanes, or 0 for all of them");

    internal static Diagnostic UselessDspLanes(int dspLanes) => Diagnostic.Error("HW1110",
        $"dsp_lanes is {dspLanes}, but multiplier is not dsp; leave it out, or make multiplier dsp");

    internal static Diagnostic DspPipeline(int stages, int fewest) => Diagnostic.Error("HW1110",
        $"pe_pipeline is {stages}; with multiplier dsp it must be {(fewest == 2 ? "2 or 3" : "3 for operands of 16 bits")}, since the block's own registers stay on");

    internal static Diagnostic ScaleBits(int value) => Diagnostic.Error("HW1111", $"output.scale_bits is {value}; it must be 16 or 32");

    internal static Diagnostic AdderPipeline(int stages, int lanes, int levels) => Diagnostic.Error("HW1108",
        $"adder_pipeline is {stages}; the tree that sums {lanes} lanes has {levels} levels");

    internal static Diagnostic WideWord(int bits, int most) => Diagnostic.Error("HW1109",
        $"a scratchpad word of lanes operands for each PE of a side has {bits} bits; it must have at most {most}; lower lanes");
}
