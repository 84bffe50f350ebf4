using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Diagnostics;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;

namespace HwSeed.Kernels.Ilgpu;

/// <summary>
/// Kernels through ILGPU: a CUDA device where there is one, else ILGPU's CPU accelerator. The latter emulates a device
/// to check kernels; its speed says nothing. Not for use by several threads at once.
/// </summary>
public sealed class IlgpuBackend : IBackend
{
    private readonly Context _context;

    /// <summary>Opens an accelerator.</summary>
    /// <param name="forceCpu">Take the CPU accelerator also where CUDA is there.</param>
    public IlgpuBackend(bool forceCpu = false)
    {
        // Few threads: the emulator runs each as a real one.
        _context = Context.Create(builder =>
        {
            builder.CPU(new CPUDevice(4, 1, 1));
            if (!forceCpu)
            {
                builder.Cuda();
            }
        });
        var cuda = _context.GetCudaDevices();
        Accelerator = cuda.Count > 0
            ? cuda[0].CreateAccelerator(_context)
            : _context.GetCPUDevice(0).CreateAccelerator(_context);
    }

    /// <inheritdoc/>
    public string Name => $"ilgpu: {Accelerator.Name}";

    /// <summary>Whether kernels run on a real device.</summary>
    public bool IsCuda => Accelerator is CudaAccelerator;

    internal Accelerator Accelerator { get; }

    /// <inheritdoc/>
    public IPreparedGemm Prepare(KernelPlan plan, ReadOnlySpan<sbyte> weights, int k, int n)
    {
        ArgumentNullException.ThrowIfNull(plan);
        GemmArguments.CheckWeights(weights.Length, k, n);
        return plan.Problem is { } problem
            ? throw InvalidInputException.Of(KernelDiagnostics.DoesNotFit(plan, problem))
            : new IlgpuGemm(Accelerator, plan, weights, k, n);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Accelerator.Dispose();
        _context.Dispose();
    }
}

/// <summary>One weight matrix on an accelerator.</summary>
internal sealed class IlgpuGemm : IPreparedGemm
{
    private readonly Accelerator _accelerator;
    private readonly KernelPlan _plan;
    private readonly MemoryBuffer1D<sbyte, Stride1D.Dense> _weights;
    private readonly Action<MemoryBuffer1D<sbyte, Stride1D.Dense>, MemoryBuffer1D<int, Stride1D.Dense>, int> _launch;
    private MemoryBuffer1D<sbyte, Stride1D.Dense>? _activations;
    private MemoryBuffer1D<int, Stride1D.Dense>? _result;

    public IlgpuGemm(Accelerator accelerator, KernelPlan plan, ReadOnlySpan<sbyte> weights, int k, int n)
    {
        (_accelerator, _plan, K, N) = (accelerator, plan, k, n);
        _weights = accelerator.Allocate1D(weights[..(k * n)].ToArray());
        _launch = Launcher();
    }

    public int K { get; }

    public int N { get; }

    public void Multiply(ReadOnlySpan<sbyte> activations, int m, Span<int> result)
    {
        GemmArguments.CheckCall(activations.Length, result.Length, m, K, N);
        if (m == 0)
        {
            return;
        }

        if (_activations is null || _activations.Length < (long)m * K)
        {
            _activations?.Dispose();
            _result?.Dispose();
            _activations = _accelerator.Allocate1D<sbyte>((long)m * K);
            _result = _accelerator.Allocate1D<int>((long)m * N);
        }

        _activations.View.SubView(0, (long)m * K).BaseView.CopyFromCPU(_accelerator.DefaultStream, activations[..(m * K)]);
        _launch(_activations, _result!, m);
        _result!.View.SubView(0, (long)m * N).BaseView.CopyToCPU(_accelerator.DefaultStream, result[..(m * N)]);
        _accelerator.Synchronize();
    }

    public void Dispose()
    {
        _weights.Dispose();
        _activations?.Dispose();
        _result?.Dispose();
    }

    private Action<MemoryBuffer1D<sbyte, Stride1D.Dense>, MemoryBuffer1D<int, Stride1D.Dense>, int> Launcher()
    {
        if (_plan.Dataflow == KernelDataflow.Plain)
        {
            var plain = _accelerator.LoadAutoGroupedStreamKernel<
                Index2D, ArrayView<sbyte>, ArrayView<sbyte>, ArrayView<int>, int, int, int>(IlgpuKernels.Plain);
            return (a, c, m) => plain(new(N, m), a.View.BaseView, _weights.View.BaseView, c.View.BaseView, m, K, N);
        }

        var outputStationary = _plan.Dataflow == KernelDataflow.OutputStationary;
        var tiled = _accelerator.LoadAutoGroupedStreamKernel<
            Index2D, ArrayView<sbyte>, ArrayView<sbyte>, ArrayView<int>, int, int, int,
            SpecializedValue<int>, SpecializedValue<int>>(
            outputStationary ? IlgpuKernels.OutputStationary : IlgpuKernels.WeightStationary);
        return (a, c, m) =>
        {
            var launch = IlgpuPlan.Of(_plan, new GemmShape(m, K, N));
            tiled(new(launch.ThreadsX, launch.ThreadsY), a.View.BaseView, _weights.View.BaseView, c.View.BaseView,
                m, K, N, SpecializedValue.New(launch.TileRows), SpecializedValue.New(launch.TileVectors));
        };
    }
}
