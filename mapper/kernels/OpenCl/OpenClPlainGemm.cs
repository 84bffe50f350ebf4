namespace HwSeed.Kernels.OpenCl;

/// <summary>One work-item an output on row-major operands.</summary>
internal sealed unsafe class OpenClPlainGemm : IPreparedGemm
{
    private readonly OpenClProgram _program;
    private readonly OpenClBuffer _weights;
    private readonly OpenClBuffer _activations;
    private readonly OpenClBuffer _result;

    public OpenClPlainGemm(OpenClBackend backend, ReadOnlySpan<sbyte> weights, int k, int n)
    {
        (K, N) = (k, n);
        _program = backend.Program(OpenClKernelSource.Generate(KernelPlan.Plain));
        _weights = OpenClBuffer.Of(backend, weights[..(k * n)]);
        _activations = new OpenClBuffer(backend);
        _result = new OpenClBuffer(backend);
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

        _activations.Reserve((nuint)((long)m * K));
        _result.Reserve((nuint)((long)m * N * sizeof(int)));
        fixed (sbyte* a = activations)
        fixed (int* c = result)
        {
            _activations.WriteLater(a, (nuint)((long)m * K));
            var kernel = _program["gemm"];
            kernel.Set(0, _activations);
            kernel.Set(1, _weights);
            kernel.Set(2, _result);
            kernel.Set(3, m, K, N);

            // The device chooses the work-group.
            kernel.Run(N, m, oneByOne: false);
            _result.ReadNow(c, (nuint)((long)m * N * sizeof(int)));
        }
    }

    public void Dispose()
    {
        _weights.Dispose();
        _activations.Dispose();
        _result.Dispose();
    }
}
