using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Toolchain;

/// <summary>A program that HwSeed can use and that a distribution brings.</summary>
/// <param name="Program">Name on the PATH.</param>
/// <param name="Package">The Debian package that has it.</param>
/// <param name="Purpose">What HwSeed uses it for, as the subject of a sentence.</param>
public sealed record ExternalTool(string Program, string Package, string Purpose)
{
    /// <summary>Verilog to C++ simulation.</summary>
    public static readonly ExternalTool Verilator = new("verilator", "verilator", "verification of emitted Verilog");

    /// <summary>Compiles the models that Verilator writes.</summary>
    public static readonly ExternalTool Compiler = new("g++", "g++", "building Verilator models");

    /// <summary>A second compiler of the models that Verilator writes; often the one with the faster model.</summary>
    public static readonly ExternalTool Clang = new("clang++", "clang", "building the fastest Verilator models to measure against");

    /// <summary>Verilog synthesis.</summary>
    public static readonly ExternalTool Yosys = new("yosys", "yosys", "FPGA synthesis");

    /// <summary>Sequential model checking; Yosys brings it.</summary>
    public static readonly ExternalTool Abc = new("yosys-abc", "yosys", "proofs that two circuits are one");

    /// <summary>Bounded model checking and induction with an SMT solver; Yosys brings it.</summary>
    public static readonly ExternalTool Smtbmc = new("yosys-smtbmc", "yosys", "proofs with an SMT solver");

    /// <summary>An SMT solver.</summary>
    public static readonly ExternalTool Z3 = new("z3", "z3", "proofs with an SMT solver");

    /// <summary>Place and route for iCE40.</summary>
    public static readonly ExternalTool Nextpnr = new("nextpnr-ice40", "nextpnr-ice40", "FPGA place and route");

    /// <summary>Packs a routed iCE40 design to a bitstream.</summary>
    public static readonly ExternalTool Icepack = new("icepack", "fpga-icestorm", "writing FPGA bitstreams");

    /// <summary>Unpacks an iCE40 bitstream.</summary>
    public static readonly ExternalTool Iceunpack = new("iceunpack", "fpga-icestorm", "reading FPGA bitstreams back");

    /// <summary>Writes an unpacked bitstream as Verilog; a Python script.</summary>
    public static readonly ExternalTool IceboxVlog = new("icebox_vlog", "fpga-icestorm", "reading FPGA bitstreams back");

    /// <summary>Runs icebox.</summary>
    public static readonly ExternalTool Python = new("python3", "python3", "finding the pins of FPGA packages");

    /// <summary>A second Verilog simulator.</summary>
    public static readonly ExternalTool Icarus =
        new("iverilog", "iverilog", "an optional second opinion on emitted Verilog");

    /// <summary>Reads FST waveforms; GTKWave brings it.</summary>
    public static readonly ExternalTool FstReader = new("fst2vcd", "gtkwave", "optional tests of FST waveforms");

    /// <summary>Confines the other tools.</summary>
    public static readonly ExternalTool Bubblewrap = new("bwrap", "bubblewrap", "confining the other tools");

    /// <summary>The command that installs it.</summary>
    public string HowToInstall => $"apt-get install {Package}";

    /// <summary>Its absolute path, or null when it is not installed.</summary>
    public string? Locate() => SearchPath.Find(Program);

    /// <summary>Diagnostics for those that are not installed; empty when all are.</summary>
    public static IReadOnlyList<Diagnostic> Missing(params IEnumerable<ExternalTool> tools) =>
        [.. tools.Where(t => t.Locate() is null).Select(ToolDiagnostics.ToolMissing)];
}
