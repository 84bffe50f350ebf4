using System.Diagnostics;
using HwSeed.Agent.Seeds;
using HwSeed.Hdl;
using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Generators;
using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog;
using HwSeed.Sim;
using HwSeed.Sim.Lockstep;
using HwSeed.Sim.Traces;
using HwSeed.Toolchain;

namespace HwSeed.Agent.Flow;

/// <summary>
/// A check of our own bench: the emitted Verilog gets one fault at a time, is read back by our reader, compiled and given the
/// bench's traces. A fault is caught when some output differs in some cycle, which is the verdict of a replay in Verilator
/// too; a sample of the faults is built there to show it.
/// </summary>
public sealed class MutationCheck
{
    private readonly Architecture _architecture;
    private readonly Design _design;
    private readonly IReadOnlyList<(string Name, PortTrace Ports)> _traces;
    private readonly IReadOnlyList<FaultyVerilog> _faults;
    private readonly string _workDirectory;

    private MutationCheck(
        Architecture architecture, Design design, BenchTraces traces, IReadOnlyList<FaultyVerilog> faults, string workDirectory) =>
        (_architecture, _design, _traces, _faults, _workDirectory) = (architecture, design, [.. traces.All], faults, workDirectory);

    /// <summary>Faults that will be tried.</summary>
    public int Count => _faults.Count;

    /// <summary>Faults built in Verilator too.</summary>
    public int VerilatorSample { get; set; } = 4;

    /// <summary>Wall-clock limit of each proof for a fault that was not seen.</summary>
    public TimeSpan ProofLimit { get; set; } = TimeSpan.FromSeconds(16);

    /// <summary>Generates the engine, records the bench's traces and chooses the faults.</summary>
    /// <param name="architecture">The engine.</param>
    /// <param name="cases">The products of the bench.</param>
    /// <param name="count">Faults.</param>
    /// <param name="seed">Decides faults, stalls and random commands.</param>
    /// <param name="workDirectory">A directory of this check's own.</param>
    public static Checked<MutationCheck> Prepare(
        Architecture architecture, IReadOnlyList<EngineCase> cases, int count, Seed seed, string workDirectory)
    {
        var stalls = (int)(seed.For("stalls").Value & int.MaxValue);
        return AcceleratorGenerator.Generate(architecture).Then(design => Simulator.Compile(design)
            .Then(simulator => BenchTraces.Record(simulator, architecture, cases, stalls))
            .Then(traces =>
            {
                var check = new MutationCheck(architecture, design, traces, FaultSample.Choose(design, count, seed), workDirectory);
                return check.Seen(VerilogWriter.Write(design)) is { } difference
                    ? throw new InvalidOperationException($"the bench refuses the right engine '{architecture.Name}': {difference}")
                    : Checked.Ok(check);
            }));
    }

    /// <summary>Tries every fault, two at a time.</summary>
    /// <param name="advance">Called after each fault.</param>
    /// <param name="cancellation">Stops tools and simulations.</param>
    public async Task<Checked<MutationReport>> RunAsync(Action<MutantVerdict> advance, CancellationToken cancellation = default)
    {
        var clock = Stopwatch.StartNew();
        var verdicts = new List<MutantVerdict>();
        await foreach (var verdict in OrderedWork
            .RunAsync(Count, 2, (i, stop) => JudgeAsync(i, stop), cancellation).ConfigureAwait(false))
        {
            verdicts.Add(verdict);
            advance(verdict);
        }

        var elapsed = clock.Elapsed;
        var verilator = new List<VerilatorMutant>();
        if (ExternalTool.Missing(ExternalTool.Verilator, ExternalTool.Compiler).Count == 0)
        {
            var sample = Sample(verdicts).ToList();
            await foreach (var built in OrderedWork
                .RunAsync(sample.Count, 2, (i, stop) => BuildAsync(sample[i], stop), cancellation).ConfigureAwait(false))
            {
                if (!built.IsOk)
                {
                    return Checked.Fail<MutationReport>(built.Diagnostics);
                }

                verilator.Add(built.Value);
            }
        }

        return Checked.Ok(new MutationReport(
            _architecture, [.. verdicts], [.. verilator], FaultInjector.Faults(_design).Count, elapsed));
    }

    private async Task<MutantVerdict> JudgeAsync(int number, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var (fault, text) = _faults[number];
        var verdict = new MutantVerdict(number, fault.Kind, fault.Description, Seen(text));
        return verdict.IsCaught ? verdict : verdict with
        {
            Equivalence = await MutantProof.TryAsync(
                _design, fault, Path.Combine(_workDirectory, $"proof-{number}"), ProofLimit, cancellation).ConfigureAwait(false),
        };
    }

    /// <summary>Where the bench sees that a text is not the engine; null when it sees nothing.</summary>
    private string? Seen(string text)
    {
        var simulator = VerilogReader.ReadText(text).Then(read => Simulator.Compile(read.Design)).OrThrow();
        foreach (var (name, ports) in _traces)
        {
            if (PortReplay.FirstDifference(simulator, ports) is { } difference)
            {
                return $"{name}: {difference}";
            }
        }

        return null;
    }

    private async Task<Checked<VerilatorMutant>> BuildAsync(MutantVerdict verdict, CancellationToken cancellation)
    {
        var model = await LockstepModel.BuildAsync(
            _design, Path.Combine(_workDirectory, $"mutant-{verdict.Number}"), verilogText: _faults[verdict.Number].Verilog,
            cancellation: cancellation).ConfigureAwait(false);
        if (!model.IsOk)
        {
            return Checked.Fail<VerilatorMutant>(model.Diagnostics);
        }

        foreach (var (name, ports) in _traces)
        {
            var report = await model.Value.ReplayAsync(ports, cancellation: cancellation).ConfigureAwait(false);
            if (!report.Agreed)
            {
                return Checked.Ok(new VerilatorMutant(verdict, $"{name}: {report.Reason}"));
            }
        }

        return Checked.Ok(new VerilatorMutant(verdict, null));
    }

    /// <summary>A fault that was not seen, and seen ones from all over the sample.</summary>
    private IEnumerable<MutantVerdict> Sample(List<MutantVerdict> verdicts)
    {
        var (seen, missed) = (verdicts.Where(v => v.IsCaught).ToList(), verdicts.Where(v => !v.IsCaught).Take(1).ToList());
        var from = Math.Min(VerilatorSample - missed.Count, seen.Count);
        return [.. missed, .. Enumerable.Range(0, from).Select(i => seen[i * seen.Count / from])];
    }
}
