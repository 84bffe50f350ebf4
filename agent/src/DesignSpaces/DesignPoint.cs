using HwSeed.Hdl;

namespace HwSeed.Agent.DesignSpaces;

/// <summary>
/// A design as the options chosen for the fields of <see cref="DesignSpace.Fields"/>, in their order. Legal: the
/// accumulator memory has words exactly when the array is weight-stationary.
/// </summary>
/// <param name="Options">Positions in each field's values.</param>
public sealed record DesignPoint(EquatableArray<int> Options)
{
    /// <summary>The option chosen for a field.</summary>
    /// <param name="field">Position of the field.</param>
    public int this[int field] => Options[field];

    /// <summary>The point with another option for one field, made legal.</summary>
    internal DesignPoint With(int field, int option)
    {
        var options = Options.ToArray();
        options[field] = option;
        return DesignSpace.Repair(options);
    }
}
