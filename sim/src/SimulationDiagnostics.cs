using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Sim;

/// <summary>All wording of the simulator.</summary>
public static class SimulationDiagnostics
{
    /// <summary>What each code means.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> Descriptors { get; } =
    [
        new("HW1041", "Product too wide for the simulator",
            "The compiled simulator computes products of up to 64 bits. Split the multiplication into narrower partial "
            + "products; other operators have no such limit."),
    ];

    /// <summary>HW1041: a product of more than 64 bits.</summary>
    public static Diagnostic ProductTooWide(int left, int right) => Diagnostic.Error(
        "HW1041", $"the product of {left} and {right} bits has {left + right}; the simulator computes up to 64");
}
