using System.Text.Json.Serialization;
using HwSeed.Hdl;
using HwSeed.Hdl.Architectures;

namespace HwSeed.Agent.Evaluations;

/// <summary>One named change from a parent design.</summary>
/// <param name="Name">What was done, as <c>step</c> or <c>crossover</c>.</param>
/// <param name="Field">The field's label, as <c>rows</c>.</param>
/// <param name="From">The parent's value.</param>
/// <param name="To">The proposal's value.</param>
public sealed record Move(string Name, string Field, string From, string To)
{
    /// <summary>As people read it: <c>step rows 4 -> 5</c>.</summary>
    public override string ToString() => $"{Name} {Field} {From} -> {To}";
}

/// <summary>A design that somebody suggests.</summary>
/// <param name="Architecture">The engine, a point of the design space.</param>
/// <param name="Proposer">Who suggests it.</param>
/// <param name="ParentId">The design it was made from, if any.</param>
/// <param name="Moves">How it differs from the parent.</param>
/// <param name="Rationale">Why, in a sentence.</param>
public sealed record Proposal(
    Architecture Architecture,
    string Proposer,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? ParentId,
    EquatableArray<Move> Moves,
    string Rationale);
