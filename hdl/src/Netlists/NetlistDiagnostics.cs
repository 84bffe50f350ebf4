using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Hdl.Netlists;

/// <summary>All wording of elaboration.</summary>
public static class NetlistDiagnostics
{
    /// <summary>What each code means.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> Descriptors { get; } =
    [
        new("HW1040", "Combinational loop",
            "A signal depends on itself without a register in between. Such a circuit has no cycle-accurate meaning: it "
            + "may latch or oscillate. Put a register into the path that is printed."),
        new("HW1042", "Name without a driver",
            "An expression reads a name, or an instance leaves an input open, that nothing in the design drives. Declare "
            + "the wire, register or port, or connect the input."),
        new("HW1043", "Name with two drivers",
            "Two drivers of one module have the same name. A name is an identity inside a module: rename one of them."),
    ];

    /// <summary>HW1040: a combinational loop, with the nets on it in order.</summary>
    public static Diagnostic Loop(IReadOnlyList<string> path) =>
        Diagnostic.Error("HW1040", $"combinational loop: {string.Join(" -> ", path)} -> {path[0]}");

    /// <summary>HW1042: a name that is read but never driven.</summary>
    public static Diagnostic Undriven(string path, string module) =>
        Diagnostic.Error("HW1042", $"nothing drives '{path}' (module '{module}')");

    /// <summary>HW1043: a name that is driven twice.</summary>
    public static Diagnostic DrivenTwice(string path, string module) =>
        Diagnostic.Error("HW1043", $"'{path}' has two drivers (module '{module}')");
}
