using System.Diagnostics;
using HwSeed.Agent.Evaluations;
using HwSeed.Agent.Seeds;
using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Generators;
using HwSeed.Hdl.Properties;
using HwSeed.Sim;
using HwSeed.Sim.Properties;
using HwSeed.Toolchain;

namespace HwSeed.Agent.Flow;

/// <summary>
/// Formal verification of an engine, part by part, with a counterexample where a statement is broken. What no statement is about
/// yet is run on random products and counts as sampled.
/// </summary>
public static class EngineProof
{
    /// <summary>Parts that an engine of an architecture has.</summary>
    public static Checked<IReadOnlyList<PropertyHarness>> Parts(Architecture architecture) => EngineProperties.Of(architecture);

    /// <summary>Examines all parts, two at a time.</summary>
    /// <param name="architecture">The engine.</param>
    /// <param name="limit">Time for each statement.</param>
    /// <param name="seed">Decides the products of what is sampled.</param>
    /// <param name="workDirectory">A directory of this proof's own.</param>
    /// <param name="advance">Called after each part.</param>
    /// <param name="cancellation">Stops the tools.</param>
    public static async Task<Checked<EngineProofReport>> RunAsync(
        Architecture architecture, TimeSpan limit, Seed seed, string workDirectory, Action<PartProof>? advance = null, CancellationToken cancellation = default)
    {
        var clock = Stopwatch.StartNew();
        var harnesses = Parts(architecture);
        if (!harnesses.IsOk)
        {
            return Checked.Fail<EngineProofReport>(harnesses.Diagnostics);
        }

        var parts = new List<PartProof>();
        var all = OrderedWork.RunAsync(harnesses.Value.Count, 2, (i, stop) => PartAsync(
            harnesses.Value[i], limit, Path.Combine(workDirectory, $"part-{i}"), stop), cancellation);
        await foreach (var part in all.ConfigureAwait(false))
        {
            if (!part.IsOk)
            {
                return Checked.Fail<EngineProofReport>(part.Diagnostics);
            }

            parts.Add(part.Value);
            advance?.Invoke(part.Value);
        }

        if (architecture.KeepsOperands || architecture.Output is not null)
        {
            parts.Add(Sampled(architecture, seed));
            advance?.Invoke(parts[^1]);
        }

        return Checked.Ok(new EngineProofReport([.. parts], clock.Elapsed));
    }

    /// <summary>Examines one harness.</summary>
    /// <param name="harness">The part.</param>
    /// <param name="limit">Time for each statement.</param>
    /// <param name="workDirectory">A directory of this part's own.</param>
    /// <param name="cancellation">Stops the tools.</param>
    public static async Task<Checked<PartProof>> PartAsync(
        PropertyHarness harness, TimeSpan limit, string workDirectory, CancellationToken cancellation = default)
    {
        var options = new ModelCheckOptions(limit) { Memory = harness.Memory > 0 ? harness.Memory : null };
        var answers = await ModelChecker.CheckAsync(
            workDirectory, harness.Design, [.. harness.Properties.Select(p => p.Output)], options, cancellation).ConfigureAwait(false);
        if (!answers.IsOk)
        {
            return Checked.Fail<PartProof>(answers.Diagnostics);
        }

        // Where a lemma may have broken instead of its statement, the statement is examined alone.
        var alone = harness.Properties.Zip(answers.Value)
            .Where(p => p.Second.Verdict is Violated && p.First.Alone != p.First.Output).Select(p => p.First.Alone).ToList();
        var again = alone.Count == 0 ? null : await ModelChecker.CheckAsync(
            Path.Combine(workDirectory, "alone"), harness.Design, alone, options, cancellation).ConfigureAwait(false);
        if (again is { IsOk: false })
        {
            return Checked.Fail<PartProof>(again.Diagnostics);
        }

        var statements = new List<ProvedStatement>();
        foreach (var (property, first) in harness.Properties.Zip(answers.Value))
        {
            var answer = again?.Value?.FirstOrDefault(a => a.Output == property.Alone) ?? first;
            var statement = Statement(harness, property, answer);
            statements.Add(statement.Level < VerificationLevel.Exhaustive && statement.Broken is null
                ? ExhaustiveProducts.Try(harness, property, cancellation) ?? statement
                : statement);
        }

        return Checked.Ok(new PartProof(harness.Part, [.. statements]));
    }

    private static ProvedStatement Statement(PropertyHarness harness, Property property, PropertyAnswer answer)
    {
        var unknown = new ProvedStatement(property.Statement, property.Output, VerificationLevel.Unverified, "", "-", answer.Elapsed);
        switch (answer.Verdict)
        {
            case Holds holds:
                return unknown with { Level = VerificationLevel.Proved, Engine = holds.Engine };
            case HoldsFor some:
                return unknown with { Level = VerificationLevel.Bounded, Parameters = $"k={some.Cycles}", Engine = "bmc" };
            case Violated violated:
                var simulator = Simulator.Compile(harness.Design).OrThrow();
                var replay = TraceReplay.Run(simulator, violated.Trace, answer.Output);
                return replay.Cycle is not null
                    ? unknown with { Broken = replay, Engine = "pdr" }
                    : unknown with { Reason = "the tools report a run that breaks it, which our simulator does not confirm" };
            case Undecided undecided:
                return unknown with { Reason = undecided.Reason };
            default:
                throw new UnreachableException($"verdict {answer.Verdict}");
        }
    }

    private static PartProof Sampled(Architecture architecture, Seed seed)
    {
        var clock = Stopwatch.StartNew();
        var cases = VerificationShapes.CasesFor(architecture, seed);
        var simulator = AcceleratorGenerator.Generate(architecture).Then(Simulator.Compile).OrThrow();
        var traces = CaseTraces.Record(simulator, cases, (int)(seed.For("stalls").Value & int.MaxValue));
        var isRight = traces.IsOk && traces.Value.All(t => t.Case.IsProduct(t.Plain.Outputs) && t.Case.IsProduct(t.Stalled!.Outputs));
        var part = architecture.Output is null ? "array and accumulator memories"
            : architecture.KeepsOperands ? "array, accumulator memories, dispatcher, store unit and output stage"
            : "wavefront, dispatcher, drain unit and output stage";
        return new(part, [new(
            "products are those of the integer reference, with and without stalls", "",
            isRight ? VerificationLevel.Sampled : VerificationLevel.Unverified,
            isRight ? $"n={cases.Count}, seed={seed.Value}" : "", "simulation", clock.Elapsed)
            { Reason = isRight ? null : "a product differs from the integer reference" }]);
    }
}
