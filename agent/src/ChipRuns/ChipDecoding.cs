using System.Diagnostics;
using HwSeed.Agent.DesignSpaces;
using HwSeed.Agent.Documents;
using HwSeed.Agent.Goals;
using HwSeed.Agent.Loop;
using HwSeed.Brain;
using HwSeed.Brain.Gguf;
using HwSeed.Brain.Sampling;
using HwSeed.Hdl;
using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Generators;
using HwSeed.Hdl.Rtl;
using HwSeed.Kernels;
using HwSeed.Sim;

namespace HwSeed.Agent.ChipRuns;

/// <summary>A chip run whose input was found good: file, prompt and engine.</summary>
internal sealed class ChipDecoding : IDisposable
{
    private readonly ChipRunRequest _request;
    private readonly GgufFile _file;
    private readonly HostKernels _kernels;
    private readonly Transformer _host;
    private readonly int[] _prompt;

    private ChipDecoding(ChipRunRequest request, GgufFile file, HostKernels kernels, Transformer host, int[] prompt) =>
        (_request, _file, _kernels, _host, _prompt) = (request, file, kernels, host, prompt);

    private Architecture Architecture => _request.Engine.Architecture;

    /// <summary>Reads the model and holds prompt, tokens and engine against it.</summary>
    public static Checked<ChipDecoding> Prepare(ChipRunRequest request) => GgufFile.Read(request.ModelPath).Then(file =>
    {
        var kernels = HostKernels.Open(useOpenCl: false);
        var prepared = Transformer.Load(file, kernels.Baseline.Backend, kernels.Baseline.Plan).Then(host =>
        {
            var made = PromptOf(request, host)
                .Then(prompt => CheckLength(request, prompt, host))
                .Then(prompt => CheckEngine(request.Engine, host, prompt.Length)
                    .Then(_ => Checked.Ok(new ChipDecoding(request, file, kernels, host, prompt))));
            if (!made.IsOk)
            {
                host.Dispose();
            }

            return made;
        });
        if (!prepared.IsOk)
        {
            kernels.Dispose();
        }

        return prepared;
    });

    /// <summary>Writes with the chip's sums and with the host's.</summary>
    public Checked<ChipRun> Run(Action? passed, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        return AcceleratorGenerator.Generate(Architecture).Then(design =>
        {
            var faulty = _request.FaultSeed is { } seed ? FaultInjector.Inject(design, seed) : null;
            return Simulator.Compile(faulty?.Design ?? design).Then(simulator =>
            {
                var compiled = clock.Elapsed.TotalSeconds;
                using var chip = new ChipBackend(Architecture, simulator, _kernels.Baseline.Backend, passed, cancellation);
                return Transformer.Load(_file, chip, _kernels.Baseline.Plan).Then(model =>
                {
                    using (model)
                    {
                        return Checked.Ok(Run(model, chip, compiled, faulty?.Description, cancellation));
                    }
                });
            });
        });
    }

    public void Dispose()
    {
        _host.Dispose();
        _kernels.Dispose();
    }

    private ChipRun Run(Transformer model, ChipBackend chip, double compiled, string? fault, CancellationToken cancellation)
    {
        var written = Write(model, cancellation);
        var expected = Write(_host, cancellation);
        var (ours, theirs) = (written.Tokens[0], expected.Tokens[0]);
        var words = model.Tokenizer;
        var place = ours.AsSpan().CommonPrefixLength(theirs);
        return new(
            Architecture,
            model.Shape,
            words.Decode(_prompt).ToEquatableArray(),
            words.Decode(ours).ToEquatableArray(),
            place == ours.Length ? null : new(place, words.Tokens[ours[place]], words.Tokens[theirs[place]]),
            chip.Difference is { } sum ? Describe(sum, model.Products) : null,
            chip.Compared,
            Passes(model.Products, chip.Runs).ToEquatableArray(),
            [.. model.Products.Index().Where(p => p.Item.Block == 0).Select(p => chip.LastToken(p.Index))],
            fault,
            new(compiled, written.Stats.Seconds, expected.Stats.Seconds));
    }

