using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Hdl.Verilog.Binding;

/// <summary>Kinds of things that the binder notices and that are no errors; the lint passes decide what to say of them.</summary>
public enum BindingFindingKind
{
    /// <summary>An assignment or port connection drops high bits.</summary>
    WidthTruncation,

    /// <summary>An assignment or port connection extends a value.</summary>
    WidthExtension,

    /// <summary>A combinational process holds a value.</summary>
    InferredLatch,

    /// <summary>Nothing drives a signal that is read.</summary>
    Undriven,

    /// <summary>Two processes with the same clock assign one signal.</summary>
    MultiplyDriven,

    /// <summary>A sensitivity list leaves out a signal that is read.</summary>
    IncompleteSensitivity,

    /// <summary>A blocking assignment to a signal of the module in clocked code.</summary>
    BlockingInClocked,

    /// <summary>A non-blocking assignment in combinational code.</summary>
    NonBlockingInCombinational,

    /// <summary>A case statement with neither all values nor a default.</summary>
    IncompleteCase,

    /// <summary>An input of an instance is open.</summary>
    OpenInput,

    /// <summary>A name was never declared and became a wire of one bit.</summary>
    ImplicitNet,
}

/// <summary>Something that the binder noticed.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Message">One sentence, no full stop.</param>
/// <param name="Span">Where.</param>
public sealed record BindingFinding(BindingFindingKind Kind, string Message, SourceSpan? Span);
