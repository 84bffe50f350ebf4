using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace HwSeed.Agent.Seeds;

/// <summary>
/// The origin of every random decision. One seed is split by name, so that adding a draw in one place never shifts
/// the draws of another, and no order of threads matters.
/// </summary>
/// <param name="Value">The seed.</param>
public readonly record struct Seed(ulong Value)
{
    /// <summary>The child seed of a purpose: the first 8 bytes of SHA-256(value, name, indices).</summary>
    /// <param name="name">What the child is for, as <c>verify</c>.</param>
    /// <param name="indices">Which one, when there are several.</param>
    public Seed For(string name, params ReadOnlySpan<long> indices)
    {
        var text = Encoding.UTF8.GetBytes(name);
        // The length stands before the name: otherwise a name could run into the indices.
        Span<byte> input = new byte[8 + 4 + text.Length + (8 * indices.Length)];
        BinaryPrimitives.WriteUInt64LittleEndian(input, Value);
        BinaryPrimitives.WriteInt32LittleEndian(input[8..], text.Length);
        text.CopyTo(input[12..]);
        for (var i = 0; i < indices.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(input[(12 + text.Length + (8 * i))..], indices[i]);
        }

        return new(BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(input)));
    }

    /// <summary>A generator that starts here.</summary>
    public Xoshiro256 Random() => new(Value);
}
