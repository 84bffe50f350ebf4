using System.Text;
using CsCheck;
using HwSeed.Brain;
using HwSeed.Brain.Gguf;
using HwSeed.Hdl;

namespace HwSeed.Agent.Tests.Brain;

public sealed class GgufTests
{
    private static readonly Gen<GgufValue> Scalars = Gen.OneOf(
        Gen.Byte.Select(v => (GgufValue)new GgufUnsigned(GgufType.UInt8, v)),
        Gen.UShort.Select(v => (GgufValue)new GgufUnsigned(GgufType.UInt16, v)),
        Gen.UInt.Select(GgufValue.Of),
        Gen.ULong.Select(v => (GgufValue)new GgufUnsigned(GgufType.UInt64, v)),
        Gen.SByte.Select(v => (GgufValue)new GgufSigned(GgufType.Int8, v)),
        Gen.Short.Select(v => (GgufValue)new GgufSigned(GgufType.Int16, v)),
        Gen.Int.Select(v => (GgufValue)new GgufSigned(GgufType.Int32, v)),
        Gen.Long.Select(v => (GgufValue)new GgufSigned(GgufType.Int64, v)),
        Gen.Float[-1e6f, 1e6f].Select(GgufValue.Of),
        Gen.Double[-1e9, 1e9].Select(v => (GgufValue)new GgufFloat(GgufType.Float64, v)),
        Gen.Bool.Select(v => (GgufValue)new GgufBool(v)),
        Gen.String.AlphaNumeric.Select(v => GgufValue.Of(v + "é")));

    private static readonly Gen<GgufValue> Values = Gen.OneOf(
        Scalars,
        Gen.Int.Array[0, 5].Select(a => (GgufValue)new GgufArray(
            GgufType.Int32, a.Select(v => (GgufValue)new GgufSigned(GgufType.Int32, v)).ToEquatableArray())),
        Gen.String.AlphaNumeric.Array[0, 5].Select(a => GgufValue.Of(a)));

    private static readonly Gen<GgufTensor> Tensors = Gen.Select(Gen.Int[1, 5], Gen.Int[1, 7], Gen.Bool, Gen.Int)
        .Select((rows, columns, bytes, seed) =>
        {
            var random = new Random(seed);
            var values = Enumerable.Range(0, rows * columns).Select(_ => random.Next(-127, 128)).ToArray();
            return bytes
                ? GgufTensor.OfBytes($"t{seed}", values.Select(v => (sbyte)v).ToArray(), columns, rows)
                : GgufTensor.OfFloats($"t{seed}", values.Select(v => v / 8f).ToArray(), columns, rows);
        });

    private static readonly Gen<GgufFile> Files = Gen.Select(Values.Array[0, 8], Tensors.Array[0, 5]).Select((v, t) =>
        new GgufFile(
            v.Index().Select(e => new GgufEntry($"key.{e.Index}", e.Item)).ToEquatableArray(),
            t.DistinctBy(x => x.Name).ToEquatableArray()));

    [Test]
    public void A_file_that_is_written_reads_back_equal() =>
        Files.Sample(file => GgufFile.Parse(file.ToBytes()).Value == file, iter: 300);

    [Test]
    public void Any_truncation_is_a_diagnostic()
    {
        var bytes = TinyBrain.File(new(8, 1, 2, 1, 8, 8, 5)).ToBytes();
        for (var length = 0; length < bytes.Length - 32; length++)
        {
            var read = GgufFile.Parse(bytes.AsMemory(0, length));
            Assert.That(read.IsOk, Is.False, $"cut at {length}");
            Assert.That(read.Diagnostics[0].Code, Does.StartWith("HW600").Or.EqualTo("HW6011"));
        }
    }

