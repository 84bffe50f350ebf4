using System.CommandLine;
using HwSeed.Agent.Flow;
using HwSeed.Agent.Flow.Boards;
using HwSeed.Agent.Seeds;
using HwSeed.Cli.Screens;
using HwSeed.Hdl.Diagnostics;
using Spectre.Console;

namespace HwSeed.Cli.Commands;

/// <summary><c>hwseed verify</c>: cost model, simulator and Verilator side by side.</summary>
internal static class VerifyCommand
{
    private const int MostFaults = 25;

    public static Command Create()
    {
        var architecture = Words.Architecture();
        architecture.Arity = ArgumentArity.ZeroOrOne;
        var gemm = Words.Gemm(required: false);
        var random = VerifyRandom.Options.Create();
        var bitstream = new Option<string?>("--bitstream")
        {
            Description = "Read the bitstream of a folder that synth wrote back, or for a board route it anew, and run its netlist beside the design",
            HelpName = "DIR",
        };
        var seed = Words.Seed();
        var fault = new Option<int?>("--inject-fault")
        {
            Description = "Break the Verilog in one place on purpose, to see that it is caught (exit 1)",
            HelpName = "SEED",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var mutations = Words.OptionalCount("--mutations", "N", $"Break the engine in N different places, one at a time, and count what the bench sees (N: {VerifyMutations.Count})");
        var prove = new Option<bool>("--prove") { Description = "Prove statements about every part of the engine, and say what level that earns" };
        var limit = Words.OptionalCount("--limit", "SECONDS", $"Time for each statement of --prove (SECONDS: {VerifyProof.Seconds})");
        return CommandLine.Define(
            "verify", "Compare cost model, simulator and Verilator: the same cycles and the same bits", (words, screen, cancellation) =>
            {
                var (path, shape, count) = (words.GetValue(architecture), words.GetValue(gemm), words.GetValue(random.Pairs));
                var faults = words.GetResult(fault) is not null;
                var options = new Options(new(words.GetValue(seed)), faults, words.GetValue(fault) ?? 1);
                var (proves, limits) = (words.GetValue(prove), words.GetResult(limit) is not null);
                return (path, count, words.GetValue(bitstream)) switch
                {
                    ({ } file, 0, null) when proves && shape is null && !faults && words.GetResult(mutations) is null => VerifyProof.RunAsync(
                        file, words.GetValue(limit) ?? VerifyProof.Seconds, options.Seed, screen, cancellation),
                    _ when proves || limits => throw InvalidInputException.Of(CommandDiagnostics.Choice(
                        "--prove, perhaps with --limit, needs an architecture, and goes with none of --gemm, --random, --bitstream, --mutations and --inject-fault")),
                    ({ } file, 0, null) when words.GetResult(mutations) is not null && shape is null && !faults => VerifyMutations.RunAsync(
                        file, words.GetValue(mutations) ?? VerifyMutations.Count, options.Seed, screen, cancellation),
                    _ when words.GetResult(mutations) is not null => throw InvalidInputException.Of(CommandDiagnostics.Choice(
                        "--mutations needs an architecture, and goes with none of --gemm, --random, --bitstream and --inject-fault")),
                    (null, > 0, null) when shape is null => VerifyRandom.RunAsync(random.Read(words, options.Seed, faults), screen, cancellation),
                    _ when random.IsAnyBeside(words) => throw InvalidInputException.Of(CommandDiagnostics.Choice(
                        "--family, --kind, --workloads-per-engine, --jobs, --journal and --record go with --random N alone")),
                    ({ } file, 0, null) => OneAsync(file, shape, options, screen, cancellation),
                    (null, 0, { } folder) when shape is null && !faults =>
                        BoardBitstream.IsIn(folder)
                            ? VerifyBoard.RunAsync(folder, options.Seed, screen, cancellation)
                            : VerifyBitstream.RunAsync(folder, options.Seed, screen, cancellation),
                    _ => throw InvalidInputException.Of(CommandDiagnostics.Choice(
                        "give either an architecture, perhaps with --gemm, or --random N, or --bitstream DIR")),
                };
            },
            [architecture, gemm, bitstream, seed, fault, mutations, prove, limit, .. random.All]);
    }

    private static async Task<int> OneAsync(string path, string? gemm, Options options, Screen screen, CancellationToken cancellation)
    {
        var document = screen.Need(Words.ReadArchitecture(path));
        var engine = document.Architecture;
        IReadOnlyList<EngineCase> cases;
        if (gemm is null)
        {
            cases = VerificationShapes.CasesFor(engine, options.Seed);
        }
        else
        {
            var shape = Words.ParseGemm(gemm);
            var (found, reason) = EngineCase.Best(engine, shape, options.Seed);
            cases = [found ?? throw Words.DoesNotRun(document, shape, reason!.Reason)];
        }

        using var work = new WorkFolder();
        var stalls = (int)(options.Seed.For("stalls").Value & int.MaxValue);
        FaultHunt? hunt = null;
        EngineVerification verification;
        if (options.InjectFaults)
        {
            hunt = screen.Need(await Waiting.ForAsync(screen, "injecting faults until one is seen", FaultHunt.RunAsync(
                engine, cases, options.FaultSeed, MostFaults, work.Path, stalls, cancellation)).ConfigureAwait(false));
            verification = hunt.Verification;
        }
        else
        {
            verification = screen.Need(await Waiting.ForAsync(screen, "building and replaying in Verilator", EngineVerification.RunAsync(
                engine, cases, work.Path, null, stalls, cancellation)).ConfigureAwait(false));
        }

        work.Keep = !verification.Passed && hunt is null;
        var table = Show.Table(
            Show.Escape(engine.Name), ("product", false), ("predicted", true), ("simulated", true), ("Verilator", true), ("", false));
        foreach (var each in verification.Cases)
        {
            table.AddRow(
                new Text(each.Title), new Text(Show.Number(each.PredictedCycles)), new Text(Show.Number(each.SimulatedCycles)),
                new Text(Counted(each.ModelCycles)), Verdict(each));
        }

        screen.Show(table);
        var level = Level(verification, options.Seed);
        screen.Line(hunt switch
        {
            null when verification.Passed =>
                $"[green]agree[/] on every port in every cycle, with and without stalls: [bold]{level}[/] ({verification.BuildTime.TotalSeconds:F1} s Verilator build)",
            null => $"[red]mismatch[/]: {Show.Escape(verification.Verdict)}\nfiles kept in {Show.Escape(work.Path)}",
            { Caught: true } =>
                $"[green]fault caught[/] ({Show.Escape(verification.Fault!)}): {Show.Escape(verification.Verdict)}\n{Tried(hunt)}",
            _ => $"[yellow]no fault was seen[/] in {hunt.Tried} attempts; the last was {Show.Escape(verification.Fault!)}",
        });
        screen.Result(new
        {
            Architecture = engine.Name,
            Seed = options.Seed.Value,
            verification.Passed,
            VerificationLevel = level,
            Cases = verification.Cases.Select(Row).ToArray(),
            RandomCommands = verification.Stress?.Reason,
            Fault = verification.Fault,
            FaultSeed = hunt?.FaultSeed,
            FaultsTried = hunt?.Tried,
            FaultCaught = hunt?.Caught,
            BuildSeconds = verification.BuildTime.TotalSeconds,
            Files = work.Keep ? work.Path : null,
        });
        return verification.Passed ? ExitCode.Done : ExitCode.CheckFailed;
    }

    internal static object Row(CaseVerification each) => new
    {
        Gemm = each.Shape.ToString(),
        each.PredictedCycles,
        each.SimulatedCycles,
        VerilatorCycles = each.ModelCycles,
        Exact = each.Passed,
        each.Verdict,
    };

    private static Markup Verdict(CaseVerification each) =>
        new(each.Passed ? "[green]exact[/]" : "[red]differs[/]");

    // A broken engine may never offer its last word.
    internal static string Counted(long cycles) => cycles > 0 ? Show.Number(cycles) : "-";

    private static string Tried(FaultHunt hunt) =>
        $"fault seed {hunt.FaultSeed}; {hunt.Tried} fault{(hunt.Tried == 1 ? "" : "s")} tried" + (hunt.Tried == 1 ? "" : ", the earlier ones change nothing from outside");

    private static string Level(EngineVerification verification, Seed seed) =>
        verification.Passed && verification.Fault is null ? $"sampled(n={verification.Cases.Count}, seed={seed.Value})" : "unverified";

    private sealed record Options(Seed Seed, bool InjectFaults, int FaultSeed);
}
