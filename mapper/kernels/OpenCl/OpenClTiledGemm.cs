using System.Buffers;

namespace HwSeed.Kernels.OpenCl;

/// <summary>A register-tiled kernel with packed weights: one write, one or two launches and one waiting read a call.</summary>
internal sealed unsafe class OpenClTiledGemm : IPreparedGemm
{
    private readonly KernelPlan _plan;
    private readonly OpenClPacking _packing;
    private readonly OpenClProgram _program;
    private readonly OpenClBuffer _weights;
    private readonly OpenClBuffer _start;
    private readonly OpenClBuffer _activations;
    private readonly OpenClBuffer _result;

    public OpenClTiledGemm(OpenClBackend backend, KernelPlan plan, ReadOnlySpan<sbyte> weights, int k, int n)
    {
        _plan = plan;
        _packing = OpenClPacking.For(plan, backend.Instructions, k, n);
        _program = backend.Program(OpenClKernelSource.Generate(plan, backend.Instructions));
        _weights = OpenClBuffer.Of<int>(backend, _packing.Weights(weights));
        _start = OpenClBuffer.Of<int>(backend, _packing.Start(weights));
        _activations = new OpenClBuffer(backend);
        _result = new OpenClBuffer(backend);
    }

    public int K => _packing.K;

    public int N => _packing.N;

    public void Multiply(ReadOnlySpan<sbyte> activations, int m, Span<int> result)
    {
        GemmArguments.CheckCall(activations.Length, result.Length, m, K, N);
        if (m == 0)
        {
            return;
        }

        // A tail of more than a third of a tile is cheaper as a whole padded tile than row by row.
        var height = _plan.RegisterRows;
        var tiles = (m / height) + (m % height > height / 3 ? 1 : 0);
        var single = m - Math.Min(m, tiles * height);
        var padded = Math.Max(m, tiles * height);
        var words = m * _packing.Groups;
        var packed = ArrayPool<int>.Shared.Rent(words);
        _packing.Activations(activations, m, packed);
        _activations.Reserve((nuint)((long)padded * _packing.Groups * sizeof(int)));
        _result.Reserve((nuint)((long)padded * _packing.Stride * sizeof(int)));
        fixed (int* a = packed)
        {
            _activations.WriteLater(a, (nuint)words * sizeof(int));
            if (_plan.Dataflow == KernelDataflow.WeightStationary)
            {
                var chunks = (m + OpenClKernelSource.StreamedRows - 1) / OpenClKernelSource.StreamedRows;
                Launch("gemm", 0, m, chunks);
            }
            else
            {
                Launch("gemm", 0, m, tiles);
                Launch("gemm_row", tiles * height, m, single);
            }

            // The waiting read also ends the use of the pinned activations.
            ReadResult(m, result);
        }

        ArrayPool<int>.Shared.Return(packed);
    }

    public void Dispose()
    {
        _weights.Dispose();
        _start.Dispose();
        _activations.Dispose();
        _result.Dispose();
    }

    private void Launch(string name, int first, int rows, int count)
    {
        if (count == 0)
        {
            return;
        }

        var kernel = _program[name];
        kernel.Set(0, _activations);
        kernel.Set(1, _weights);
        kernel.Set(2, _start);
        kernel.Set(3, _result);
        kernel.Set(4, first, rows, _packing.Groups, _packing.Stride);
        kernel.Run(_packing.Blocks, count, oneByOne: true);
    }

    private void ReadResult(int m, Span<int> result)
    {
        var stride = _packing.Stride;
        if (stride == N)
        {
            fixed (int* c = result)
            {
                _result.ReadNow(c, (nuint)((long)m * N * sizeof(int)));
            }

            return;
        }

        var padded = ArrayPool<int>.Shared.Rent(m * stride);
        fixed (int* c = padded)
        {
            _result.ReadNow(c, (nuint)((long)m * stride * sizeof(int)));
        }

        for (var row = 0; row < m; row++)
        {
            padded.AsSpan(row * stride, N).CopyTo(result[(row * N)..]);
        }

        ArrayPool<int>.Shared.Return(padded);
    }
}
