namespace HwSeed.Agent.Tests.Cli;

/// <summary>The smallest engine that has block memories and more than one PE: synthesis, place and route take seconds.</summary>
internal static class TinyEngine
{
    public const string Yaml = """
        schema: hwseed/architecture/v1
        name: tiny
        array: {rows: 1, columns: 2}
        dataflow: output_stationary
        operand_bits: 4
        accumulator_bits: 16
        pe_pipeline: 0
        scratchpad: {input_depth: 256, weight_depth: 256, accumulator_depth: 0}
        double_buffering: false

        """;
}
