namespace HwSeed.Hdl.Rtl;

/// <summary>What kind of mistake a single fault is.</summary>
public enum FaultKind
{
    /// <summary>An operator took the place of another.</summary>
    Operator,

    /// <summary>A sign was dropped or invented: an extension, a product or a comparison took the other signedness.</summary>
    Sign,

    /// <summary>Bits were lost: a slice is one bit off, or a value lost its top bit.</summary>
    Width,

    /// <summary>A constant is off by one.</summary>
    Constant,

    /// <summary>The address of a memory is off by one.</summary>
    Address,

    /// <summary>An enable of a register or memory port was inverted or dropped.</summary>
    Enable,

    /// <summary>A reset was inverted or dropped, or its value is off by one.</summary>
    Reset,

    /// <summary>A condition was inverted.</summary>
    Condition,

    /// <summary>The arms of a multiplexer were swapped.</summary>
    Arms,

    /// <summary>An assignment, a memory write or a connection was dropped.</summary>
    Assignment,

    /// <summary>A clock edge became the other one.</summary>
    Edge,
}

/// <summary>Something with one fault in it.</summary>
/// <param name="Faulty">What it became.</param>
/// <param name="Kind">The kind of mistake.</param>
/// <param name="What">The mistake in words.</param>
internal readonly record struct Fault<T>(T Faulty, FaultKind Kind, string What)
{
    /// <summary>The same fault in what the faulty part belongs to.</summary>
    public Fault<TWhole> In<TWhole>(Func<T, TWhole> rebuild, string where = "") => new(rebuild(Faulty), Kind, where + What);
}