    /// <summary>One sequence of as many tokens as were asked for: an end token ends nothing.</summary>
    private Samples Write(Transformer model, CancellationToken cancellation) => Generation.Sample(
        model, _prompt, 1,
        DesignWriting.Speaks(model) && _prompt[^1] == DesignTokens.Design ? DesignWriting.Endless : Grammar.Free(model.Shape.Vocabulary),
        new(MaxTokens: _request.Tokens, Batch: 1), _request.Seed.For("chip run").Value, cancellation);

    private static IEnumerable<ChipPass> Passes(EquatableArray<ModelProduct> products, IReadOnlyList<ProductRun> runs) =>
        runs.Chunk(products.Count).Select(pass => new ChipPass(
            Shape(products[0], pass[0].Mapped).M,
            pass.GroupBy(run => products[run.Product].Name).Select(group =>
            {
                var mapped = group.First().Mapped;
                return new ChipOperation(
                    group.Key, Shape(products[group.First().Product], mapped), mapped.Exchanged, group.Count(),
                    group.Sum(run => run.Mapped.Cost.Cycles), group.Sum(run => run.Cycles));
            }).ToEquatableArray()));

    private static GemmShape Shape(ModelProduct product, ChipMapping mapped) =>
        new(mapped.Exchanged ? mapped.Mapping.Shape.N : mapped.Mapping.Shape.M, product.K, product.N);

    private static string Describe(SumDifference sum, EquatableArray<ModelProduct> products)
    {
        var product = products[sum.Product];
        return $"{product.Name}{(product.Block is { } block ? $" of block {block}" : "")} in {ChipRun.PassName(sum.Pass)}:"
            + $" C[{sum.Row},{sum.Column}] is {sum.Chip}, the host has {sum.Host}";
    }

    private static Checked<int[]> PromptOf(ChipRunRequest request, Transformer model)
    {
        if (request.Prompt is { } text)
        {
            return model.Tokenizer.Encode(text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Then(tokens =>
                tokens.Length > 0 ? Checked.Ok(tokens) : Checked.Fail<int[]>(ChipRunDiagnostics.EmptyPrompt()));
        }

        return DesignWriting.Speaks(model)
            ? GoalDocument.Read(SeedModel.DefaultGoal).Then(goal => Checked.Ok(DesignPrompt.Of(
                model.MatrixProducts(goal.Workload is ModelWorkload given ? given.Batch : 1), goal.Device, goal.Constraints,
                DesignPrompt.TradeLevels - 1).Encode()))
            : Checked.Fail<int[]>(ChipRunDiagnostics.PromptNeeded(request.ModelPath));
    }

    private static Checked<int[]> CheckLength(ChipRunRequest request, int[] prompt, Transformer model) =>
        prompt.Length + (long)request.Tokens <= model.Shape.Context
            ? Checked.Ok(prompt)
            : Checked.Fail<int[]>(ChipRunDiagnostics.TooManyTokens(request.Tokens, prompt.Length, model.Shape.Context));

    /// <summary>Whether every product runs on the engine, for the prompt together and for a token alone.</summary>
    private static Checked<Architecture> CheckEngine(ArchitectureDocument document, Transformer model, int prompt)
    {
        var architecture = document.Architecture;
        if (architecture.InputBits != ChipBackend.OperandBits || architecture.WeightBits != ChipBackend.OperandBits)
        {
            return Fail("operand_bits", ChipRunDiagnostics.NarrowOperands(architecture));
        }

        var longest = model.Products.Max(p => p.K);
        if (architecture.AccumulatorBitsFor(longest) > architecture.AccumulatorBits)
        {
            return Fail("accumulator_bits", ArchitectureDiagnostics.NarrowAccumulatorFor(architecture, longest));
        }

        foreach (var product in model.Products.DistinctBy(p => (p.K, p.N)))
        {
            foreach (var rows in new[] { prompt, 1 }.Distinct())
            {
                var shape = new GemmShape(rows, product.K, product.N);
                if (ChipMapping.Find(architecture, shape) is (null, { } reason))
                {
                    return Fail("scratchpad", ChipRunDiagnostics.DoesNotRun(product, shape, architecture, reason));
                }
            }
        }

        return Checked.Ok(architecture);

        Checked<Architecture> Fail(string field, Diagnostic diagnostic) =>
            Checked.Fail<Architecture>(document.Spans.Place(field, diagnostic));
    }
}
