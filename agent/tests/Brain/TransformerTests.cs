using HwSeed.Brain;
using HwSeed.Brain.Gguf;
using HwSeed.Brain.Inference;
using HwSeed.Brain.Training;
using HwSeed.Hdl;
using HwSeed.Kernels;
using HwSeed.Kernels.Managed;

namespace HwSeed.Agent.Tests.Brain;

public sealed class TransformerTests
{
    private static readonly ModelShape[] Shapes =
    [
        TinyBrain.Shape,
        TinyBrain.Shape with { TiedHead = false, KeyValueHeads = 4 },
        TinyBrain.Shape with { Embedding = 24, Heads = 4, KeyValueHeads = 1, FeedForward = 37, RopeBase = 500f },
        new(64, 1, 2, 2, 33, 40, 50),
    ];

    [TestCaseSource(nameof(Shapes))]
    public void Logits_equal_the_plain_double_model_up_to_rounding(ModelShape shape)
    {
        var file = TinyBrain.File(shape, 3);
        var tokens = TinyBrain.Tokens(shape, 37, 5);
        using var model = TinyBrain.Load(file);
        var ours = model.Logits(tokens);
        var reference = new ReferenceBrain(file, quantise: true).Logits(tokens);
        // A value that rounds to another int8 step in float than in double moves a logit by about one weight step,
        // so single logits may differ a little; the mean may not.
        var worst = 0.0;
        var sum = 0.0;
        for (var t = 0; t < tokens.Length; t++)
        {
            for (var i = 0; i < shape.Vocabulary; i++)
            {
                var difference = Math.Abs(ours[t][i] - reference[t][i]);
                worst = Math.Max(worst, difference);
                sum += difference;
            }
        }

        var size = reference.SelectMany(r => r).Average(Math.Abs);
        Assert.That(worst, Is.LessThan(0.05 * size), "worst");
        Assert.That(sum / (tokens.Length * shape.Vocabulary), Is.LessThan(0.002 * size), "mean");
    }

    [Test]
    public void Float_files_are_quantised_while_loading()
    {
        var model = TrainedModel.Untrained(TinyBrain.Shape, 4);
        var words = TinyBrain.Words(TinyBrain.Shape.Vocabulary);
        var tokens = TinyBrain.Tokens(TinyBrain.Shape, 9, 1);
        using var int8 = TinyBrain.Load(model.Quantise(words));
        using var float32 = TinyBrain.Load(model.ToFloat(words));
        Assert.That(float32.Logits(tokens), Is.EqualTo(int8.Logits(tokens)));
    }

    [Test]
    public void Every_kernel_gives_the_same_logits_to_the_bit()
    {
        var shape = new ModelShape(128, 2, 4, 2, 384, 64, 150);
        var tokens = TinyBrain.Tokens(shape, 50, 2);
        using var model = TinyBrain.Load(shape);
        var plain = model.Logits(tokens);
        foreach (var instructions in ManagedBackend.Supported)
        {
            using var backend = new ManagedBackend(instructions);
            model.UseKernel(backend, TinyBrain.Tiled);
            Assert.That(model.Logits(tokens), Is.EqualTo(plain), backend.Name);
        }
    }

    [Test]
    public void A_refused_kernel_leaves_the_former_one()
    {
        using var model = TinyBrain.Load(TinyBrain.Shape);
        var tokens = TinyBrain.Tokens(TinyBrain.Shape, 5, 2);
        var before = model.Logits(tokens);
        using var refusing = new RefusingBackend(5);
        Assert.That(() => model.UseKernel(refusing, TinyBrain.Tiled), Throws.TypeOf<KernelBuildException>());
        Assert.That(model.Logits(tokens), Is.EqualTo(before));
        Assert.That(refusing.Alive, Is.Zero, "kernels made before the refusal are ended");
    }

    [Test]
    public void The_workload_lists_the_products_of_a_step()
    {
        var shape = new ModelShape(128, 5, 4, 2, 384, 128, 180);
        using var model = TinyBrain.Load(shape);
        var workload = model.MatrixProducts(64);
        Assert.That(
            workload.Gemms.Select(g => $"{g.Name} {g.Shape.M}x{g.Shape.K}x{g.Shape.N} x{g.Repeats}"),
            Is.EqualTo((string[])
            [
                "blk.attn_qkv 64x128x256 x5", "blk.attn_output 64x128x128 x5", "blk.ffn_gate_up 64x128x768 x5",
                "blk.ffn_down 64x384x128 x5", "output 64x128x180 x1",
            ]));
        var norms = ((2 * 5) + 1) * 128;
        Assert.That(workload.Macs, Is.EqualTo(64 * (shape.Parameters - norms)));
    }

    [Test]
    public void Exponentials_are_exact_to_single_precision()
    {
        for (var x = -90f; x <= 88f; x += 0.037f)
        {
            var ours = Lanes.Exp(System.Runtime.Intrinsics.Vector512.Create(x))[0];
            Assert.That(ours, Is.EqualTo(Math.Exp(x)).Within(x < -87.3f ? 2e-38 : Math.Exp(x) * 3e-7), $"e^{x}");
        }
    }

    [Test]
    public void Quantising_is_symmetric_and_rounds_ties_to_even()
    {
        var quantised = new sbyte[19];
        float[] row = [127, -127, 0.5f, 1.5f, 2.5f, -0.5f, -1.5f, 0, 3.4f, .. new float[9], -126.6f];
        var scale = Lanes.Quantise(row, quantised);
        Assert.That(scale, Is.EqualTo(1f));
        Assert.That(quantised, Is.EqualTo((sbyte[])[127, -127, 0, 2, 2, 0, -2, 0, 3, .. new sbyte[9], -127]));
        Assert.That(Lanes.Quantise(new float[19], quantised), Is.Zero);
        Assert.That(quantised, Is.All.Zero);
    }

    private sealed class RefusingBackend(int accepted) : IBackend
    {
        private readonly ScalarBackend _inner = new();
        private int _made;

        public int Alive { get; private set; }

        public string Name => "refuses";

        public IPreparedGemm Prepare(KernelPlan plan, ReadOnlySpan<sbyte> weights, int k, int n)
        {
            if (_made++ == accepted)
            {
                throw new KernelBuildException("refused", "log");
            }

            Alive++;
            return new Counted(_inner.Prepare(KernelPlan.Plain, weights, k, n), this);
        }

        public void Dispose() => _inner.Dispose();

        private sealed class Counted(IPreparedGemm inner, RefusingBackend owner) : IPreparedGemm
        {
            public int K => inner.K;

            public int N => inner.N;

            public void Multiply(ReadOnlySpan<sbyte> activations, int m, Span<int> result) =>
                inner.Multiply(activations, m, result);

            public void Dispose() => owner.Alive--;
        }
    }
}
