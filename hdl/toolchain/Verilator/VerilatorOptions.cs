namespace HwSeed.Toolchain;

/// <summary>How a Verilator model is built.</summary>
public sealed record VerilatorOptions
{
    /// <summary>The quick build: -O1, no waveforms.</summary>
    public static VerilatorOptions Default { get; } = new();

    /// <summary>Optimisation level of Verilator and g++, 0 to 3; 1 builds fastest, 3 suits long simulations.</summary>
    public int Optimisation { get; init; } = 1;

    /// <summary>Compile for this machine's own processor; only for measuring speed.</summary>
    public bool NativeArch { get; init; }

    /// <summary>The C++ compiler; clang often makes the faster model.</summary>
    public ExternalTool Compiler { get; init; } = ExternalTool.Compiler;

    /// <summary>Inlines all modules (<c>--flatten</c>); which of both is faster differs from design to design.</summary>
    public bool Flatten { get; init; }

    /// <summary>
    /// X and initial values as the compiler likes, no assertions (<c>--x-assign fast --x-initial fast --noassert</c>): only
    /// for measuring speed.
    /// </summary>
    public bool FastUnknowns { get; init; }

    /// <summary>Adds VCD waveforms (<c>VerilatedVcdC</c>) to the model.</summary>
    public bool TraceVcd { get; init; }

    /// <summary>
    /// Unknown values, those of <c>'x</c> and of what no initial value is given, are zero. Verilator's optimiser of data-flow
    /// graphs is off then: that of 5.006 loses changes inside of vectors whose bits depend on each other.
    /// </summary>
    public bool UnknownsAreZero { get; init; }

    /// <summary><c>$stop</c>, <c>$finish</c>, <c>$fatal</c> and what counts as such in the source have no effect.</summary>
    public bool GoesOn { get; init; }

    /// <summary>Wall-clock limit for each step: verilation and each compilation.</summary>
    public TimeSpan StepLimit { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>Address space of the compiler, in bytes.</summary>
    public long MemoryLimitBytes { get; init; } = 4L << 30;
}

/// <summary>A compiled model with its bench.</summary>
/// <param name="Path">Absolute path of the executable.</param>
/// <param name="WorkDirectory">Where it runs and may write.</param>
/// <param name="VerilateTime">Verilog to C++.</param>
/// <param name="CompileTime">C++ to an executable.</param>
/// <param name="RuntimeTime">Building Verilator's runtime, zero when it came from the cache.</param>
public sealed record VerilatorExecutable(
    string Path, string WorkDirectory, TimeSpan VerilateTime, TimeSpan CompileTime, TimeSpan RuntimeTime);
