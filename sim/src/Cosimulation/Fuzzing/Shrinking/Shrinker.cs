using HwSeed.Hdl.Lint;
using HwSeed.Hdl.Verilog;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Sim.Cosimulation.Fuzzing.Shrinking;

/// <summary>
/// Makes a module smaller for as long as it differs from the same opponent. Many attempts stand side by side in one build
/// of the opponent; those that hold are tried together.
/// </summary>
internal sealed class Shrinker
{
    private const int Side = 24;

    private readonly FuzzFinding _start;
    private readonly string _directory;
    private readonly HashSet<string> _tried = new(StringComparer.Ordinal);
    private readonly int _undriven;
    private long _cycles;
    private int _builds;

    private Shrinker(FuzzFinding start, long cycles, int builds, string directory) =>
        (_start, _cycles, _builds, _directory, _undriven) = (start, cycles, builds, directory, Undriven(start.Module));

    /// <summary>
    /// Reduces the module of a finding; null when it has no difference of values to an outside simulator, or no longer has it
    /// alone. The reduced module may show another difference than the first one.
    /// </summary>
    /// <param name="finding">The finding.</param>
    /// <param name="cycles">Cycles of the run.</param>
    /// <param name="builds">How often the opponent may be built.</param>
    /// <param name="directory">A directory of its own.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<FuzzFinding?> ShrinkAsync(
        FuzzFinding finding, long cycles, int builds, string directory, CancellationToken cancellation) =>
        finding.Difference is null || finding.Opponent is null or FuzzOpponent.Original
            ? null
            : await new Shrinker(finding, cycles, builds, directory).RunAsync(cancellation).ConfigureAwait(false);

    private async Task<FuzzFinding?> RunAsync(CancellationToken cancellation)
    {
        var parsed = VerilogParser.ParseText(_start.Module.Text, $"{_start.Module.Prefix}.sv");
        if (!parsed.IsOk)
        {
            return null;
        }

        SyntaxNode best = parsed.Value;
        if ((await TryAsync([best], cancellation).ConfigureAwait(false))[0] is not { } found)
        {
            return null;
        }

        for (var goesOn = true; goesOn && _builds > 0;)
        {
            goesOn = false;
            foreach (var edits in Attempts(best))
            {
                var results = await TryAsync([.. edits.Select(e => SyntaxEdits.Apply(best, e))], cancellation).ConfigureAwait(false);
                var good = edits.Zip(results).Where(r => r.Second is not null).ToList();
                if (good.Count == 0)
                {
                    if (_builds <= 0)
                    {
                        break;
                    }

                    continue;
                }

                // All together, else the heavier half of them, and so on to the heaviest alone.
                var most = good.MaxBy(g => g.First.Weight);
                (SyntaxNode Tree, FuzzFinding Found) next = (SyntaxEdits.Apply(best, most.First), most.Second!);
                for (var count = good.Count; count > 1; count /= 2)
                {
                    // From the last place to the first one no edit moves the place of another.
                    var all = good.OrderByDescending(g => g.First.Weight).Take(count).OrderByDescending(g => g.First.Node)
                        .Aggregate(best, (tree, edit) => SyntaxEdits.Apply(tree, edit.First));
                    if ((await TryAsync([all], cancellation).ConfigureAwait(false))[0] is { } together)
                    {
                        next = (all, together);
                        break;
                    }
                }

                (best, found) = next;
                goesOn = true;
                break;
            }
        }

        return found;
    }

    // Edits whose result our reader takes and that was not tried, as many as go into one build.
    private IEnumerable<List<SyntaxEdit>> Attempts(SyntaxNode tree)
    {
        var side = new List<SyntaxEdit>();
        foreach (var edit in SyntaxEdits.Of(tree))
        {
            var text = Print(SyntaxEdits.Apply(tree, edit));
            if (_tried.Add(text) && IsSound(_start.Module with { Text = text }))
            {
                side.Add(edit);
            }

            if (side.Count == Side)
            {
                yield return side;
                side = [];
            }
        }

        if (side.Count > 0)
        {
            yield return side;
        }
    }

    // What nothing drives has no value on which simulators have to agree.
    private bool IsSound(FuzzModule module) =>
        module.Read().Then(r => Simulator.Compile(r.Design)).IsOk && Undriven(module) <= _undriven;

    private static int Undriven(FuzzModule module) =>
        VerilogParser.ParseText(module.Text, $"{module.Prefix}.sv") is { IsOk: true, Value: var unit }
            ? Linter.Check([unit], LintSettings.Default).Findings.Count(f => f.Code is "HW2501" or "HW2502")
            : int.MaxValue;

    // What differs of each tree; also shortens the run to the last cycle that any of them needs.
    private async Task<IReadOnlyList<FuzzFinding?>> TryAsync(IReadOnlyList<SyntaxNode> trees, CancellationToken cancellation)
    {
        _builds--;
        var modules = trees.Select((t, i) => (_start.Module with { Original = null }).With(Print(t), $"s{i}")).ToList();
        var comparison = new FuzzComparison([_start.Opponent!.Value], _cycles, _directory);
        await comparison.RunAsync(modules, cancellation).ConfigureAwait(false);
        var found = comparison.Found.Where(f => f.Difference is not null).ToDictionary(f => f.Module.Prefix);
        if (found.Count > 0 && trees.Count == 1)
        {
            _cycles = Math.Min(_cycles, found.Values.First().Difference!.Cycle + 1);
        }

        return [.. modules.Select((m, i) => found.GetValueOrDefault(m.Prefix) is { } finding
            ? finding with { Module = _start.Module with { Text = Print(trees[i]) } }
            : null)];
    }

    private static string Print(SyntaxNode tree) => VerilogPrinter.Print((SourceUnitSyntax)tree);
}
