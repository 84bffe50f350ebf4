using HwSeed.Agent.Flow;
using HwSeed.Brain;
using HwSeed.Hdl;
using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Agent.ChipRuns;

/// <summary>A token that the chip and the host's kernels disagree on: the first one.</summary>
/// <param name="Place">Written tokens before it.</param>
/// <param name="Chip">What the chip's sums gave.</param>
/// <param name="Host">What the host's gave.</param>
public sealed record TokenDifference(int Place, string Chip, string Host);

/// <summary>
/// The agent's model after it wrote on a simulated chip: every product with its weights ran on the compiled simulator
/// of an engine; norms, rotary embedding, attention's own products (float32), activations and sampling on the host.
/// </summary>
/// <param name="Architecture">The engine.</param>
/// <param name="Model">The model's hyper-parameters.</param>
/// <param name="Prompt">What it went on from.</param>
/// <param name="Tokens">What it wrote with the chip's sums.</param>
/// <param name="TokenDifference">The first token that the host's kernels write differently; null when none.</param>
/// <param name="SumDifference">The first sum that differs, in words; null when none does.</param>
/// <param name="ComparedSums">Sums of the chip that were compared with the host's.</param>
/// <param name="Passes">The prompt's pass, then one for each further token.</param>
/// <param name="Block">The first block's products for the last token, to be verified elsewhere.</param>
/// <param name="Fault">What was broken on purpose in the simulated engine, if anything.</param>
/// <param name="Times">Wall-clock time.</param>
public sealed record ChipRun(
    Architecture Architecture,
    ModelShape Model,
    EquatableArray<string> Prompt,
    EquatableArray<string> Tokens,
    TokenDifference? TokenDifference,
    string? SumDifference,
    long ComparedSums,
    EquatableArray<ChipPass> Passes,
    IReadOnlyList<EngineCase> Block,
    string? Fault,
    ChipRunTimes Times)
{
    /// <summary>Whether tokens and sums are the host's, and cycles the cost model's.</summary>
    public bool Passed => TokenDifference is null && SumDifference is null && CycleDifference is null;

    /// <summary>Passes of one token each; none when only one token was written.</summary>
    public IEnumerable<ChipPass> TokenPasses => Passes.Skip(1);

    /// <summary>The cost model's cycles of all passes.</summary>
    public long PredictedCycles => Passes.Sum(p => p.PredictedCycles);

    /// <summary>The simulator's cycles of all passes.</summary>
    public long SimulatedCycles => Passes.Sum(p => p.SimulatedCycles);

    /// <summary>Multiply-accumulates on the chip, all passes.</summary>
    public long Macs => Passes.Sum(p => p.Macs);

    /// <summary>The first product whose cycles are not the predicted ones, in words; null when there is none.</summary>
    public string? CycleDifference => Passes.Index()
        .SelectMany(p => p.Item.Operations.Select(o => (Pass: p.Index, Operation: o)))
        .Where(p => p.Operation.PredictedCycles != p.Operation.SimulatedCycles)
        .Select(p => $"{p.Operation.Name} of {PassName(p.Pass)} took {p.Operation.SimulatedCycles} cycles, {p.Operation.PredictedCycles} were predicted")
        .FirstOrDefault();

    /// <summary>Multiply-accumulates of attention's scores and values, float32 on the host.</summary>
    public long HostAttentionMacs => Enumerable.Range(1, Prompt.Count + Tokens.Count - 1).Sum(seen => 2L * Model.Embedding * Model.Layers * seen);

    /// <summary>Share of the engine's PE cycles that multiply, 0..1.</summary>
    /// <param name="macs">Multiply-accumulates.</param>
    /// <param name="cycles">Cycles that they took.</param>
    public double Utilisation(long macs, long cycles) => (double)macs / (cycles * Architecture.MacsPerCycle);

    /// <summary>Runs the model on the chip, and on the host beside it.</summary>
    /// <param name="request">What is to be run.</param>
    /// <param name="passed">Called after each pass over the model.</param>
    /// <param name="cancellation">Stops between products.</param>
    /// <returns>The run, whatever it shows. HW54xx, HW60xx, HW1104: it cannot be made. HW1044, HW1045: the engine does
    /// not end, which only a broken one does.</returns>
    public static Checked<ChipRun> Run(ChipRunRequest request, Action? passed = null, CancellationToken cancellation = default)
    {
        try
        {
            return ChipDecoding.Prepare(request).Then(decoding =>
            {
                using (decoding)
                {
                    return decoding.Run(passed, cancellation);
                }
            });
        }
        catch (InvalidInputException broken)
        {
            return Checked.Fail<ChipRun>(broken.Diagnostics);
        }
    }

    internal static string PassName(int pass) => pass == 0 ? "the prompt's pass" : $"token {pass + 1}";
}

/// <summary>What a chip run is to do.</summary>
/// <param name="ModelPath">A GGUF file.</param>
/// <param name="Engine">The engine, with the places of its fields.</param>
/// <param name="Tokens">Tokens to write, at least 1.</param>
/// <param name="Prompt">Words of the model's vocabulary; null for a design for the default goal.</param>
/// <param name="Seed">Decides the sampling.</param>
/// <param name="FaultSeed">Breaks the simulated engine in one place; null for none.</param>
public sealed record ChipRunRequest(
    string ModelPath, Documents.ArchitectureDocument Engine, int Tokens, string? Prompt, Seeds.Seed Seed, int? FaultSeed = null);

/// <summary>Wall-clock seconds of a chip run.</summary>
/// <param name="Compile">Generating the engine and compiling its simulator.</param>
/// <param name="Chip">Writing with the chip's sums, the host's kernels for the comparison included.</param>
/// <param name="Host">Writing with the host's kernels alone.</param>
public sealed record ChipRunTimes(double Compile, double Chip, double Host);
