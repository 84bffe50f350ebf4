using System.Runtime.InteropServices;

namespace HwSeed.Sim.Cosimulation;

/// <summary>
/// Values of ports step by step in a file of 64-bit little-endian words: a mark, the nonce's two halves, the number of
/// steps and the words of a step; the steps; and the nonce again, without which a file is not whole.
/// </summary>
internal static class StepFile
{
    /// <summary>"HWSTEP01" read as a number.</summary>
    public const ulong Mark = 0x3130504554535748;

    private const int HeaderWords = 5;

    /// <summary>Writes the steps of a stimulus.</summary>
    public static void Write(string path, RandomStimulus stimulus, long steps, int wordsPerStep, UInt128 nonce)
    {
        using var file = new BufferedStream(File.Create(path), 1 << 16);
        ulong[] end = [(ulong)(nonce >> 64), (ulong)nonce];
        WriteWords(file, [Mark, .. end, (ulong)steps, (ulong)wordsPerStep]);
        for (var step = 0L; step < steps; step++)
        {
            WriteWords(file, stimulus.Next());
        }

        WriteWords(file, end);
    }

    /// <summary>Opens a result; the problem says why it is none.</summary>
    public static (FileStream? Steps, string Problem) Open(string path, long steps, int wordsPerStep, UInt128 nonce)
    {
        if (!File.Exists(path))
        {
            return (null, "the bench wrote no result file");
        }

        var file = File.OpenRead(path);
        ulong[] end = [(ulong)(nonce >> 64), (ulong)nonce];
        ulong[] expected = [Mark, .. end, (ulong)steps, (ulong)wordsPerStep];
        var dataBytes = 8 * steps * wordsPerStep;
        if (file.Length == (8 * (HeaderWords + 2)) + dataBytes
            && ReadWords(file, HeaderWords).AsSpan().SequenceEqual(expected)
            && file.Seek(dataBytes, SeekOrigin.Current) > 0
            && ReadWords(file, 2).AsSpan().SequenceEqual(end))
        {
            file.Position = 8 * HeaderWords;
            return (file, "");
        }

        file.Dispose();
        return (null, "the result file is not whole or bears another nonce");
    }

    /// <summary>Reads the words of the next step.</summary>
    public static void Read(Stream file, Span<ulong> words) => file.ReadExactly(MemoryMarshal.AsBytes(words));

    private static ulong[] ReadWords(Stream file, int count)
    {
        var words = new ulong[count];
        Read(file, words);
        return words;
    }

    private static void WriteWords(Stream file, ReadOnlySpan<ulong> words) => file.Write(MemoryMarshal.AsBytes(words));
}
