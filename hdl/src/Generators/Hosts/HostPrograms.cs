using HwSeed.Drivers;
using HwSeed.Hdl.Architectures;

namespace HwSeed.Hdl.Generators.Hosts;

/// <summary>Programs in the form that drivers take: operands and results as places in matrices, so that a driver need know
/// nothing of dataflows.</summary>
public static class HostPrograms
{
    // Digits that a 2-bit operand holds; index 0 is told from no operand by counting from 1.
    private const int DigitBits = 1;

    /// <summary>What a driver has to know of an engine.</summary>
    public static EngineFacts Facts(Architecture architecture, uint identity) => new(
        HostProtocol.BeatBytes(architecture), architecture.InputStreamOperands, architecture.InputBits, architecture.WeightBits,
        HostProtocol.CommandDepth, HostProtocol.BeatDepth(architecture), identity);

    /// <summary>A program with the places of its operands and results, found by packing the places themselves.</summary>
    /// <param name="architecture">The engine.</param>
    /// <param name="stream">The program.</param>
    public static EngineProgram Of(Architecture architecture, CommandStream stream)
    {
        var (activations, weights) = (stream.Shape.M * stream.Shape.K, stream.Shape.K * stream.Shape.N);
        var inputs = Places(architecture, stream, activations, weights: null);
        var others = Places(architecture, stream, activations: null, weights);
        int[] gather = [.. inputs.Zip(others, (a, b) => a - b)];
        var order = HostStreams.Unpack(architecture, stream, [.. Enumerable.Range(0, HostStreams.ResultBeats(stream)).Select(i => (ulong)i)]);
        var scatter = new int[order.Length];
        for (var place = 0; place < order.Length; place++)
        {
            scatter[order[place]] = place;
        }

        return new(stream.Shape.M, stream.Shape.K, stream.Shape.N, CommandEncoding.Encode(stream), gather, scatter);
    }

    /// <summary>For each lane of each beat the place, counted from 1, of the operand of one side that stands there, or 0.</summary>
    private static int[] Places(Architecture architecture, CommandStream stream, int? activations, int? weights)
    {
        var (lanes, perBeat) = (architecture.InputStreamOperands, HostStreams.LimbsPerBeat(architecture));
        var bits = weights is null ? architecture.InputBits : architecture.WeightBits;
        var count = activations ?? weights ?? 0;
        var places = new int[0];
        for (var shift = 0; shift == 0 || count >> shift > 0; shift += DigitBits)
        {
            var limbs = HostStreams.Pack<int>(architecture, stream, Digits(activations, stream.Shape.M * stream.Shape.K, shift), Digits(weights, stream.Shape.K * stream.Shape.N, shift));
            places = places.Length > 0 ? places : new int[limbs.Length / perBeat * lanes];
            for (var i = 0; i < places.Length; i++)
            {
                var bit = i % lanes * bits;
                places[i] |= bit < perBeat * 64 ? (int)((limbs[(i / lanes * perBeat) + (bit / 64)] >> (bit % 64)) & ((1 << DigitBits) - 1)) << shift : 0;
            }
        }

        return places;

        static int[] Digits(int? places, int count, int shift) =>
            [.. Enumerable.Range(1, count).Select(p => places is null ? 0 : (p >> shift) & ((1 << DigitBits) - 1))];
    }
}
