using CsCheck;
using HwSeed.Brain;
using HwSeed.Brain.Training;

namespace HwSeed.Agent.Tests.Brain;

public sealed class TrainingPassTests
{
    private static readonly ModelShape Small = new(16, 2, 4, 2, 20, 12, 9);

    private static readonly TrainingSequence[] Texts =
    [
        new([1, 4, 2, 8, 5, 7, 1, 0, 3], 3), new([2, 2, 6, 0, 8], 1), new([3, 1, 4, 1, 5, 2, 6], 6),
    ];

    [Test]
    public void Products_equal_the_plain_loops_in_every_layout() =>
        Gen.Select(Gen.Int[1, 70], Gen.Int[1, 80], Gen.Int[1, 600], Gen.Bool, Gen.Bool, Gen.Bool, Gen.Int[1, 3])
            .Sample(
                (m, n, k, turnA, turnB, add, threads) =>
                {
                    var random = new Random((m * 31) + n + k);
                    float[] Random(int count) => [.. Enumerable.Range(0, count).Select(_ => random.Next(-8, 9) / 4f)];
                    var (a, b, c) = (Random(m * k), Random(k * n), Random(m * n));
                    var viewA = turnA ? new MatrixView(a, 0, k, m).Transposed : new MatrixView(a, 0, m, k);
                    var viewB = turnB ? new MatrixView(b, 0, n, k).Transposed : new MatrixView(b, 0, k, n);
                    var expected = new float[m * n];
                    for (var i = 0; i < m; i++)
                    {
                        for (var j = 0; j < n; j++)
                        {
                            // Small multiples of 1/16: every order of the sum is exact.
                            var sum = add ? c[(i * n) + j] : 0f;
                            for (var x = 0; x < k; x++)
                            {
                                sum += a[turnA ? (x * m) + i : (i * k) + x] * b[turnB ? (j * k) + x : (x * n) + j];
                            }

                            expected[(i * n) + j] = sum;
                        }
                    }

                    using var team = new Team(threads);
                    FloatGemm[] each = [.. Enumerable.Range(0, threads).Select(_ => new FloatGemm())];
                    FloatGemm.Multiply(team, each, viewA, viewB, new(c, 0, m, n), add);
                    return expected.AsSpan().SequenceEqual(c);
                },
                iter: 60,
                threads: 1);

    [TestCase(true)]
    [TestCase(false)]
    public void The_loss_equals_the_plain_double_model(bool tied)
    {
        var model = TrainedModel.Untrained(Small with { TiedHead = tied }, 5);
        Assert.That(Trainer.Loss(model, Texts), Is.EqualTo(ReferenceLoss(model)).Within(1e-5));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Gradients_equal_finite_differences_for_every_kind_of_parameter(bool tied)
    {
        var layout = new ParameterLayout(Small with { TiedHead = tied });
        var parameters = layout.Initial(9);
        var random = new Random(3);
        foreach (var range in layout.Ranges.Where(r => !r.IsMatrix))
        {
            // Norm weights of 1 would hide a missing factor.
            foreach (ref var weight in parameters.AsSpan(range.Offset, range.Length))
            {
                weight = 0.5f + random.NextSingle();
            }
        }

        using var team = new Team(2);
        var pass = new TrainingPass(layout, team);
        var gradient = new float[layout.Length];
        pass.Forward(parameters, new TokenBatch(Texts));
        pass.Backward(gradient);
        foreach (var range in layout.Ranges)
        {
            foreach (var at in Enumerable.Range(0, 6).Select(_ => range.Offset + random.Next(range.Length)))
            {
                var (low, high) = (parameters.ToArray(), parameters.ToArray());
                (low[at], high[at]) = (low[at] - 0.004f, high[at] + 0.004f);
                var slope = (ReferenceLoss(new(layout.Shape, high)) - ReferenceLoss(new(layout.Shape, low)))
                    / ((double)high[at] - low[at]);
                Assert.That(
                    gradient[at], Is.EqualTo(slope).Within((Math.Abs(slope) * 2e-3) + 1e-5), $"{range.Name} at {at}");
            }

            Assert.That(
                gradient.AsSpan(range.Offset, range.Length).ToArray().Any(g => Math.Abs(g) > 1e-4), range.Name);
        }
    }

    [Test]
    public void The_gradient_is_the_same_to_the_bit_for_any_number_of_threads()
    {
        var layout = new ParameterLayout(new(48, 2, 4, 2, 70, 40, 30));
        var parameters = layout.Initial(2);
        var random = new Random(1);
        var batch = new TokenBatch(Enumerable.Range(0, 7).Select(_ => new TrainingSequence(
            [.. Enumerable.Range(0, random.Next(2, 41)).Select(_ => random.Next(30))], 1)));
        float[][] gradients = [.. new[] { 1, 2, 3 }.Select(threads =>
        {
            using var team = new Team(threads);
            var pass = new TrainingPass(layout, team);
            var gradient = new float[layout.Length];
            pass.Forward(parameters, batch);
            pass.Backward(gradient);
            return gradient;
        })];
        Assert.That(gradients[1].AsSpan().SequenceEqual(gradients[0]));
        Assert.That(gradients[2].AsSpan().SequenceEqual(gradients[0]));
    }

    /// <summary>Mean cross entropy by the reference model in doubles.</summary>
    private static double ReferenceLoss(TrainedModel model)
    {
        var reference = new ReferenceBrain(
            model.ToFloat(TinyBrain.Words(model.Shape.Vocabulary)), quantise: false);
        var (sum, count) = (0.0, 0);
        foreach (var (tokens, from) in Texts)
        {
            var logits = reference.Logits(tokens[..^1]);
            for (var i = from; i < tokens.Length; i++, count++)
            {
                sum += Math.Log(logits[i - 1].Sum(Math.Exp)) - logits[i - 1][tokens[i]];
            }
        }

        return sum / count;
    }
}
