using HwSeed.Drivers;
using HwSeed.Hdl.Architectures;

namespace HwSeed.Hdl.Generators.Hosts;

/// <summary>Programs in the form that drivers take: operands and results as places in matrices, so that a driver need know
/// nothing of dataflows.</summary>
public static class HostPrograms
{
    // Digits that a 4-bit operand holds; index 0 is told from no operand by counting from 1.
    private const int DigitBits = 2;

    /// <summary>What a driver has to know of an engine.</summary>
    public static EngineFacts Facts(Architecture architecture, uint identity) => new(
        HostProtocol.BeatBytes(architecture), architecture.InputStreamBits / architecture.OperandBits, architecture.OperandBits,
        HostProtocol.CommandDepth, HostProtocol.BeatDepth(architecture), identity);

    /// <summary>A program with the places of its operands and results, found by packing the places themselves.</summary>
    /// <param name="architecture">The engine.</param>
    /// <param name="stream">The program.</param>
    public static EngineProgram Of(Architecture architecture, CommandStream stream)
    {
        var (a, b) = (stream.Shape.M * stream.Shape.K, stream.Shape.K * stream.Shape.N);
        var lanes = architecture.InputStreamBits / architecture.OperandBits;
        int[]? gather = null;
        var places = new int[a + b];
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = i + 1;
        }

        for (var shift = 0; (a + b) >> shift > 0; shift += DigitBits)
        {
            var digits = places.Select(p => (sbyte)((p >> shift) & ((1 << DigitBits) - 1))).ToArray();
            var limbs = HostStreams.Pack(architecture, stream, digits.AsSpan(0, a), digits.AsSpan(a));
            var perBeat = HostStreams.LimbsPerBeat(architecture);
            gather ??= new int[limbs.Length / perBeat * lanes];
            for (var i = 0; i < gather.Length; i++)
            {
                var bit = i % lanes * architecture.OperandBits;
                gather[i] |= (int)((limbs[(i / lanes * perBeat) + (bit / 64)] >> (bit % 64)) & ((1 << DigitBits) - 1)) << shift;
            }
        }

        for (var i = 0; i < gather!.Length; i++)
        {
            gather[i] = gather[i] > a ? a - gather[i] : gather[i];
        }

        var order = HostStreams.Unpack(architecture, stream, [.. Enumerable.Range(0, HostStreams.ResultBeats(stream)).Select(i => (uint)i)]);
        var scatter = new int[order.Length];
        for (var place = 0; place < order.Length; place++)
        {
            scatter[order[place]] = place;
        }

        return new(stream.Shape.M, stream.Shape.K, stream.Shape.N, CommandEncoding.Encode(stream), gather, scatter);
    }
}
