using System.Reflection.Emit;

namespace HwSeed.Sim.Compilation.Lanes;

/// <summary>The vector part of a program, ready to be written, with the arrays that it needs.</summary>
internal sealed class LaneCode
{
    private readonly LanePlan _plan;
    private readonly List<List<LaneStore>> _methods;
    private readonly byte[] _constants;
    private readonly int _constantsStart;

    /// <summary>Prepares a plan.</summary>
    /// <param name="plan">What to write.</param>
    /// <param name="stageOffset">First byte of the stage in the scratch array; a multiple of 64.</param>
    public LaneCode(LanePlan plan, int stageOffset)
    {
        (_plan, StageOffset) = (plan, stageOffset);
        _methods = LaneEmitter.Methods(plan);

        // Pinned, because compiled code holds its address; aligned to whole vectors.
        _constants = GC.AllocateArray<byte>(64 * (plan.Lanes.Constants + 1), pinned: true);
        _constantsStart = (int)(64 - (Address(0) % 64)) % 64;
        for (var i = 0; i < plan.Lanes.Constants; i++)
        {
            plan.Lanes.ConstantAt(i).CopyTo(_constants, _constantsStart + (64 * i));
        }
    }

    public int StageOffset { get; }

    public int ScratchBytes => StageOffset + ((_plan.StageBytes + 63) / 64 * 64) + 64;

    public int Methods => _methods.Count;

    public int Stores => _plan.Vectors.Count;

    public void Emit(ILGenerator il, int method, Func<LaneBuffer, (int Argument, int Offset)> buffers) =>
        new LaneEmitter(_plan, il, buffers, Address(_constantsStart)).Write(_methods[method]);

    private unsafe nint Address(int index)
    {
        fixed (byte* at = &_constants[index])
        {
            return (nint)at;
        }
    }
}
