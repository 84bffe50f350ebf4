using System.Numerics;
using HwSeed.Hdl;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Sim.Coverage;

/// <summary>A register whose next value is always one of a few constants, or the value that it has, as its own value decides.</summary>
/// <param name="Register">Its name in the module.</param>
/// <param name="States">The constants.</param>
/// <param name="Transitions">The changes that its logic has; those of a reset are left out.</param>
public sealed record StateMachine(
    string Register, EquatableArray<BigInteger> States, EquatableArray<(BigInteger From, BigInteger To)> Transitions)
{
    private const int LeastWidth = 2;
    private const int LargestWidth = 32;
    private const int LargestLogic = 20_000;
    private const int LeastStates = 2;
    private const int MostStates = 256;

    /// <summary>The state machines of a module.</summary>
    public static IReadOnlyList<StateMachine> Of(Module module) =>
        [.. module.Registers.Where(r => r.Width is >= LeastWidth and <= LargestWidth).Select(r => Find(module, r)).OfType<StateMachine>()];

    private static StateMachine? Find(Module module, Register register)
    {
        var logic = StateLogic.Of(module, register, LargestLogic);
        if (logic is null || logic.Leaves() is not { Count: >= LeastStates and <= MostStates } leaves || !logic.DecidesByItself())
        {
            return null;
        }

        var states = leaves.Append(register.PowerUp.Unsigned).ToHashSet();
        if (register.Reset is not null)
        {
            states.Add(register.ResetValue.Unsigned);
        }

        var ordered = states.Order().ToEquatableArray();
        var transitions = ordered.SelectMany(from => logic.NextOf(from).Where(to => to != from).Order().Select(to => (from, to)));
        return new(register.Name, ordered, transitions.ToEquatableArray());
    }
}
