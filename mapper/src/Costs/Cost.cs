namespace HwSeed.Mapper.Costs;

/// <summary>What running one GEMM costs, exactly.</summary>
/// <param name="Cycles">From the first command offered to the last result accepted.</param>
/// <param name="Macs">Useful multiply-accumulates.</param>
/// <param name="ActivationBeats">Input beats that carry A.</param>
/// <param name="WeightBeats">Input beats that carry B.</param>
/// <param name="ResultBeats">Output beats.</param>
/// <param name="Utilisation">Macs over cycles times PEs, 0..1.</param>
public sealed record Cost(
    long Cycles, long Macs, long ActivationBeats, long WeightBeats, long ResultBeats, double Utilisation);
