using HwSeed.Brain;
using HwSeed.Brain.Gguf;

namespace HwSeed.Agent.Tests.Brain;

/// <summary>
/// The model in nested loops of doubles, straight from the file's tensors: one token after the other over the whole
/// past, no caches, no batches. Activations are quantised where the real model does it when asked for.
/// </summary>
internal sealed class ReferenceBrain(GgufFile file, bool quantise)
{
    private readonly ModelShape _shape = ModelShape.From(file).OrThrow();

    public double[][] Logits(int[] tokens)
    {
        var (size, group) = (_shape.HeadSize, _shape.Heads / _shape.KeyValueHeads);
        var streams = tokens.Select(t => Matrix("token_embd")[t].ToArray()).ToArray();
        for (var layer = 0; layer < _shape.Layers; layer++)
        {
            var block = $"blk.{layer}";
            var normal = streams.Select(x => Quantised(Norm(x, $"{block}.attn_norm"))).ToArray();
            var q = normal.Select((x, p) => Turn(Times(x, $"{block}.attn_q"), p)).ToArray();
            var k = normal.Select((x, p) => Turn(Times(x, $"{block}.attn_k"), p)).ToArray();
            var v = normal.Select(x => Times(x, $"{block}.attn_v")).ToArray();
            for (var p = 0; p < tokens.Length; p++)
            {
                var joined = new double[_shape.Embedding];
                for (var head = 0; head < _shape.Heads; head++)
                {
                    var from = head / group * size;
                    var weights = Enumerable.Range(0, p + 1).Select(t => Math.Exp(Enumerable.Range(0, size)
                        .Sum(i => q[p][(head * size) + i] * k[t][from + i]) / Math.Sqrt(size))).ToArray();
                    for (var i = 0; i < size; i++)
                    {
                        joined[(head * size) + i] =
                            weights.Select((w, t) => w * v[t][from + i]).Sum() / weights.Sum();
                    }
                }

                Add(streams[p], Times(Quantised(joined), $"{block}.attn_output"));
                var hidden = Quantised(Norm(streams[p], $"{block}.ffn_norm"));
                var (gate, up) = (Times(hidden, $"{block}.ffn_gate"), Times(hidden, $"{block}.ffn_up"));
                var active = gate.Zip(up).Select(z => z.First / (1 + Math.Exp(-z.First)) * z.Second).ToArray();
                Add(streams[p], Times(Quantised(active), $"{block}.ffn_down"));
            }
        }

        var head2 = _shape.TiedHead ? "token_embd" : "output";
        return [.. streams.Select(x => Times(Quantised(Norm(x, "output_norm")), head2))];
    }

    private static void Add(double[] to, double[] what)
    {
        for (var i = 0; i < to.Length; i++)
        {
            to[i] += what[i];
        }
    }

    private double[] Norm(double[] x, string name)
    {
        var weights = file.Tensor($"{name}.weight")!.ToFloats();
        var rms = Math.Sqrt((x.Sum(v => v * v) / x.Length) + _shape.NormEpsilon);
        return [.. x.Select((v, i) => v / rms * weights[i])];
    }

    private double[] Quantised(double[] x)
    {
        var scale = x.Max(Math.Abs) / 127;
        return quantise ? [.. x.Select(v => Math.Round(v / scale) * scale)] : x;
    }

    private double[] Turn(double[] heads, int position)
    {
        var turned = heads.ToArray();
        for (var i = 0; i < heads.Length; i += 2)
        {
            var angle = position * Math.Pow(_shape.RopeBase, -(double)(i % _shape.HeadSize) / _shape.HeadSize);
            turned[i] = (heads[i] * Math.Cos(angle)) - (heads[i + 1] * Math.Sin(angle));
            turned[i + 1] = (heads[i] * Math.Sin(angle)) + (heads[i + 1] * Math.Cos(angle));
        }

        return turned;
    }

    private double[] Times(double[] x, string name) =>
        [.. Matrix(name).Select(row => row.Zip(x).Sum(z => z.First * z.Second))];

    private double[][] Matrix(string name)
    {
        var tensor = file.Tensor($"{name}.weight")!;
        var values = tensor.ToFloats();
        var scales = file.Tensor($"{name}.scale")?.ToFloats();
        var k = (int)tensor.Dimensions[0];
        return [.. Enumerable.Range(0, (int)tensor.Dimensions[1]).Select(row =>
            Enumerable.Range(0, k).Select(i => values[(row * k) + i] * (double)(scales?[row] ?? 1)).ToArray())];
    }
}
