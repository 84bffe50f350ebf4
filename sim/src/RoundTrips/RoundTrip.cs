using HwSeed.Hdl;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Netlists;
using HwSeed.Hdl.Verilog;
using HwSeed.Hdl.Verilog.Binding;
using HwSeed.Hdl.Verilog.Syntax;
using HwSeed.Sim.Cosimulation;
using HwSeed.Toolchain;

namespace HwSeed.Sim.RoundTrips;

/// <summary>
/// Reads Verilog, prints it, reads what was printed, and shows by simulation, by Verilator and by Yosys that both are one
/// design.
/// </summary>
public static class RoundTrip
{
    // Equality of deep trees is recursive.
    private const int StackBytes = 256 << 20;

    /// <summary>Takes files on the trip.</summary>
    /// <param name="files">Paths of the sources.</param>
    /// <param name="top">The top module.</param>
    /// <param name="verilog">How they are read.</param>
    /// <param name="options">How far to go.</param>
    /// <param name="workDirectory">A directory of this trip's own for the tools.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The report; a failure when the files cannot be read.</returns>
    public static async Task<Checked<RoundTripReport>> RunAsync(
        IReadOnlyList<string> files, string top, VerilogOptions verilog, RoundTripOptions options, string workDirectory,
        CancellationToken cancellation = default)
    {
        var read = VerilogParser.ParseFiles(files, verilog);
        if (read.Any(r => !r.IsOk))
        {
            return Checked.Fail<RoundTripReport>(read.SelectMany(r => r.Diagnostics));
        }

        var units = read.Select(r => r.Value).OfType<SourceUnitSyntax>().ToList();
        var texts = units.Select(VerilogPrinter.Print).ToList();
        // What the preprocessor did is done: the printed text has no directives and needs no macros.
        var again = texts.Zip(files, (text, file) => VerilogParser.ParseText(text, file)).ToList();
        var report = new RoundTripReport(
            top, string.Join("\n", texts), again.All(r => r.IsOk) && AreEqual(units, [.. again.Select(r => r.Value!)]), options);
        if (!report.TreesEqual)
        {
            return Checked.Ok(report, again.SelectMany(r => r.Diagnostics));
        }

        var original = VerilogBinder.Bind(units, new() { Top = top });
        var printed = VerilogBinder.Bind([.. again.Select(r => r.Value!)], new() { Top = top });
        if (!original.IsOk || !printed.IsOk)
        {
            return Checked.Fail<RoundTripReport>(original.IsOk ? printed.Diagnostics : original.Diagnostics);
        }

        var design = CosimDesign.Of(original.Value, top, [], []);
        var (first, second) = (design.Then(d => Simulator.Compile(d.Netlist)), Simulator.Compile(printed.Value.Design));
        if (!design.IsOk || !first.IsOk || !second.IsOk)
        {
            return Checked.Fail<RoundTripReport>(first.IsOk ? second.Diagnostics : first.Diagnostics);
        }

        var ports = design.Value.Top;
        report = Simulate(report, first.Value, second.Value, ports, cancellation);
        if (report.Agreed)
        {
            report = await BesideVerilatorAsync(report, files, verilog, second.Value, design.Value, workDirectory, cancellation).ConfigureAwait(false);
        }

        // To a prover the values of a loop are free, and so any two copies of it differ.
        if (report.Options.WithProof && design.Value.Netlist.Latches.Any(l => l.IsCut))
        {
            report = WithNote(report with { Options = report.Options with { WithProof = false } }, "no proof: loops of gates or latches hold values");
        }

        return Checked.Ok(
            report.Agreed ? await ProveAsync(report, files, verilog, workDirectory, cancellation).ConfigureAwait(false) : report,
            read.SelectMany(r => r.Diagnostics).Concat(original.Diagnostics));
    }

