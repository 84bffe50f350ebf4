using CsCheck;
using HwSeed.Hdl.Architectures;
using HwSeed.Mapper.Mappings;

namespace HwSeed.Mapper.Tests.Mappings;

public sealed class SchedulerTests
{
    [Test]
    public void Every_feasible_mapping_computes_the_product() =>
        Gen.Select(RandomCases.FeasibleMappings, Gen.ULong).Sample((mapping, seed) =>
        {
            var (arch, shape) = (mapping.Architecture, mapping.Shape);
            var a = RandomCases.Operands(shape.M * shape.K, arch.InputBits, seed);
            var b = RandomCases.Operands(shape.K * shape.N, arch.WeightBits, seed + 1);
            var output = RandomCases.Output(mapping, seed);
            var residual = RandomCases.Operands(shape.M * shape.N, arch.InputBits, seed + 3);
            var stream = Scheduler.Lower(mapping, output);
            var engine = new EngineModel(arch);
            engine.Run(stream, HostStreams.Pack<short>(arch, stream, a, b), HostStreams.PackResidual(arch, stream, residual)
                .Select(r => (short)((short)(r << (16 - arch.InputBits)) >> (16 - arch.InputBits))));
            var c = HostStreams.Unpack(arch, stream, [.. engine.Results]);
            var sums = IntegerReference.Multiply<short>(shape, a, b);
            Assert.That(c, Is.EqualTo(output?.Apply(arch, shape.N, sums, residual) ?? sums), mapping.ToString());
        }, iter: 2000);

    [Test]
    public void Infeasible_mapping_is_refused_with_its_reason()
    {
        var arch = new Architecture("narrow", 2, 2, Dataflow.OutputStationary, 8, 8, 17, 0, 64, 64, 0, false);
        var mapping = new Mapping(arch, new(2, 8, 2), 2, 2, 8, [Dimension.M, Dimension.N, Dimension.K]);
        Assert.That(() => Scheduler.Lower(mapping), Throws.ArgumentException.With.Message.Contains(
            "17-bit accumulators cannot sum K = 8: 19 bits needed"));
    }

    [TestCase(17, false, false, "17 columns")]
    [TestCase(2, true, false, "no table")]
    [TestCase(2, false, true, "no stream")]
    public void What_the_output_stage_cannot_do_is_refused(int columns, bool table, bool residual, string reason)
    {
        var arch = new Architecture("plain", 2, 2, Dataflow.OutputStationary, 8, 8, 24, 0, 64, 64, 0, false) { Output = new(16, 16, false, false) };
        var mapping = new Mapping(arch, new(2, 8, columns), 2, 2, 8, [Dimension.M, Dimension.N, Dimension.K]);
        var output = new Requantisation([.. new ChannelScale[columns]], 0, -128, 127, table ? [.. new int[256]] : null, residual);
        Assert.That(() => Scheduler.Lower(mapping, output), Throws.ArgumentException.With.Message.Contains(reason));
        Assert.That(
            () => Scheduler.Lower(mapping with { Architecture = arch with { Output = null } }, output),
            Throws.ArgumentException.With.Message.Contains("no output stage"));
    }

    [Test]
    public void Loads_go_to_the_half_that_is_not_in_use() =>
        RandomCases.FeasibleMappings.Where(m => m.Architecture.DoubleBuffering).Sample(mapping =>
        {
            var stream = Scheduler.Lower(mapping);
            Load? loading = null;
            foreach (var command in stream.Commands)
            {
                loading = command switch { Load load => load, Sync => null, _ => loading };
                if (command is Compute compute && loading is not null)
                {
                    Assert.That(Overlap(compute.InputBase, mapping.Architecture.InputTileWords, loading.InputBase, loading.InputWords), Is.False);
                    Assert.That(Overlap(compute.WeightBase, mapping.Architecture.WeightTileWords, loading.WeightBase, loading.WeightWords), Is.False);
                }
            }

            static bool Overlap(int at, int half, int loadAt, int words) => words > 0 && at / half == loadAt / half;
        }, iter: 500);
}
