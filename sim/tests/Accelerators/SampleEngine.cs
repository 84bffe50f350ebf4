using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Generators;
using HwSeed.Hdl.Rtl;
using HwSeed.Sim.Accelerators;

namespace HwSeed.Sim.Tests.Accelerators;

/// <summary>An output-stationary engine with a program written by hand: one tile after another, whole K in a tile.</summary>
internal sealed class SampleEngine
{
    public SampleEngine(int rows, int columns, GemmShape shape, int seed = 1, int pipeline = 1, bool doubleBuffering = false)
    {
        Architecture = new("sample", rows, columns, Dataflow.OutputStationary, 8, 8, 24, pipeline, 64, 64, 0, doubleBuffering);
        Design = AcceleratorGenerator.Generate(Architecture).OrThrow();
        var commands = new List<Command>();
        for (var m = 0; m < shape.M; m += rows)
        {
            for (var n = 0; n < shape.N; n += columns)
            {
                var (height, width) = (Math.Min(rows, shape.M - m), Math.Min(columns, shape.N - n));
                commands.Add(new Load(0, shape.K, 0, shape.K, new(m, height, 0, shape.K), new(0, shape.K, n, width)));
                commands.Add(new Sync());
                commands.Add(new Compute(0, 0, shape.K, 0, Accumulate: false));
                commands.Add(new Hdl.Architectures.Store(0, height, width, new(m, height, n, width)));
                commands.Add(new Sync());
            }
        }

        Stream = new(shape, [.. commands]);
        var random = new Random(seed);
        var a = Operands(random, shape.M * shape.K);
        var b = Operands(random, shape.K * shape.N);
        Expected = IntegerReference.Multiply<sbyte>(shape, a, b);
        Traffic = new(
            CommandEncoding.Encode(Stream),
            HostStreams.Pack<sbyte>(Architecture, Stream, a, b),
            HostStreams.LimbsPerBeat(Architecture),
            HostStreams.ResultBeats(Stream));
    }

    public Architecture Architecture { get; }

    public Design Design { get; }

    public CommandStream Stream { get; }

    public HostTraffic Traffic { get; }

    public long[] Expected { get; }

    private static sbyte[] Operands(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => (sbyte)random.Next(-127, 128))];
}
