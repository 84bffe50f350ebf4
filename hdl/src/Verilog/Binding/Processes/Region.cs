namespace HwSeed.Hdl.Verilog.Binding.Processes;

/// <summary>What kind of jump leaves a region.</summary>
internal enum RegionKind
{
    /// <summary>A loop, which <c>break</c> leaves.</summary>
    Loop,

    /// <summary>One turn of a loop, which <c>continue</c> leaves.</summary>
    Turn,

    /// <summary>A function or task, which <c>return</c> leaves.</summary>
    Routine,

    /// <summary>A named block, which <c>disable</c> leaves.</summary>
    Block,
}

/// <summary>A stretch of statements that a jump may leave; the key of the bit that says that it was left.</summary>
internal sealed class Region(RegionKind kind, string name)
{
    public RegionKind Kind { get; } = kind;

    public string Name { get; } = name;

    /// <summary>Whether any jump leaves it.</summary>
    public bool IsLeft { get; set; }
}
