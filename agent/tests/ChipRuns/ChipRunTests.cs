using HwSeed.Agent.ChipRuns;
using HwSeed.Agent.DesignSpaces;
using HwSeed.Agent.Documents;
using HwSeed.Agent.Loop;
using HwSeed.Agent.Tests.Brain;
using HwSeed.Brain;
using HwSeed.Brain.Gguf;
using HwSeed.Brain.Sampling;
using HwSeed.Hdl.Architectures;
using HwSeed.Mapper.Costs;

namespace HwSeed.Agent.Tests.ChipRuns;

internal sealed class ChipRunTests
{
    private static readonly Architecture Square =
        new("square", 4, 4, Dataflow.OutputStationary, 8, 8, 24, 2, 128, 128, 0, DoubleBuffering: true);

    private static readonly Architecture[] Engines =
    [
        Square,
        Square with { Name = "tall", Rows = 6, Columns = 1, PePipeline = 0, DoubleBuffering = false },
        Square with { Name = "wide", Rows = 2, Columns = 9, PePipeline = 1, InputDepth = 32, WeightDepth = 16 },
        Square with { Name = "weights", Dataflow = Dataflow.WeightStationary, Rows = 3, Columns = 5, AccumulatorDepth = 32 },
        Square with { Name = "broadcast", Interconnect = Interconnect.Broadcast, Rows = 5, Columns = 3, PePipeline = 3 },
    ];

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [TestCaseSource(nameof(Engines))]
    public void The_chip_writes_what_plain_loops_write_in_the_cycles_of_the_cost_model(Architecture engine)
    {
        var shape = TinyBrain.Shape with { FeedForward = 37 };
        var run = ChipRun.Run(Request(engine, shape, "w3 w1 w4", 6)).OrThrow();

        using var plain = TinyBrain.Load(shape);
        var expected = Generation.Sample(
            plain, [3, 1, 4], 1, Grammar.Free(shape.Vocabulary), new(MaxTokens: 6, Batch: 1), new HwSeed.Agent.Seeds.Seed(7).For("chip run").Value);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Tokens, Is.EqualTo(plain.Tokenizer.Decode(expected.Tokens[0])));
            Assert.That(run.Passed, $"{run.TokenDifference} {run.SumDifference} {run.CycleDifference}");
            Assert.That(run.Passes.Select(p => p.Rows), Is.EqualTo((int[])[3, 1, 1, 1, 1, 1]));
            Assert.That(run.ComparedSums, Is.EqualTo(8 * plain.Products.Sum(p => p.N)), "every sum of every product");
        }

        foreach (var pass in run.Passes)
        {
            Assert.That(
                pass.Operations.Select(o => (o.Name, o.Shape, o.Runs)),
                Is.EqualTo(plain.MatrixProducts(pass.Rows).Gemms.Select(g => (g.Name, g.Shape, g.Repeats))));
            foreach (var each in pass.Operations)
            {
                var best = ChipMapping.Find(engine, each.Shape).Best!;
                Assert.That(each.SimulatedCycles, Is.EqualTo(each.Runs * CostModel.Evaluate(best.Mapping)!.Cycles), each.Name);
                Assert.That(each.PredictedCycles, Is.EqualTo(each.SimulatedCycles), each.Name);
            }
        }
    }

    [Test]
    public void A_token_alone_goes_to_the_longer_side_of_the_array()
    {
        var product = new GemmShape(1, 32, 48);
        var tall = ChipMapping.Find(Square with { Rows = 8, Columns = 2 }, product).Best!;
        var wide = ChipMapping.Find(Square with { Rows = 2, Columns = 8 }, product).Best!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(tall.Exchanged);
            Assert.That(tall.Mapping.Shape, Is.EqualTo(new GemmShape(48, 32, 1)));
            Assert.That(wide.Exchanged, Is.False);
        }
    }

    [Test]
    public void The_agents_own_model_writes_whole_designs()
    {
        var architecture = Square with { Rows = 16, Columns = 16, AccumulatorBits = 26, InputDepth = 2048, WeightDepth = 2048 };
        var run = ChipRun.Run(new(SeedModel.Path, new(architecture, new("a.yaml")), DesignSpace.Fields.Count + 3, null, new(2))).OrThrow();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Passed, $"{run.TokenDifference} {run.SumDifference} {run.CycleDifference}");
            Assert.That(run.Prompt[^1], Is.EqualTo("<design>"));
            Assert.That(run.Tokens[^3], Is.EqualTo("<eos>"));
            Assert.That(run.Tokens[^2], Is.EqualTo("<design>"));
            Assert.That(run.Tokens[^1], Does.StartWith("rows="));
            Assert.That(run.Macs, Is.EqualTo(run.TokenPasses.First().Macs * (run.Prompt.Count + run.Tokens.Count - 1)));
        }
    }

    [Test]
    public void A_broken_chip_is_caught_and_the_place_is_named()
    {
        // Some faults end no run, some change nothing: among a few seeds there are sums that differ.
        var runs = Enumerable.Range(1, 12).Select(seed => ChipRun.Run(Request(Square, TinyBrain.Shape, "w3 w1", 3) with { FaultSeed = seed })).ToList();
        var wrong = runs.Where(r => r.IsOk && r.Value.SumDifference is not null).Select(r => r.Value!).ToList();
        var stuck = runs.Where(r => !r.IsOk).SelectMany(r => r.Diagnostics).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(wrong, Is.Not.Empty);
            Assert.That(wrong.Select(r => r.Passed), Has.All.False);
            Assert.That(wrong[0].SumDifference, Does.Match(@"^(blk\.\w+ of block \d|output) in (the prompt's pass|token \d): C\[\d+,\d+\] is -?\d+, the host has -?\d+$"));
            Assert.That(wrong.Any(r => r.TokenDifference is { } token && r.Tokens[token.Place] == token.Chip && token.Chip != token.Host));
            Assert.That(stuck.Select(d => d.Code), Is.All.AnyOf("HW1044", "HW1045"));
        }
    }

    [Test]
    public void The_first_block_is_kept_as_cases_for_one_token()
    {
        var run = ChipRun.Run(Request(Square with { Rows = 5 }, TinyBrain.Shape, "w3 w1 w2", 1)).OrThrow();
        using var model = TinyBrain.Load(TinyBrain.Shape);
        var layer = model.Weights.Layers[0];
        var weights = new[] { layer.Qkv, layer.AttentionOutput, layer.GateUp, layer.Down };
        Assert.That(run.Passes, Has.Count.EqualTo(1), "the prompt's, of three tokens");
        Assert.That(run.Block, Has.Count.EqualTo(weights.Length));
        foreach (var (each, matrix) in run.Block.Zip(weights))
        {
            var exchanged = each.Mapping.Shape.N == 1;
            var (kept, token) = exchanged ? (each.Activations, each.Weights) : (each.Weights, each.Activations);
            Assert.That(exchanged ? Transpose(kept, matrix.N, matrix.K) : kept, Is.EqualTo(matrix.Weights.Select(w => (short)w)), matrix.Name);
            Assert.That(token, Has.Length.EqualTo(matrix.K).And.Some.AnyOf((short)127, (short)-127), "a quantised row has a largest value");
        }
    }

    private static short[] Transpose(short[] matrix, int rows, int columns) =>
        [.. Enumerable.Range(0, matrix.Length).Select(i => matrix[(i % rows * columns) + (i / rows)])];

    [Test]
    public void A_product_without_room_is_refused_with_the_reason()
    {
        // No legal engine is that small: this one did not pass the rules.
        var tiny = Square with { Name = "tiny", Dataflow = Dataflow.WeightStationary, Rows = 16, WeightDepth = 16, AccumulatorDepth = 16 };
        var run = ChipRun.Run(Request(tiny, TinyBrain.Shape, "w3", 2));
        Assert.That(run.Diagnostics.Select(d => $"{d}"), Has.One.Contains("error HW5404: blk.attn_qkv (1x32x64) does not run on 'tiny': a block of B fills"));
    }

    [Test]
    public void A_run_can_be_stopped()
    {
        using var stop = new CancellationTokenSource();
        var passes = 0;
        Assert.That(
            () => ChipRun.Run(Request(Square, TinyBrain.Shape, "w3", 30), () => { passes++; stop.Cancel(); }, stop.Token),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(passes, Is.EqualTo(1));
    }

    private ChipRunRequest Request(Architecture engine, ModelShape shape, string prompt, int tokens)
    {
        var path = _folder.File("tiny.gguf");
        TinyBrain.File(shape).Write(path);
        return new(path, new ArchitectureDocument(engine, new("engine.yaml")), tokens, prompt, new(7));
    }
}
