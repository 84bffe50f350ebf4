using HwSeed.Agent.Archives;
using HwSeed.Agent.Evaluations;
using HwSeed.Agent.Flow;
using HwSeed.Agent.Goals;
using HwSeed.Agent.Seeds;
using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Generators;
using HwSeed.Hdl.Verilog;
using HwSeed.Mapper.Workloads;
using HwSeed.Sim;
using HwSeed.Sim.Accelerators;
using HwSeed.Toolchain;

namespace HwSeed.Agent.Loop;

/// <summary>
/// The rungs that measure hardware: compiled simulation, lockstep with Verilator, place and route. A result is kept
/// in the design's folder, and an evaluation that has one is not measured again.
/// </summary>
/// <param name="Goal">The goal.</param>
/// <param name="Workload">Its workload.</param>
/// <param name="Run">Where files go.</param>
/// <param name="Seed">Decides operands and stalls.</param>
public sealed record ProofRungs(Goal Goal, Workload Workload, RunDirectory Run, Seed Seed)
{
    /// <summary>Ragged shapes beside the workload's own, for Verilator.</summary>
    private static readonly GemmShape[] Ragged = [new(5, 19, 7), new(1, 33, 3)];

    /// <summary>The clock that place and route strives for: beyond what engines reach, so that it does its best.</summary>
    private const double TargetMhz = 150;

    /// <summary>Every product of the workload on the compiled simulator: cycles as predicted, outputs exact.</summary>
    public Evaluation Simulate(Evaluation evaluation)
    {
        var simulator = AcceleratorGenerator.Generate(evaluation.Proposal.Architecture).Then(Simulator.Compile).OrThrow();
        long cycles = 0;
        var exact = true;
        foreach (var products in Workload.Gemms.GroupBy(g => g.Shape))
        {
            var (test, _) = EngineCase.Best(evaluation.Proposal.Architecture, products.Key, CaseSeed(evaluation, products.Key));
            var trace = AcceleratorRun.Execute(simulator, test!.Traffic(), test.CycleLimit);
            if (!trace.IsOk)
            {
                return Fail(evaluation, Rung.Simulated, trace.Diagnostics[0].ToString());
            }

            exact &= test.IsProduct(trace.Value.Outputs);
            cycles += products.Sum(p => p.Repeats) * trace.Value.Cycles;
        }

        var simulated = evaluation with { Simulated = new(cycles, exact, 0) };
        return !exact ? Fail(simulated, Rung.Simulated, "outputs differ from the integer reference")
            : cycles != evaluation.Mapped!.Cycles
                ? Fail(simulated, Rung.Simulated, $"the cost model says {evaluation.Mapped.Cycles} cycles, the simulator {cycles}")
            : simulated;
    }

    /// <summary>Lockstep with Verilator on the workload's smallest product and on ragged shapes, with stalls.</summary>
    public async Task<Evaluation> VerifyAsync(Evaluation evaluation, CancellationToken cancellation)
    {
        var folder = Run.DesignFolder(evaluation.DesignId);
        var kept = new RungResult<Verified>(Path.Combine(folder, "verified.json"));
        if (kept.Read() is { } known)
        {
            return Judge(evaluation with { Verified = known });
        }

        var architecture = evaluation.Proposal.Architecture;
        var smallest = Workload.Gemms.MinBy(g => g.Shape.Macs)!.Shape;
        var cases = new[] { smallest }.Concat(Ragged)
            .Select(shape => EngineCase.Best(architecture, shape, CaseSeed(evaluation, shape)).Case)
            .OfType<EngineCase>().ToList();
        var stallSeed = (int)(CaseSeed(evaluation, smallest).For("stalls").Value & int.MaxValue);
        var result = await EngineVerification.RunAsync(
            architecture, cases, Path.Combine(folder, "verilator"), stallSeed: stallSeed, cancellation: cancellation)
            .ConfigureAwait(false);
        if (!result.IsOk)
        {
            return Fail(evaluation, Rung.Verified, result.Diagnostics[0].ToString());
        }

        var failures = result.Value.Failures;
        var verified = new Verified(
            failures == 0 ? VerificationLevel.Sampled : VerificationLevel.Unverified,
            failures == 0 ? $"n={cases.Count}, stalls, seed={Seed.Value}" : "", failures,
            result.Value.Cases.Sum(c => c.ModelCycles));
        DesignFiles.WriteVerified(folder, evaluation, result.Value, cases);
        kept.Write(verified);
        return Judge(evaluation with { Verified = verified });

        static Evaluation Judge(Evaluation e) => e.Verified!.Mismatches == 0
            ? e
            : Fail(e, Rung.Verified, $"{e.Verified.Mismatches} replays differ from Verilator");
    }

    /// <summary>Yosys, nextpnr, icepack.</summary>
    public async Task<Evaluation> SynthesiseAsync(Evaluation evaluation, CancellationToken cancellation)
    {
        var folder = Run.DesignFolder(evaluation.DesignId);
        var kept = new RungResult<Synthesised>(Path.Combine(folder, "synthesised.json"));
        var refused = new RungResult<Rejected>(Path.Combine(folder, "unroutable.json"));
        if (refused.Read() is { } no)
        {
            return evaluation with { Rejected = no };
        }

        if (kept.Read() is not { } synthesised)
        {
            var device = FpgaDevices.Find(Goal.Device.Name).OrThrow();
            var verilog = VerilogWriter.Write(AcceleratorGenerator.Generate(evaluation.Proposal.Architecture).OrThrow());
            var options = new SynthesisOptions { Seed = 1, TargetMhz = TargetMhz, AssumeNoReadWriteCollision = true };
            var report = await Fpga.SynthesiseAsync(
                Path.Combine(folder, "fpga"), verilog, AcceleratorGenerator.TopName, device, options, cancellation)
                .ConfigureAwait(false);
            if (!report.IsOk)
            {
                var failed = Fail(evaluation, Rung.Synthesised, report.Diagnostics[0].ToString());
                refused.Write(failed.Rejected!);
                return failed;
            }

            var r = report.Value;
            synthesised = new(device.Name, r.LogicCells, r.Brams, r.FmaxMhz, r.BitstreamSha256);
            DesignFiles.WriteSynthesised(folder, evaluation, r);
            kept.Write(synthesised);
        }

        var limits = Goal.Constraints;
        var routed = evaluation with { Synthesised = synthesised };
        return synthesised.Luts > limits.MaxLuts
                ? Fail(routed, Rung.Synthesised, $"routed with {synthesised.Luts} logic cells; the limit is {limits.MaxLuts}")
            : synthesised.FmaxMhz < limits.MinFmaxMhz
                ? Fail(routed, Rung.Synthesised, $"routed at {synthesised.FmaxMhz:F1} MHz; the limit is {limits.MinFmaxMhz:F0}")
            : routed;
    }

    private Seed CaseSeed(Evaluation evaluation, GemmShape shape) =>
        Seed.For($"case {evaluation.DesignId}", shape.M, shape.K, shape.N);

    private static Evaluation Fail(Evaluation evaluation, Rung rung, string reason) =>
        evaluation with { Rejected = new(rung, [reason]) };
}
