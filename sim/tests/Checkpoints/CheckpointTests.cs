using HwSeed.Hdl.Rtl;
using HwSeed.Sim.Tests.Oracles;

namespace HwSeed.Sim.Tests.Checkpoints;

/// <summary>State that is taken, put back, written to disk and set by hand.</summary>
public sealed class CheckpointTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("hwseed-checkpoint-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void A_restored_snapshot_goes_on_as_the_original_did()
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var simulator = Simulator.Compile(RandomDesign.WithClocks(seed)).OrThrow();
            Drive(simulator, 1, 20);
            var snapshot = simulator.Snapshot();
            var first = Drive(simulator, 2, 20);
            simulator.Restore(snapshot);
            Assert.That(simulator.Cycles, Is.EqualTo(20));
            Assert.That(Drive(simulator, 2, 20), Is.EqualTo(first), $"seed {seed}");
        }
    }

    [Test]
    public void A_checkpoint_goes_to_another_simulator_of_the_same_design()
    {
        var path = Path.Combine(_folder, "run.checkpoint");
        var (one, two) = (Simulator.Compile(RandomDesign.WithClocks(3)).OrThrow(), Simulator.Compile(RandomDesign.WithClocks(3)).OrThrow());
        Drive(one, 1, 20);
        one.SaveCheckpoint(path);
        Assert.That(two.RestoreCheckpoint(path), Is.Empty);
        Assert.That(Drive(two, 2, 20), Is.EqualTo(Drive(one, 2, 20)));
        Assert.That(Directory.GetFiles(_folder), Has.Length.EqualTo(1), "no part of a file is left");
    }

    [Test]
    public void A_checkpoint_that_is_damaged_old_absent_or_of_another_design_is_refused()
    {
        var path = Path.Combine(_folder, "c");
        var simulator = Simulator.Compile(RandomDesign.Generate(3)).OrThrow();
        simulator.SaveCheckpoint(path);
        var bytes = File.ReadAllBytes(path);
        Assert.That(Problem("other", bytes, RandomDesign.Generate(4)), Is.EqualTo("error HW1048: 'other' is a checkpoint of another design"));
        Assert.That(Problem("cut", bytes[..^1]), Is.EqualTo("error HW1047: 'cut' is no checkpoint: it is damaged"));
        bytes[^100] ^= 1;
        Assert.That(Problem("bit", bytes), Is.EqualTo("error HW1047: 'bit' is no checkpoint: it is damaged"));
        bytes[8] = 9;
        Assert.That(Problem("new", bytes), Is.EqualTo("error HW1047: 'new' is no checkpoint: it has version 9, and this program reads 1"));
        Assert.That(Problem("text", "hello"u8.ToArray()), Is.EqualTo("error HW1047: 'text' is no checkpoint: it has another format"));
        Assert.That(Problem("none", null), Is.EqualTo("error HW1047: 'none' is no checkpoint: it cannot be read"));
    }

    [Test]
    public void State_inputs_and_memories_can_be_set_by_path()
    {
        var builder = new ModuleBuilder("m");
        var x = builder.Input("x", 70);
        var q = builder.Register("q", 70);
        builder.Drive(q, q + x);
        builder.Memory(new("words", 9, 6, [], []) { Contents = [new(5, 9), new(6, 9)] });
        builder.Output("y", q + x);
        builder.Output("z", new MemoryWord("words", x[0, 5], 9));
        var simulator = Simulator.Compile(new Design(builder.Build())).OrThrow();
        var big = new BitVector(System.Numerics.BigInteger.One << 69, 70);
        simulator.Poke("q", big);
        simulator.Poke("x", new(1, 70));
        Assert.That(simulator.Peek("y"), Is.EqualTo(big + new BitVector(1, 70)));
        Assert.That(simulator.Peek("z").ToUInt64(), Is.EqualTo(6), "contents");
        simulator.PokeMemory("words", 1, new(9, 9));
        Assert.That(simulator.Peek("z").ToUInt64(), Is.EqualTo(9));
        simulator.Poke("x", new(6, 70));
        Assert.That(simulator.Peek("z").ToUInt64(), Is.Zero, "above the depth");
        simulator.PowerUp();
        Assert.That(simulator.PeekMemory("words", 1).ToUInt64(), Is.EqualTo(6));
        Assert.That(() => simulator.Poke("y", big), Throws.ArgumentException);
        Assert.That(() => simulator.Poke("q", new BitVector(1, 69)), Throws.ArgumentException);
        Assert.That(() => simulator.Poke("nowhere", big), Throws.TypeOf<KeyNotFoundException>());
        Assert.That(() => simulator.PokeMemory("words", 6, new(9, 9)), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void A_seed_fills_what_has_no_initial_value()
    {
        var builder = new ModuleBuilder("m");
        foreach (var (name, initial) in new[] { ("fixed", (BitVector?)new BitVector(3, 64)), ("free", null) })
        {
            var q = builder.Register(name, 64);
            builder.Drive(new Register(name, q, null, null, BitVector.Zero(64)) { InitialValue = initial });
        }

        builder.Memory(new("words", 64, 5, [], []) { Contents = [new(5, 64)] });
        var simulator = Simulator.Compile(new Design(builder.Build())).OrThrow();
        simulator.PowerUp(seed: 1);
        var free = simulator.Peek("free");
        Assert.That(simulator.Peek("fixed").ToUInt64(), Is.EqualTo(3));
        Assert.That(simulator.PeekMemory("words", 0).ToUInt64(), Is.EqualTo(5));
        Assert.That(free.Unsigned.IsZero || simulator.PeekMemory("words", 4).Unsigned.IsZero, Is.False);
        simulator.PowerUp(seed: 2);
        Assert.That(simulator.Peek("free"), Is.Not.EqualTo(free));
        simulator.PowerUp(seed: 1);
        Assert.That(simulator.Peek("free"), Is.EqualTo(free));
        simulator.PowerUp();
        Assert.That(simulator.Peek("free").Unsigned.IsZero, Is.True);
    }

    private static List<BitVector> Drive(Simulator simulator, int seed, int steps)
    {
        var random = new Random(seed);
        var seen = new List<BitVector>();
        for (var step = 0; step < steps; step++)
        {
            foreach (var port in simulator.Ports.Where(p => p.Direction == PortDirection.Input))
            {
                simulator.Poke(port.Name, RandomDesign.Value(random, port.Width));
            }

            seen.AddRange(simulator.Ports.Where(p => p.Direction == PortDirection.Output).Select(p => simulator.Peek(p.Name)));
            simulator.Step();
        }

        return seen;
    }

    private string Problem(string name, byte[]? bytes, Design? design = null)
    {
        var folder = Environment.CurrentDirectory;
        try
        {
            Environment.CurrentDirectory = _folder;
            if (bytes is not null)
            {
                File.WriteAllBytes(name, bytes);
            }

            return Simulator.Compile(design ?? RandomDesign.Generate(3)).OrThrow().RestoreCheckpoint(name).Single().ToString();
        }
        finally
        {
            Environment.CurrentDirectory = folder;
        }
    }
}
