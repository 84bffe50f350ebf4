using System.Globalization;
using System.Text;
using HwSeed.Agent.Archives;
using HwSeed.Agent.Evaluations;
using HwSeed.Agent.Flow;
using HwSeed.Brain.Files;
using HwSeed.Hdl.Generators;
using HwSeed.Kernels;
using HwSeed.Kernels.Ilgpu;
using HwSeed.Kernels.OpenCl;
using HwSeed.Mapper.Mappings;
using HwSeed.Toolchain;

namespace HwSeed.Agent.Loop;

/// <summary>The files that a run leaves for a design: <c>runs/ID/designs/DESIGN/</c>.</summary>
internal static class DesignFiles
{
    /// <summary>Architecture, Verilog, mapping, and the log of the lockstep; the bench stays in verilator/.</summary>
    public static void WriteVerified(
        string folder, Evaluation evaluation, EngineVerification verification, IReadOnlyList<EngineCase> cases)
    {
        EngineFiles.Write(evaluation.Proposal.Architecture, folder).OrThrow();
        var log = new StringBuilder();
        foreach (var (result, test) in verification.Cases.Zip(cases))
        {
            log.AppendLine(CultureInfo.InvariantCulture,
                    $"{result.Shape}: predicted {result.PredictedCycles}, simulated {result.SimulatedCycles}, Verilator {result.ModelCycles} cycles: {result.Verdict}")
                .Append(LoopNest.Of(test.Mapping)).AppendLine(result.Lockstep.Log);
        }

        AtomicFile.WriteText(Path.Combine(folder, "lockstep.log"), log.ToString());
    }

    /// <summary>The report and the bitstream; what only the tools need is removed.</summary>
    public static void WriteSynthesised(string folder, Evaluation evaluation, SynthesisReport report)
    {
        AtomicFile.WriteText(Path.Combine(folder, "synthesis.txt"), report.ReportText);
        AtomicFile.WriteText(Path.Combine(folder, "synthesis.json"), AgentJson.Write(new
        {
            evaluation.DesignId,
            Device = report.Device.Name,
            report.Luts,
            report.FlipFlops,
            report.Carries,
            report.LogicCells,
            report.Brams,
            report.Ios,
            report.FmaxMhz,
            report.TargetMhz,
            report.Seed,
            report.BitstreamSha256,
            report.Sandboxed,
        }) + "\n");
        AtomicFile.WriteBytes(
            Path.Combine(folder, $"{AcceleratorGenerator.TopName}.bin"), File.ReadAllBytes(report.BitstreamPath));
        foreach (var name in (string[])["Makefile", .. ((string[])["json", "v", "bin"]).Select(e => $"{AcceleratorGenerator.TopName}.{e}")])
        {
            File.Delete(Path.Combine(folder, "fpga", name));
        }
    }

    /// <summary>The kernel's sources: OpenCL C, the ILGPU plan, and what of the design became what of the kernel.</summary>
    public static void WriteKernel(string folder, Mapping mapping, PlacedKernel kernel)
    {
        var (plan, instructions) = (kernel.Plan, (kernel.Backend as OpenClBackend)?.Instructions ?? OpenClInstructions.Portable);
        AtomicFile.WriteText(Path.Combine(folder, "kernel.cl"), OpenClKernelSource.Generate(plan, instructions));
        AtomicFile.WriteText(Path.Combine(folder, "kernel.ilgpu.json"), IlgpuPlan.Of(plan, mapping.Shape).ToJson());
        AtomicFile.WriteText(Path.Combine(folder, "kernel.txt"),
            string.Join('\n', (IEnumerable<string>)KernelPlan.Explain(mapping)) + "\n");
    }
}
