using HwSeed.Agent.Flow;
using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Kernels;
using HwSeed.Sim;
using HwSeed.Sim.Accelerators;

namespace HwSeed.Agent.ChipRuns;

/// <summary>A sum that the chip and the host's kernel disagree on: the first one.</summary>
/// <param name="Pass">The pass over the model, from 0, the prompt's.</param>
/// <param name="Product">Place of the product in the pass, from 0.</param>
/// <param name="Row">Row of C.</param>
/// <param name="Column">Column of C.</param>
/// <param name="Chip">The chip's sum.</param>
/// <param name="Host">The host's.</param>
public sealed record SumDifference(int Pass, int Product, int Row, int Column, int Chip, int Host);

/// <summary>One product that ran on the chip.</summary>
/// <param name="Product">Place in the pass, from 0.</param>
/// <param name="Mapped">How it ran and what was predicted.</param>
/// <param name="Cycles">Cycles that it took in simulation.</param>
internal readonly record struct ProductRun(int Product, ChipMapping Mapped, long Cycles);

/// <summary>
/// Multiplies on a simulated chip: the engine is compiled once, every product is a command stream of its own from reset
/// to its last result. Each sum is compared with the kernel of another backend. The matrices of a model are prepared in
/// the order of a pass and multiplied in it. A run that does not end throws <see cref="InvalidInputException"/> (HW1044).
/// </summary>
/// <param name="architecture">The engine, of 8-bit operands.</param>
/// <param name="simulator">The engine, compiled.</param>
/// <param name="host">Gives the sums to compare with, under the plans that matrices are prepared for.</param>
/// <param name="passed">Called after each pass over all prepared matrices.</param>
/// <param name="cancellation">Stops between products.</param>
internal sealed class ChipBackend(
    Architecture architecture, Simulator simulator, IBackend host, Action? passed = null, CancellationToken cancellation = default)
    : IBackend
{
    /// <summary>Bits of the model's operands.</summary>
    public const int OperandBits = 8;

    private readonly List<ChipGemm> _gemms = [];
    private readonly List<ProductRun> _runs = [];
    private readonly Dictionary<GemmShape, ChipMapping> _mappings = [];

    public string Name => $"simulated chip: {architecture.Name}";

    /// <summary>Every product that ran, in order.</summary>
    public IReadOnlyList<ProductRun> Runs => _runs;

    /// <summary>Sums that were compared.</summary>
    public long Compared { get; private set; }

    /// <summary>The first sum that differs, if any does.</summary>
    public SumDifference? Difference { get; private set; }

    public IPreparedGemm Prepare(KernelPlan plan, ReadOnlySpan<sbyte> weights, int k, int n)
    {
        var gemm = new ChipGemm(this, _gemms.Count, weights[..(k * n)].ToArray(), host.Prepare(plan, weights, k, n));
        _gemms.Add(gemm);
        return gemm;
    }

    /// <summary>The last row of the last run of a product, as a case of M = 1 to be verified; the product must have run.</summary>
    public EngineCase LastToken(int product) => _gemms[product].LastToken();

    public void Dispose()
    {
        // The matrices belong to the model; the host's kernels end with them.
    }

    private ChipMapping Map(GemmShape shape)
    {
        if (!_mappings.TryGetValue(shape, out var mapped))
        {
            var (best, reason) = ChipMapping.Find(architecture, shape);
            _mappings.Add(shape, mapped = best ?? throw new InvalidOperationException($"{shape} does not run here: {reason}"));
        }

        return mapped;
    }

    private void Ran(int product, ChipMapping mapped, long cycles)
    {
        _runs.Add(new(product, mapped, cycles));
        if (product == _gemms.Count - 1)
        {
            passed?.Invoke();
        }
    }

    private void Compare(int product, int columns, ReadOnlySpan<int> chip, ReadOnlySpan<int> expected)
    {
        Compared += chip.Length;
        var at = chip.CommonPrefixLength(expected);
        if (at < chip.Length)
        {
            Difference ??= new(_runs.Count / _gemms.Count, product, at / columns, at % columns, chip[at], expected[at]);
        }
    }

    /// <summary>A weight matrix on the chip. The program of the last M is kept: it is the same for every token.</summary>
    private sealed class ChipGemm(ChipBackend chip, int product, sbyte[] weights, IPreparedGemm host) : IPreparedGemm
    {
        private (int Rows, ChipProgram Program)? _last;
        private sbyte[] _activations = [];

        public int K => host.K;

        public int N => host.N;

        public void Multiply(ReadOnlySpan<sbyte> activations, int m, Span<int> result)
        {
            chip.Cancellation.ThrowIfCancellationRequested();
            if (_last?.Rows != m)
            {
                _last = (m, new(chip.Map(new(m, K, N)), weights));
            }

            var program = _last.Value.Program;
            _activations = activations[..(m * K)].ToArray();
            var trace = chip.Execute(program.Traffic(_activations), program.Mapped.Cost.Cycles);
            var sums = result[..(m * N)];
            program.Unpack(trace.Outputs, sums);
            var expected = new int[sums.Length];
            host.Multiply(activations, m, expected);
            chip.Compare(product, N, sums, expected);
            chip.Ran(product, program.Mapped, trace.Cycles);
        }

        public EngineCase LastToken()
        {
            var program = _last is (1, var kept) ? kept : new(chip.Map(new(1, K, N)), weights);
            return program.Case(_activations.AsSpan(_activations.Length - K));
        }

        public void Dispose() => host.Dispose();
    }

    private CancellationToken Cancellation => cancellation;

    private Trace Execute(HostTraffic traffic, long predicted) =>
        AcceleratorRun.Execute(simulator, traffic, EngineCase.CycleLimitFor(predicted)).OrThrow();
}
