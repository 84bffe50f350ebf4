using System.Buffers.Binary;
using System.Runtime.InteropServices;
using HwSeed.Sim.Traces;

namespace HwSeed.Sim.Lockstep;

/// <summary>
/// The binary file that a bench replays: 64-bit little-endian words. Word 0 is the format's mark, words 1 and 2 the
/// nonce, word 3 the number of cycles, word 4 the words of a cycle; then the trace, cycle after cycle.
/// </summary>
internal static class StimulusFile
{
    /// <summary>"HWSTIM01" read as a number.</summary>
    public const ulong Mark = 0x31304D4954535748;

    public const int HeaderWords = 5;

    public static void Write(string path, PortTrace trace, UInt128 nonce)
    {
        using var file = File.Create(path);
        ReadOnlySpan<ulong> header = [Mark, (ulong)(nonce >> 64), (ulong)nonce, (ulong)trace.Cycles, (ulong)trace.WordsPerCycle];
        WriteWords(file, header);
        WriteWords(file, trace.Words);
    }

    private static void WriteWords(FileStream file, ReadOnlySpan<ulong> words)
    {
        if (BitConverter.IsLittleEndian)
        {
            file.Write(MemoryMarshal.AsBytes(words));
            return;
        }

        var buffer = new byte[words.Length * sizeof(ulong)];
        for (var i = 0; i < words.Length; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(buffer.AsSpan(i * sizeof(ulong)), words[i]);
        }

        file.Write(buffer);
    }
}
