using System.CommandLine;
using HwSeed.Cli.Screens;
using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Cli.Commands;

/// <summary><c>hwseed sim</c>: a matrix product on an engine, or a user's stimulus on Verilog; the file decides.</summary>
internal static class SimCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "An architecture.yaml, which runs --gemm, or Verilog sources, which run --tb",
            Arity = ArgumentArity.OneOrMore,
        };
        var gemm = Words.Gemm(required: false);
        var toggles = new Option<bool>("--toggles") { Description = "Count the register bits that change, of an architecture" };
        var seed = Words.Seed();
        var vcd = new Option<string?>("--vcd") { Description = "Write waves to a VCD file", HelpName = "F" };
        var cycles = new Option<long?>("--cycles") { Description = "Cycles at most; 100 for random inputs, all of the stimulus else", HelpName = "N" };
        var simulation = new SimulationWords();
        return CommandLine.Define(
            "sim", "Run a matrix product on an engine, or a stimulus on Verilog, cycle by cycle", (words, screen, cancellation) => Task.Run(
                () => Run(words, screen, cancellation), cancellation).WaitAsync(cancellation),
            [files, gemm, seed, vcd, toggles, cycles, .. simulation.All]);

        int Run(ParseResult words, Screen screen, CancellationToken cancellation)
        {
            var sources = words.GetRequiredValue(files);
            var isEngine = Path.GetExtension(sources[0]).ToLowerInvariant() is ".yaml" or ".yml";
            var foreign = (isEngine ? [.. simulation.All, cycles] : new Option[] { gemm, toggles })
                .Where(o => words.GetResult(o) is { Implicit: false }).Select(o => o.Name).ToList();
            if (foreign.Count > 0)
            {
                throw Choice($"{string.Join(" and ", foreign)} is for {(isEngine ? "Verilog, not for an architecture" : "an architecture, not for Verilog")}");
            }

            if (!isEngine)
            {
                return VerilogSim.Run(words, simulation, sources, (words.GetValue(cycles), words.GetValue(seed), words.GetValue(vcd)), screen, cancellation);
            }

            return sources.Length > 1
                ? throw Choice("one architecture is simulated at a time")
                : EngineSim.Run(
                    sources[0], words.GetValue(gemm) ?? throw Choice("an architecture needs a matrix product: --gemm MxKxN"), words.GetValue(seed),
                    words.GetValue(vcd), words.GetValue(toggles), screen);
        }
    }

    private static InvalidInputException Choice(string message) => InvalidInputException.Of(CommandDiagnostics.Choice(message));
}
