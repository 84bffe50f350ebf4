namespace HwSeed.Mapper.Costs;

/// <summary>
/// When the dispatcher is free for the next command, and when the store unit is done, in edges. What happens between two
/// points of a program changes both by maxima and sums of constants only.
/// </summary>
/// <param name="Dispatch">First edge for the next command.</param>
/// <param name="StoreFree">First edge for the next store.</param>
internal readonly record struct Times(long Dispatch, long StoreFree);

/// <summary>
/// What a part of a program does to <see cref="Times"/>: a matrix of the max-plus algebra, in which a sum is a maximum and a
/// product a sum (Baccelli, Cohen, Olsder, Quadrat, Synchronization and Linearity, 1992). Parts that follow each other are a
/// product; n equal parts are a power, in log n products.
/// </summary>
/// <param name="DispatchToDispatch">Edges from the dispatcher free before to free after.</param>
/// <param name="StoreToDispatch">Edges from the store unit free before to the dispatcher free after.</param>
/// <param name="DispatchToStore">Edges from the dispatcher free before to the store unit free after.</param>
/// <param name="StoreToStore">Edges from the store unit free before to free after.</param>
internal readonly record struct Delays(long DispatchToDispatch, long StoreToDispatch, long DispatchToStore, long StoreToStore)
{
    /// <summary>No dependence: minus infinity, with room to add.</summary>
    public const long None = long.MinValue / 4;

    /// <summary>Nothing happens.</summary>
    public static Delays Nothing => new(0, None, None, 0);

    /// <summary>The times after this part.</summary>
    public Times After(Times before) => new(
        Math.Max(before.Dispatch + DispatchToDispatch, before.StoreFree + StoreToDispatch),
        Math.Max(before.Dispatch + DispatchToStore, before.StoreFree + StoreToStore));

    /// <summary>This part, then another.</summary>
    public Delays Then(in Delays next) => new(
        Path(DispatchToDispatch, next.DispatchToDispatch, DispatchToStore, next.StoreToDispatch),
        Path(StoreToDispatch, next.DispatchToDispatch, StoreToStore, next.StoreToDispatch),
        Path(DispatchToDispatch, next.DispatchToStore, DispatchToStore, next.StoreToStore),
        Path(StoreToDispatch, next.DispatchToStore, StoreToStore, next.StoreToStore));

    /// <summary>This part a number of times.</summary>
    public Delays Power(long count)
    {
        if (count == 1)
        {
            return this;
        }

        var (result, power) = (Nothing, this);
        for (; count > 0; count >>= 1)
        {
            result = (count & 1) == 1 ? result.Then(power) : result;
            power = power.Then(power);
        }

        return result;
    }

    /// <summary>The later of two ways; what does not depend stays minus infinity however often it is added to.</summary>
    private static long Path(long first, long second, long third, long fourth) =>
        Math.Max(Math.Max(first + second, third + fourth), None);
}
