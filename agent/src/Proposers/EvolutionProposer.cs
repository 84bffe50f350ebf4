using HwSeed.Agent.DesignSpaces;
using HwSeed.Agent.Evaluations;
using HwSeed.Agent.Seeds;
using HwSeed.Hdl;

namespace HwSeed.Agent.Proposers;

/// <summary>
/// Breeds from the Pareto front: one to three named moves on an elite, sometimes after a crossover with another. The
/// parent is chosen by a tournament under a random trade-off, so that the whole front has children.
/// </summary>
public sealed class EvolutionProposer : IProposer
{
    private const double CrossoverShare = 0.3;
    private const int TriesPerChild = 24;

    /// <inheritdoc/>
    public string Name => "evolution";

    /// <inheritdoc/>
    public IReadOnlyList<Proposal> Ask(History history, int count, Seed seed)
    {
        if (history.Elites.Count == 0)
        {
            return [];
        }

        var children = new Dictionary<DesignPoint, Proposal>();
        for (var i = 0; i < count * TriesPerChild && children.Count < count; i++)
        {
            var (point, proposal) = Child(history, seed.For("child", i).Random());
            if (!history.Seen.Contains(point))
            {
                children.TryAdd(point, proposal);
            }
        }

        return [.. children.Values];
    }

    private (DesignPoint Point, Proposal Proposal) Child(History history, Xoshiro256 random)
    {
        var trade = random.NextBelow(DesignPrompt.TradeLevels);
        var best = history.Best(trade).Select(e => e.Elite).ToArray();
        // The better of two draws under this trade-off.
        var parent = best[Math.Min(random.NextBelow(best.Length), random.NextBelow(best.Length))];
        var point = parent.Point;
        var moves = new List<Move>();
        if (best.Length > 1 && random.NextUnit() < CrossoverShare)
        {
            var other = best[random.NextBelow(best.Length)].Point;
            var mixed = point.Options.Select((option, field) => random.NextBelow(2) == 0 ? option : other[field]).ToArray();
            Apply("crossover", DesignSpace.Repair(mixed));
        }

        for (var i = 1 + random.NextBelow(3); i > 0; i--)
        {
            var (name, next) = Mutate(point, random);
            Apply(name, next);
        }

        var rationale = $"bred from {DesignIdentity.Short(parent.DesignId)}, chosen at trade-off {trade} of {DesignPrompt.TradeLevels - 1}";
        return (point, new(
            DesignSpace.ArchitectureOf(point), Name, parent.DesignId, moves.ToEquatableArray(), rationale));

        void Apply(string name, DesignPoint next)
        {
            moves.AddRange(Differences(name, point, next));
            point = next;
        }
    }

    /// <summary>What changed between two points, field by field.</summary>
    internal static IEnumerable<Move> Differences(string name, DesignPoint from, DesignPoint to) => DesignSpace.Fields
        .Select((field, i) => (Field: field, From: from[i], To: to[i]))
        .Where(c => c.From != c.To)
        .Select(c => new Move(name, c.Field.Label, c.Field.Text(c.From), c.Field.Text(c.To)));

    /// <summary>One random move and what it makes of the point.</summary>
    internal static (string Name, DesignPoint Point) Mutate(DesignPoint point, Xoshiro256 random)
    {
        var field = random.NextBelow(DesignSpace.Fields.Count);
        var options = DesignSpace.Fields[field].Values.Count;
        switch (random.NextBelow(6))
        {
            case 0:
                return ("jump", point.With(field, random.NextBelow(options)));
            case 1:
                // Rows and columns stand first.
                int[] swapped = [point[1], point[0], .. point.Options.Skip(2)];
                return ("transpose", DesignSpace.Repair(swapped));
            case 2:
                var dataflows = DesignSpace.Fields[DesignSpace.DataflowField].Values.Count;
                var other = (point[DesignSpace.DataflowField] + 1 + random.NextBelow(dataflows - 1)) % dataflows;
                return ("reflow", point.With(DesignSpace.DataflowField, other));
            default:
                var step = random.NextBelow(2) == 0 ? -1 : 1;
                return ("step", point.With(field, Math.Clamp(point[field] + step, 0, options - 1)));
        }
    }
}
