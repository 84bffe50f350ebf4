namespace HwSeed.Hdl.Verilog.Binding;

/// <summary>How Verilog is made into a design.</summary>
public sealed record BindOptions
{
    /// <summary>Name of the top module; null for the only module that no other one uses.</summary>
    public string? Top { get; init; }

    /// <summary>Values of parameters of the top module, as Verilog text: a number, a string in quotes, or an expression of numbers.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Where files of <c>$readmemh</c> and <c>$readmemb</c> are sought that are not beside their source; null for the current folder.</summary>
    public string? BaseDirectory { get; init; }

    /// <summary>Whether each statement becomes a <see cref="Rtl.CoverPoint"/>.</summary>
    public bool CoverPoints { get; init; }
}
