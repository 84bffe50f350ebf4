using HwSeed.Agent.Estimates;
using HwSeed.Agent.Flow.Boards;
using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Generators;
using HwSeed.Hdl.Rtl;
using HwSeed.Toolchain;

namespace HwSeed.Agent.Flow.Vendors;

/// <summary>Whether an engine fits a device of another vendor; what is too big is said by how much, with the parameters that would help.</summary>
public static class VendorLegality
{
    /// <summary>HW5115 for what is counted exactly before synthesis: DSP blocks, one for each multiplier.</summary>
    public static IReadOnlyList<Diagnostic> CheckBefore(VendorRequest request) => request.Dsps && Multipliers(request.Architecture) > request.Device.Dsps
        ? [TooBig(request, "DSP blocks", (int)Multipliers(request.Architecture), request.Device.Dsps, $" ({request.Device.Family.Dsp})")]
        : [];

    /// <summary>HW5115 for each resource of which the netlist needs more than the device has.</summary>
    /// <param name="request">The engine and its device.</param>
    /// <param name="resources">What Yosys' netlist takes.</param>
    public static IReadOnlyList<Diagnostic> Check(VendorRequest request, IEnumerable<VendorResourceUse> resources) =>
        [.. resources.Where(r => r.Used > r.Available).Select(r => TooBig(request, r.Name, r.Used, r.Available, " after synthesis"))];

    private static Diagnostic TooBig(VendorRequest request, string words, int needs, int has, string note) => AgentDiagnostics.TooBigFor(
        request.Device.Title, needs, has, words, note,
        EngineRemedy.Find(request.Architecture, words, Fits(request, words, needs, has), request.WantsDsps));

    // What was counted for this engine, scaled by what is known of both engines before synthesis.
    private static Func<Architecture, bool> Fits(VendorRequest request, string words, int needs, int has)
    {
        var now = Measure(request.Architecture, words);
        return candidate => ArchitectureRules.Check(candidate).Count == 0 && Measure(candidate, words) is { } then && now is { } base0 && then * needs <= base0 * has;
    }

    private static double? Measure(Architecture architecture, string words) => words switch
    {
        "look-up tables" => AreaModel.Hx8k.Estimate(architecture).LogicCells,
        "DSP blocks" => Multipliers(architecture),
        "flip-flops" => AcceleratorGenerator.Generate(architecture) is { IsOk: true } design ? RegisterBits(design.Value) : null,
        _ => AcceleratorGenerator.Generate(architecture) is { IsOk: true } design ? MemoryBlocks(design.Value) : null,
    };

    private static double Multipliers(Architecture architecture) =>
        (double)architecture.Rows * architecture.Columns * Enumerable.Range(0, architecture.Lanes).Count(architecture.IsDspLane);

    /// <summary>Bits of all registers of a design, instances counted as often as they are there.</summary>
    public static int RegisterBits(Design design) => design.Total(m => m.Registers.Sum(r => r.Width));

    private static int MemoryBlocks(Design design) =>
        design.Total(m => m.Memories.Sum(r => VendorFamily.BramsOf(r.Width, r.Depth) * Math.Max(1, r.Reads.Count)));
}
