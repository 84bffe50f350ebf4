using System.Buffers;

namespace HwSeed.Kernels.OpenCl;

/// <summary>A register-tiled kernel with packed weights: one write, one or two launches and one waiting read a call.</summary>
internal sealed unsafe class OpenClTiledGemm : IPreparedGemm
{
    /// <summary>Below this, making buffers around host memory costs more than the copies that it saves.</summary>
    private const long ResultsWorthNoCopy = 32_768;

    private readonly OpenClBackend _backend;
    private readonly KernelPlan _plan;
    private readonly OpenClPacking _packing;
    private readonly OpenClProgram _program;
    private readonly OpenClBuffer _weights;
    private readonly OpenClBuffer _start;
    private readonly OpenClBuffer _activations;
    private readonly OpenClBuffer _result;

    public OpenClTiledGemm(OpenClBackend backend, KernelPlan plan, ReadOnlySpan<sbyte> weights, int k, int n)
    {
        (_backend, _plan) = (backend, plan);
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

        var words = m * _packing.Groups;
        var packed = ArrayPool<int>.Shared.Rent(words);
        _packing.Activations(activations, m, packed);
        if (_backend.IsProcessor && _packing.Stride == N && (long)m * N >= ResultsWorthNoCopy)
        {
            MultiplyInPlace(packed, words, m, result);
        }
        else
        {
            MultiplyCopied(packed, words, m, result);
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

    private void MultiplyCopied(int[] packed, int words, int m, Span<int> result)
    {
        // A tail of more than a third of a tile is cheaper as a whole padded tile than row by row.
        var height = _plan.RegisterRows;
        var tiles = (m / height) + (m % height > height / 3 ? 1 : 0);
        var padded = Math.Max(m, tiles * height);
        _activations.Reserve((nuint)((long)padded * _packing.Groups * sizeof(int)));
        _result.Reserve((nuint)((long)padded * _packing.Stride * sizeof(int)));
        fixed (int* a = packed)
        {
            _activations.WriteLater(a, (nuint)words * sizeof(int));
            Launch(_activations, _result, m, tiles);

            // The waiting read also ends the use of the pinned activations.
            ReadResult(m, result);
        }
    }

    private void MultiplyInPlace(int[] packed, int words, int m, Span<int> result)
    {
        fixed (int* a = packed)
        fixed (int* c = result)
        {
            using var activations = OpenClBuffer.Around(_backend, a, (nuint)words * sizeof(int));
            using var results = OpenClBuffer.Around(_backend, c, (nuint)((long)m * N * sizeof(int)));

            // No row past the last exists here, so that a tail goes row by row.
            Launch(activations, results, m, m / _plan.RegisterRows);
            results.WaitForHostMemory();
        }
    }

    private void Launch(OpenClBuffer activations, OpenClBuffer result, int m, int tiles)
    {
        if (_plan.Dataflow == KernelDataflow.WeightStationary)
        {
            const int Rows = OpenClKernelSource.StreamedRows;
            Launch("gemm", activations, result, 0, m, (m + Rows - 1) / Rows);
            return;
        }

        var first = tiles * _plan.RegisterRows;
        Launch("gemm", activations, result, 0, m, tiles);
        Launch("gemm_row", activations, result, first, m, Math.Max(0, m - first));
    }

    private void Launch(
        string name, OpenClBuffer activations, OpenClBuffer result, int first, int rows, int count)
    {
        if (count == 0)
        {
            return;
        }

        var kernel = _program[name];
        kernel.Set(0, activations);
        kernel.Set(1, _weights);
        kernel.Set(2, _start);
        kernel.Set(3, result);
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