    private static RoundTripReport Simulate(
        RoundTripReport report, Simulator original, Simulator printed, CosimTop ports, CancellationToken cancellation)
    {
        var pair = new LockstepPair(original, printed, ports);
        var exhaustive = IsCombinational(original.Netlist) && ports.Ports.All(p => p.Direction != CosimDirection.Inout)
            && ports.Driven.Sum(p => (long)p.Width * p.Elements) <= LockstepPair.ExhaustiveBits;
        var difference = exhaustive ? pair.Exhaust(cancellation) : pair.Sample(report.Options, cancellation);
        return report with { Difference = difference, Steps = pair.Steps, IsExhaustive = exhaustive && difference is null };
    }

    private static async Task<RoundTripReport> BesideVerilatorAsync(
        RoundTripReport report, IReadOnlyList<string> files, VerilogOptions verilog, Simulator printed, CosimDesign design,
        string workDirectory, CancellationToken cancellation)
    {
        if (!report.Options.WithVerilator)
        {
            return report;
        }

        var sources = new VerilogSources(files.Select(Path.GetFullPath).ToEquatableArray())
        {
            IncludeDirectories = verilog.IncludeDirectories.Select(Path.GetFullPath).ToEquatableArray(),
            Defines = verilog.Defines.Select(d => (d.Key, d.Value)).ToEquatableArray(),
        };
        var directory = Path.Combine(workDirectory, "verilator");
        var model = await VerilatorModel.BuildAsync(
            design.Top, BlankedSources.Write(sources, design.LeftOut, directory), DataFile.NamedIn(files, [], Environment.CurrentDirectory), directory,
            cancellation: cancellation).ConfigureAwait(false);
        if (!model.IsOk)
        {
            return WithNote(report, $"no run beside Verilator: {model.Diagnostics[0].Message}");
        }

        var run = await Cosimulation.Cosimulation.RunAsync(
            printed, model.Value, report.Options.Seed, report.Options.Cycles, cancellation: cancellation).ConfigureAwait(false);
        return run.IsOk ? report with { Verilator = run.Value } : WithNote(report, $"no run beside Verilator: {run.Diagnostics[0].Message}");
    }

    private static async Task<RoundTripReport> ProveAsync(
        RoundTripReport report, IReadOnlyList<string> files, VerilogOptions verilog, string workDirectory, CancellationToken cancellation)
    {
        if (!report.Options.WithProof)
        {
            return report;
        }

        var defines = verilog.Defines.Select(d => $"`define {d.Key} {d.Value}\n");
        var original = string.Concat(defines.Concat(files.Select(f => File.ReadAllText(f) + "\n")));
        var directory = Path.Combine(workDirectory, "yosys");
        DataFile.CopyTo(directory, DataFile.NamedIn(files, [], Environment.CurrentDirectory));
        var proof = await Equivalence.CheckAsync(
            directory, original, report.Printed, report.Top, report.Options.Proof, cancellation).ConfigureAwait(false);
        if (!proof.IsOk)
        {
            return WithNote(report, $"no proof: {proof.Diagnostics[0].Message}");
        }

        report = report with { Proof = proof.Value };
        return proof.Value.Verdict is GaveUp gaveUp ? WithNote(report, $"no proof: {gaveUp.Reason}")
            : proof.Value.Note is { } note ? WithNote(report, $"no full proof: {note}")
            : report;
    }

    // Outputs follow inputs alone.
    private static bool IsCombinational(Netlist netlist) =>
        netlist.Registers.Count == 0 && netlist.Latches.Count == 0 && netlist.Memories.All(m => m.Memory.Writes.Count == 0 && m.Reads.Count == 0);

    private static RoundTripReport WithNote(RoundTripReport report, string note) => report with { Notes = [.. report.Notes, note] };

    private static bool AreEqual(IReadOnlyList<SourceUnitSyntax> left, IReadOnlyList<SourceUnitSyntax> right)
    {
        var equal = false;
        var thread = new Thread(() => equal = left.SequenceEqual(right), StackBytes) { IsBackground = true };
        thread.Start();
        thread.Join();
        return equal;
    }
}
