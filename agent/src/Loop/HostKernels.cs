using HwSeed.Agent.Evaluations;
using HwSeed.Kernels;
using HwSeed.Kernels.Managed;
using HwSeed.Kernels.OpenCl;

namespace HwSeed.Agent.Loop;

/// <summary>
/// The kernels that a run starts from: OpenCL where there is a device, else managed code. The start kernel is the plain
/// one of the same backend: one thread an output, operands straight from memory.
/// </summary>
public sealed class HostKernels : IDisposable
{
    private readonly List<IBackend> _owned = [];

    private HostKernels(IBackend designs, PlacedKernel start, SkippedRung? skipped)
    {
        var baseline = new ManagedBackend();
        _owned.Add(designs);
        _owned.Add(baseline);
        if (!_owned.Contains(start.Backend))
        {
            _owned.Add(start.Backend);
        }

        (Designs, Start, Skipped) = (designs, start, skipped);
        Baseline = new(baseline, new(KernelDataflow.OutputStationary, 6, 2 * KernelPlan.VectorColumns, 256));
    }

    /// <summary>Where kernels from designs run.</summary>
    public IBackend Designs { get; }

    /// <summary>What the agent runs on at the start.</summary>
    public PlacedKernel Start { get; }

    /// <summary>The strong fixed opponent: hand-tuned managed SIMD with its own tiling.</summary>
    public PlacedKernel Baseline { get; }

    /// <summary>Why there is no OpenCL, if there is none.</summary>
    public SkippedRung? Skipped { get; }

    /// <summary>Opens what this machine has.</summary>
    /// <param name="useOpenCl">False leaves OpenCL out though it may be there.</param>
    public static HostKernels Open(bool useOpenCl)
    {
        var opened = useOpenCl ? OpenClBackend.Open() : null;
        if (opened is { IsOk: true })
        {
            return new(opened.Value, new(opened.Value, KernelPlan.Plain), null);
        }

        var reason = opened is null ? "OpenCL was left out by request" : opened.Diagnostics[0].Message;
        return new(new ManagedBackend(), new(new ScalarBackend(), KernelPlan.Plain), new(
            Rung.Kernel, $"{reason}; kernels are managed code, tiled by the embedded default", "apt-get install pocl-opencl-icd ocl-icd-libopencl1"));
    }

    /// <summary>Closes all devices.</summary>
    public void Dispose() => _owned.ForEach(b => b.Dispose());
}
