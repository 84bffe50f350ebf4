using HwSeed.Sim.Traces;
using HwSeed.Sim.Traces.Fst;
using HwSeed.Toolchain;

namespace HwSeed.Sim.Tests.Traces;

/// <summary>What GTKWave's reader finds in our FST files is, value by value, what our VCD says.</summary>
[Category("gtkwave")]
public sealed class FstWriterTests
{
    private string _directory = "";

    [SetUp]
    public void NeedsReader()
    {
        var missing = string.Join("; ", ExternalTool.Missing(ExternalTool.FstReader).Select(d => d.Message));
        if (missing.Length > 0 && Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail(missing);
        }
        else if (missing.Length > 0)
        {
            Assert.Ignore(missing);
        }

        _directory = Directory.CreateTempSubdirectory("hwseed-fst-").FullName;
    }

    [TearDown]
    public void RemoveDirectory()
    {
        if (_directory.Length > 0)
        {
            Directory.Delete(_directory, recursive: true);
        }
    }

    [TestCase(77, 1, 8 << 20)]
    [TestCase(77, 40, 8 << 20)]
    [TestCase(12, 400, 2000)]
    [TestCase(31, 100, 1)]
    public async Task A_random_design_reads_back_as_in_our_vcd(int seed, int cycles, int blockBytes)
    {
        var vcd = new StringWriter();
        var path = Path.Combine(_directory, "w.fst");
        SampleRun.Of(seed, cycles, new VcdWriter(vcd), new FstWriter(File.Create(path), blockBytes));
        SampleRun.AreEqual(new(vcd.ToString()), new(await ReadAsync(path)));
    }

    [Test]
    public async Task Scopes_may_come_in_any_order_and_equal_chains_are_shared()
    {
        var vcd = new StringWriter();
        var path = Path.Combine(_directory, "w.fst");
        IReadOnlyList<WaveSignal> signals =
            [new("b.c.x", 9), new("y", 1, Direction: HwSeed.Hdl.Rtl.PortDirection.Input), new("b.z", 9, IsState: true), new("still", 70), new("b.c.w", 65)];
        Tell([new VcdWriter(vcd), new FstWriter(File.Create(path), 300)], signals, time => signal => signal switch
        {
            0 or 2 => [(ulong)(time % 512), 0],
            1 => [(ulong)(time & 1)],
            4 => [(ulong)time * 0x9E3779B97F4A7C15, (ulong)(time >> 2) & 1],
            _ => time == 5 ? [ulong.MaxValue, 63] : null,
        });
        SampleRun.AreEqual(new(vcd.ToString()), new(await ReadAsync(path)));
    }

    [Test]
    public async Task A_file_that_was_not_ended_is_read_up_to_its_last_block()
    {
        var path = Path.Combine(_directory, "w.fst");
        using (var stream = new MemoryStream())
        {
            var writer = new FstWriter(stream, 100);
            writer.Begin("top", [new("count", 8)]);
            for (var time = 0; time < 1000; time++)
            {
                writer.Advance(time);
                writer.Change(0, [(ulong)time & 255]);
            }

            File.WriteAllBytes(path, stream.ToArray());
        }

        var read = new VcdReader(await ReadAsync(path));
        Assert.That(read.End, Is.GreaterThan(900).And.LessThan(1000));
        Assert.That(read.ValueAt("top.count", read.End), Is.EqualTo(new System.Numerics.BigInteger(read.End & 255)));
    }

    [Test]
    public void A_long_run_needs_no_more_memory_and_a_small_file()
    {
        using var file = File.Create(Path.Combine(_directory, "w.fst"));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var writer = new FstWriter(file, 1 << 20);
        writer.Begin("top", [new("a", 64), new("b", 1)]);
        for (var time = 0; time < 1_000_000; time++)
        {
            writer.Advance(time);
            writer.Change(0, [(ulong)time]);
            writer.Change(1, [(ulong)time & 1]);
        }

        Assert.That(GC.GetTotalMemory(forceFullCollection: true) - before, Is.LessThan(8 << 20));
        Assert.That(file.Length, Is.LessThan(4 << 20), "12 MB of changes");
        writer.Dispose();
    }

    [Test]
    public void A_stream_that_cannot_seek_is_the_callers_bug() => Assert.That(
        () => new FstWriter(new System.IO.Compression.GZipStream(new MemoryStream(), System.IO.Compression.CompressionMode.Compress)),
        Throws.ArgumentException);

    private static void Tell(IReadOnlyList<IWaveSink> sinks, IReadOnlyList<WaveSignal> signals, Func<long, Func<int, ulong[]?>> values)
    {
        foreach (var sink in sinks)
        {
            sink.Begin("top", signals);
            for (long time = 0; time < 60; time += time < 20 ? 1 : 7)
            {
                sink.Advance(time);
                for (var signal = 0; signal < signals.Count; signal++)
                {
                    if ((values(time)(signal) ?? (time == 0 ? new ulong[signals[signal].Limbs] : null)) is { } value)
                    {
                        sink.Change(signal, value.AsSpan(0, signals[signal].Limbs));
                    }
                }
            }

            sink.End(100);
            sink.Dispose();
        }
    }

    private static async Task<string> ReadAsync(string fst)
    {
        var run = await ToolProcess.RunAsync(new(
            ExternalTool.FstReader.Locate()!, ["-f", fst, "-o", fst + ".vcd"], Path.GetDirectoryName(fst)!));
        Assert.That(run.Succeeded, Is.True, run.StandardError);
        return await File.ReadAllTextAsync(fst + ".vcd");
    }
}