    [Test]
    public void Flipped_bytes_never_throw_nor_allocate_beyond_the_file()
    {
        var bytes = TinyBrain.File(new(8, 1, 2, 1, 8, 8, 5)).ToBytes();
        Gen.Select(Gen.Int[0, bytes.Length - 1].Array[1, 6], Gen.Byte.Array[6], Gen.Int[1, bytes.Length]).Sample(
            (places, values, length) =>
            {
                var damaged = bytes.ToArray();
                foreach (var (i, place) in places.Index())
                {
                    damaged[place] = values[i];
                }

                var before = GC.GetAllocatedBytesForCurrentThread();
                var read = GgufFile.Parse(damaged.AsMemory(0, length));
                Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(100 * bytes.Length));
                if (read.IsOk)
                {
                    // What still reads must also load or be refused without an exception.
                    using var model = HwSeed.Brain.Transformer.Load(
                        read.Value, new Kernels.Managed.ScalarBackend(), Kernels.KernelPlan.Plain).Value;
                }
            },
            iter: 3000,
            threads: 1);
    }

    [TestCase("HW6001", "47475546")]
    [TestCase("HW6001", "")]
    [TestCase("HW6002", "47475546 02000000")]
    [TestCase("HW6003", "47475546 03000000 0000")]
    [TestCase("HW6004", "47475546 03000000 FFFFFFFFFFFFFFFF 0000000000000000")]
    [TestCase("HW6004", "47475546 03000000 0000000000000000 FFFFFFFFFFFFFF7F")]
    public void Damaged_headers_are_named(string code, string hex)
    {
        var bytes = Convert.FromHexString(hex.Replace(" ", ""));
        if (code == "HW6001" && bytes.Length > 0)
        {
            bytes[0] ^= 1;
        }

        Assert.That(GgufFile.Parse(bytes).Diagnostics[0].Code, Is.EqualTo(code));
    }

    [Test]
    public void A_message_names_the_file_and_the_byte()
    {
        var read = GgufFile.Parse(Convert.FromHexString("474755460300000000000000"), "brain.gguf");
        Assert.That(
            read.Diagnostics[0].ToString(),
            Is.EqualTo("brain.gguf: error HW6003: 8 more bytes are needed but the file has 12 (at byte 8)"));
    }

    [Test]
    public void Faults_inside_metadata_are_named()
    {
        Assert.That(CodeOf(w => Entry(w, "k", 99, [])), Is.EqualTo("HW6005"));
        Assert.That(CodeOf(w => { Entry(w, "k", 7, [1]); Entry(w, "k", 7, [1]); }, 2), Is.EqualTo("HW6006"));
        Assert.That(CodeOf(w => Entry(w, [0xC3, 0x28], 7, [1])), Is.EqualTo("HW6007"));
        Assert.That(CodeOf(w =>
        {
            byte[] nested = [9, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0];
            Entry(w, "k", 9, [.. nested, .. nested, .. nested, .. nested, .. nested, .. new byte[64]]);
        }), Is.EqualTo("HW6008"));
        Assert.That(
            CodeOf(w => Entry(w, "general.alignment", 4, [3, 0, 0, 0])), Is.EqualTo("HW6012"));
    }

    [Test]
    public void Faults_of_tensor_infos_are_named()
    {
        Assert.That(CodeOf(w => Info(w, [], 0, 0), 0, 1), Is.EqualTo("HW6009"));
        Assert.That(CodeOf(w => Info(w, [0], 0, 0), 0, 1), Is.EqualTo("HW6009"));
        Assert.That(CodeOf(w => Info(w, [1UL << 40, 1UL << 40], 0, 0), 0, 1), Is.EqualTo("HW6009"));
        Assert.That(CodeOf(w => Info(w, [4], 2, 0), 0, 1), Is.EqualTo("HW6010"));
        Assert.That(CodeOf(w => Info(w, [4], 0, 1UL << 62), 0, 1), Is.EqualTo("HW6011"));
        Assert.That(CodeOf(w => Info(w, [4000], 0, 0), 0, 1), Is.EqualTo("HW6011"));
        Assert.That(CodeOf(w => Info(w, [1], 24, 7), 0, 1), Is.EqualTo("HW6012"));
    }

    [Test]
    public void A_missing_file_is_a_diagnostic() => Assert.That(
        GgufFile.Read(Path.Combine(Path.GetTempPath(), "no-such-folder", "x.gguf")).Diagnostics[0].Code,
        Is.EqualTo("HW6013"));

    [Test]
    public void Writing_replaces_the_file_and_leaves_nothing_beside_it()
    {
        var folder = Directory.CreateTempSubdirectory("hwseed-gguf");
        try
        {
            var path = Path.Combine(folder.FullName, "model.gguf");
            TinyBrain.File(TinyBrain.Shape, 1).Write(path);
            var second = TinyBrain.File(TinyBrain.Shape, 2);
            second.Write(path);
            Assert.That(GgufFile.Read(path).OrThrow(), Is.EqualTo(second));
            Assert.That(folder.GetFiles(), Has.Length.EqualTo(1));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Test]
    public void Every_code_of_the_page_is_described_once() => Assert.That(
        BrainDiagnostics.Descriptors.Select(d => d.Code), Is.Unique.And.All.StartsWith("HW6"));

    private static string CodeOf(Action<BinaryWriter> body, int entries = 1, int tensors = 0)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(Encoding.ASCII.GetBytes("GGUF"));
        writer.Write(3u);
        writer.Write((ulong)tensors);
        writer.Write((ulong)entries);
        body(writer);
        writer.Write(new byte[64]);
        return GgufFile.Parse(stream.ToArray()).Diagnostics[0].Code;
    }

    private static void Entry(BinaryWriter writer, string key, uint type, byte[] value) =>
        Entry(writer, Encoding.UTF8.GetBytes(key), type, value);

    private static void Entry(BinaryWriter writer, byte[] key, uint type, byte[] value)
    {
        writer.Write((ulong)key.Length);
        writer.Write(key);
        writer.Write(type);
        writer.Write(value);
    }

    private static void Info(BinaryWriter writer, ulong[] sizes, uint type, ulong offset)
    {
        writer.Write(1UL);
        writer.Write((byte)'t');
        writer.Write((uint)sizes.Length);
        foreach (var size in sizes)
        {
            writer.Write(size);
        }

        writer.Write(type);
        writer.Write(offset);
    }
}
