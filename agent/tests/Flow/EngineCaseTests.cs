using HwSeed.Agent.Flow;
using HwSeed.Agent.Seeds;
using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Generators;

namespace HwSeed.Agent.Tests.Flow;

public sealed class EngineCaseTests
{
    [Test]
    public void Pins_are_those_of_the_generated_top()
    {
        for (var i = 0; i < 20; i++)
        {
            var architecture = RandomEngines.Draw(new(1), i).Mapping.Architecture;
            var top = AcceleratorGenerator.Generate(architecture).OrThrow().Top;
            Assert.That(EnginePins.Count(architecture), Is.EqualTo(1 + top.Ports.Sum(p => p.Width)), architecture.Name);
        }
    }

    [Test]
    public void A_pair_is_a_function_of_seed_and_index()
    {
        var (first, again) = (RandomEngines.Draw(new(7), 3), RandomEngines.Draw(new(7), 3));
        Assert.That(again.Mapping, Is.EqualTo(first.Mapping));
        Assert.That(again.Activations, Is.EqualTo(first.Activations));
        Assert.That(RandomEngines.Draw(new(7), 4).Mapping, Is.Not.EqualTo(first.Mapping));
    }

    [Test]
    public void A_single_wrong_word_is_not_the_product()
    {
        var test = Enumerable.Range(0, 20).Select(i => RandomEngines.Draw(new(2), i))
            .First(t => t.Mapping.Architecture is { Dataflow: Dataflow.OutputStationary, ResultBits: 32 });
        var beats = Enumerable.Repeat(0ul, HostStreams.ResultBeats(test.Stream)).ToArray();
        var expected = test.Expected();
        var beat = 0;
        foreach (var store in test.Stream.Commands.OfType<Store>())
        {
            for (var i = 0; i < store.Rows * store.Columns; i++)
            {
                beats[beat++] = (uint)expected[((store.Results.Row + (i / store.Columns)) * test.Mapping.Shape.N)
                    + store.Results.Column + (i % store.Columns)];
            }
        }

        Assert.That(test.IsProduct(beats));
        beats[^1] ^= 1;
        Assert.That(test.IsProduct(beats), Is.False);
        Assert.That(test.IsProduct(beats.AsSpan(1)), Is.False);
    }
}
