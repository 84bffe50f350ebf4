using HwSeed.Hdl;
using HwSeed.Mapper.Workloads;

namespace HwSeed.Agent.Goals;

/// <summary>What a run is for. Written by the user; the agent can read it and never change it.</summary>
/// <param name="Name">A label.</param>
/// <param name="Workload">What the chip has to compute.</param>
/// <param name="Device">The chip to fit.</param>
/// <param name="Objectives">Axes of the Pareto front, each metric once, at least one.</param>
/// <param name="Constraints">What a design must hold to count.</param>
/// <param name="Budget">How much work a run may do.</param>
/// <param name="Seed">Every decision of the run follows from it.</param>
public sealed record Goal(
    string Name,
    WorkloadSource Workload,
    TargetDevice Device,
    EquatableArray<Objective> Objectives,
    Constraints Constraints,
    Budget Budget,
    ulong Seed);

/// <summary>Where the matrix products come from.</summary>
public abstract record WorkloadSource;

/// <summary>The matrix products of one decoding step of a model.</summary>
/// <param name="ModelPath">GGUF file; goals give it relative to themselves, here it is resolved.</param>
/// <param name="Batch">Sequences decoded together: M of every product.</param>
public sealed record ModelWorkload(string ModelPath, int Batch) : WorkloadSource;

/// <summary>Matrix products given one by one.</summary>
/// <param name="Workload">The products.</param>
public sealed record ExplicitWorkload(Workload Workload) : WorkloadSource;

/// <summary>An FPGA by nextpnr's name, with the resources that a design can use.</summary>
/// <param name="Name">As <c>hx8k</c>.</param>
/// <param name="Luts">4-input look-up tables (logic cells).</param>
/// <param name="Brams">4-kbit block RAMs.</param>
public sealed record TargetDevice(string Name, int Luts, int Brams)
{
    /// <summary>The devices a goal can name (Lattice iCE40 LP/HX and UltraPlus family data sheets).</summary>
    public static EquatableArray<TargetDevice> All { get; } =
        [new("hx1k", 1280, 16), new("hx8k", 7680, 32), new("up5k", 5280, 30)];

    /// <summary>The device of a name, or null.</summary>
    /// <param name="name">As <c>hx8k</c>.</param>
    public static TargetDevice? Find(string name) => All.FirstOrDefault(d => d.Name == name);
}

/// <summary>Limits that a design must hold.</summary>
/// <param name="MaxLuts">Look-up tables, at most the device's.</param>
/// <param name="MaxBrams">Block RAMs, at most the device's.</param>
/// <param name="MinFmaxMhz">Routed clock, 0 for any.</param>
/// <param name="OperandBits">4 or 8 when the workload asks for one width; null for any.</param>
public sealed record Constraints(int MaxLuts, int MaxBrams, double MinFmaxMhz, int? OperandBits);

/// <summary>How much work a run may do; counts are per generation.</summary>
/// <param name="Generations">Rounds of proposals.</param>
/// <param name="Proposals">Designs proposed, rejected ones included.</param>
/// <param name="Simulate">Designs simulated cycle by cycle.</param>
/// <param name="Verify">Designs compared with Verilator.</param>
/// <param name="Synthesise">Designs placed and routed.</param>
/// <param name="WallMinutes">The run starts no generation after this time.</param>
public sealed record Budget(
    int Generations, int Proposals, int Simulate, int Verify, int Synthesise, double WallMinutes);

/// <summary>Which way a metric is better.</summary>
public enum Direction
{
    /// <summary>Smaller is better.</summary>
    Minimize,

    /// <summary>Larger is better.</summary>
    Maximize,
}

/// <summary>One axis of the Pareto front.</summary>
/// <param name="Metric">What is measured.</param>
/// <param name="Direction">Which way is better.</param>
public sealed record Objective(Metric Metric, Direction Direction);
