using HwSeed.Mapper.Workloads.Convolutions;

namespace HwSeed.Mapper.Mappings.Direct;

/// <summary>
/// The input positions that a block of outputs sees along one axis, each once. They are numbered phase by phase (x modulo stride),
/// so that a step to the next output is a step to the next number, whatever tap and stride.
/// </summary>
internal sealed class AxisTile
{
    private readonly Dictionary<int, int> _slots = [];
    private readonly int[] _positions;
    private readonly ConvAxis _axis;

    /// <summary>The positions of some outputs one behind another.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="outputs">How many, at least 1.</param>
    public AxisTile(ConvAxis axis, int outputs)
    {
        (_axis, Outputs) = (axis, outputs);
        var seen = new HashSet<int>();
        for (var output = 0; output < outputs; output++)
        {
            for (var tap = 0; tap < axis.Filter; tap++)
            {
                seen.Add((output * axis.Stride) + (tap * axis.Dilation));
            }
        }

        _positions = [.. seen.OrderBy(x => x % axis.Stride).ThenBy(x => x)];
        for (var slot = 0; slot < _positions.Length; slot++)
        {
            _slots[_positions[slot]] = slot;
        }
    }

    /// <summary>Outputs.</summary>
    public int Outputs { get; }

    /// <summary>Positions that any of them sees.</summary>
    public int Slots => _positions.Length;

    /// <summary>The number of the position that a tap of an output sees.</summary>
    public int Slot(int output, int tap) => _slots[(output * _axis.Stride) + (tap * _axis.Dilation)];

    /// <summary>The input position of a number, for a block that begins at an output; outside of the input it is padding.</summary>
    public int Position(int firstOutput, int slot) => _axis.At(firstOutput, 0) + _positions[slot];
}
