using System.ComponentModel;
using System.Diagnostics;
using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog;

namespace HwSeed.Hdl.Tests.Verilog;

/// <summary>Verilator and Yosys accept the text without a word.</summary>
internal sealed class VerilatorLintTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("hwseed-lint-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    [NUnit.Framework.Category("verilator")]
    public void Samples_and_random_designs_lint_clean()
    {
        Design[] samples = [SampleDesigns.EveryNode(), SampleDesigns.Registers(), SampleDesigns.BlockRam(), SampleDesigns.Hierarchy(), SampleDesigns.Clocks()];
        var designs = samples.Concat(Enumerable.Range(0, 40).Select(s => RandomModules.Generate(s))).ToList();
        for (var i = 0; i < designs.Count; i++)
        {
            var file = Path.Combine(_folder, $"{i}.v");
            File.WriteAllText(file, VerilogWriter.Write(designs[i]));
            var said = Lint(designs[i], file);
            Assert.That(said, Is.EqualTo((0, "")), $"design {i} (samples first, then seeds from 0)");
        }
    }

    [Test]
    [NUnit.Framework.Category("fpga")]
    public void A_memory_of_256_words_of_16_bits_is_one_block_ram()
    {
        var file = Path.Combine(_folder, "block_ram.v");
        var netlist = Path.Combine(_folder, "netlist.v");
        File.WriteAllText(file, VerilogWriter.Write(SampleDesigns.BlockRam()));
        var said = Run("yosys", "-q", "-p", $"read_verilog {file}; synth_ice40 -no-rw-check -top block_ram; write_verilog -noattr {netlist}");
        var cells = File.ReadLines(netlist).Where(l => l.TrimStart().StartsWith("SB_", StringComparison.Ordinal)).Select(l => l.Trim().Split(' ')[0]);
        Assert.Multiple(() =>
        {
            Assert.That(said, Is.EqualTo((0, "")));
            Assert.That(cells.Count(c => c == "SB_RAM40_4K"), Is.EqualTo(1));
            Assert.That(cells.Count(c => c.StartsWith("SB_DFF", StringComparison.Ordinal)), Is.Zero);
        });
    }

    /// <summary>
    /// Verilator 5.006 meets x values in its own gate optimisation of a few designs whose text has none (seed 23); those
    /// are linted once more without that pass, where only the note about it is dropped from the output.
    /// </summary>
    private static (int ExitCode, string Output) Lint(Design design, string file)
    {
        string[] arguments = ["--lint-only", "-Wall", "--top-module", design.Top.Name, file];
        var (exitCode, output) = Run("verilator", arguments);
        if (!output.Contains("Unsupported: 4-state numbers in this context", StringComparison.Ordinal))
        {
            return (exitCode, output);
        }

        (exitCode, output) = Run("verilator", ["-fno-gate", .. arguments]);
        return (exitCode, string.Concat(output.Split('\n').Where(l => !l.StartsWith("-Info: Command Line disabled gate", StringComparison.Ordinal))));
    }

    private static (int ExitCode, string Output) Run(string tool, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output + errors.Result);
        }
        catch (Win32Exception) when (Environment.GetEnvironmentVariable("CI") != "true")
        {
            Assert.Ignore($"{tool} is not installed");
            throw;
        }
        catch (Win32Exception)
        {
            Assert.Fail($"{tool} is not installed");
            throw;
        }
    }
}
