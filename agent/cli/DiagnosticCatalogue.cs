using HwSeed.Agent;
using HwSeed.Agent.ChipRuns;
using HwSeed.Agent.Simulations;
using HwSeed.Brain;
using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Lint;
using HwSeed.Hdl.Netlists;
using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog;
using HwSeed.Hdl.Verilog.Binding;
using HwSeed.Kernels;
using HwSeed.Mapper.Workloads;
using HwSeed.Sim;
using HwSeed.Sim.Cosimulation;
using HwSeed.Sim.Coverage;
using HwSeed.Sim.Stimulus;
using HwSeed.Sim.Traces;
using HwSeed.Toolchain;

namespace HwSeed.Cli;

/// <summary>Every code of every room, for <c>hwseed explain</c>.</summary>
internal static class DiagnosticCatalogue
{
    /// <summary>All descriptors, by code.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> All { get; } =
    [
        .. new[]
        {
            RtlDiagnostics.Descriptors, ArchitectureDiagnostics.Descriptors, NetlistDiagnostics.Descriptors,
            VerilogDiagnostics.Descriptors, BindingDiagnostics.Descriptors, LintDiagnostics.Descriptors,
            SimulationDiagnostics.Descriptors, WaveDiagnostics.Descriptors,
            CosimDiagnostics.Descriptors, CoverageDiagnostics.Descriptors, StimulusDiagnostics.Descriptors, ToolDiagnostics.Descriptors,
            WorkloadDiagnostics.Descriptors, KernelDiagnostics.Descriptors, AgentDiagnostics.Descriptors, ScriptDiagnostics.Descriptors,
            ChipRunDiagnostics.Descriptors, CommandDiagnostics.Descriptors, BrainDiagnostics.Descriptors,
        }.SelectMany(d => d).OrderBy(d => d.Code, StringComparer.Ordinal),
    ];

    /// <summary>The rooms by the start of their codes.</summary>
    public static IReadOnlyList<(string Start, string Room)> Rooms { get; } =
    [
        ("HW10", "hardware language and simulation"), ("HW11", "architectures"), ("HW2", "Verilog reader"),
        ("HW3", "external tools"), ("HW4", "mapper and kernels"), ("HW50", "documents"), ("HW51", "runs and archives"),
        ("HW52", "designs as tokens"), ("HW53", "command line"), ("HW54", "chip runs"), ("HW55", "stimulus scripts"), ("HW6", "model files"),
    ];

    /// <summary>The descriptor of a code in any letter case, with or without the letters.</summary>
    public static DiagnosticDescriptor? Find(string code) => All.FirstOrDefault(d => d.Code == Normal(code));

    /// <summary>The code nearest to an unknown one: most digits in common from the start, then nearest number.</summary>
    public static string? Nearest(string code)
    {
        var wanted = Normal(code);
        return int.TryParse(wanted[2..], out var number)
            ? All.OrderBy(d => Math.Abs(int.Parse(d.Code[2..], null) - number)).First().Code
            : null;
    }

    private static string Normal(string code)
    {
        var upper = code.Trim().ToUpperInvariant();
        return upper.StartsWith("HW", StringComparison.Ordinal) ? upper : $"HW{upper}";
    }
}
