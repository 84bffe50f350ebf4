using System.Numerics;
using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog.Binding.Expressions;
using HwSeed.Hdl.Verilog.Binding.Names;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Binding.Processes;

/// <summary>Case statements: the first item that matches, in order.</summary>
internal sealed partial class Execution
{
    private void Case(CaseSyntax syntax, Scope scope)
    {
        var choice = scope.Bound.TryGetValue(syntax, out var known) ? (BoundCase)known : BindCase(syntax, scope);
        var selector = choice.Selector.Emit(this, choice.Width, choice.Signed);
        var branches = new List<(Expression Condition, State Taken)>();
        var none = Factory.True;
        CaseItemSyntax? last = null;
        foreach (var (item, labels) in choice.Items)
        {
            var match = Factory.False;
            foreach (var label in labels)
            {
                match = Factory.Or(match, Matches(label, choice, selector));
            }

            if (IsFalse(match))
            {
                continue;
            }

            if (IsTrue(match) || (choice.IsComplete && ReferenceEquals(item, choice.Items[^1].Item)))
            {
                last = item;
                break;
            }

            var condition = Factory.And(none, match);
            branches.Add((match, Branch(condition, () => Execute(item.Body, scope))));
            none = Factory.And(none, Factory.Not(match));
        }

        last ??= choice.Default;
        if (branches.Count == 0)
        {
            if (last is not null)
            {
                Execute(last.Body, scope);
            }

            return;
        }

        Join(branches, last is null ? null : Branch(none, () => Execute(last.Body, scope)));
    }

    private Expression Matches((Bound? Low, Bound? High, bool IsRange) label, BoundCase choice, Expression selector)
    {
        Expression Value(Bound bound) => bound.Emit(this, choice.Width, choice.Signed);
        if (label.IsRange)
        {
            return Factory.And(
                label.Low is null ? Factory.True : Factory.Not(Factory.LessThan(selector, Value(label.Low), choice.Signed)),
                label.High is null ? Factory.True : Factory.Not(Factory.LessThan(Value(label.High), selector, choice.Signed)));
        }

        return Match.Masked(Factory, selector, Value(label.Low!), choice.Wildcards(label.Low!));
    }

    private BoundCase BindCase(CaseSyntax syntax, Scope scope)
    {
        var e = Context.Expressions;
        var selector = e.Bind(syntax.Selector, scope);
        var items = syntax.Items.Where(i => i.Labels.Count > 0)
            .Select(i => (i, syntax.IsInside
                ? e.InsideItems(i.Labels, scope)
                : [.. i.Labels.Select(l => ((Bound?)e.Bind(l, scope), (Bound?)null, false))]))
            .ToList();
        if (syntax.Items.Where(i => i.Labels.Count == 0).Skip(1).FirstOrDefault() is { } second)
        {
            throw new BindingException(BindingDiagnostics.DefaultTwice(second.Origin.Span));
        }

        var bound = new BoundCase(syntax, selector, items);
        if (!bound.IsComplete && bound.Default is null && Mode == ExecutionMode.Combinational)
        {
            Context.Find(BindingFindingKind.IncompleteCase, "the case statement has neither all values nor a default", syntax);
        }

        scope.Bound[syntax] = bound;
        return bound;
    }
}

/// <summary>A case statement with its expressions bound: all are compared in one width and sign.</summary>
internal sealed class BoundCase
{
    private const int MostSelectorBits = 16;
    private const int MostSteps = 1 << 18;
    private readonly bool _withUnknown;
    private readonly bool _withImpedance;

    public BoundCase(CaseSyntax syntax, Bound selector, List<(CaseItemSyntax Item, IReadOnlyList<(Bound? Low, Bound? High, bool IsRange)> Labels)> items)
    {
        (Selector, Items) = (selector, items);
        Default = syntax.Items.FirstOrDefault(i => i.Labels.Count == 0);
        _withUnknown = syntax.IsInside || syntax.Keyword == "casex";
        _withImpedance = _withUnknown || syntax.Keyword == "casez";
        var all = items.SelectMany(i => i.Labels).SelectMany(l => new[] { l.Low, l.High }).OfType<Bound>().Prepend(selector).ToList();
        Width = all.Max(b => b.Width);
        Signed = all.All(b => b.Signed);
        IsComplete = Default is null && Covers();
    }

    public Bound Selector { get; }

    public List<(CaseItemSyntax Item, IReadOnlyList<(Bound? Low, Bound? High, bool IsRange)> Labels)> Items { get; }

    public CaseItemSyntax? Default { get; }

    public int Width { get; }

    public bool Signed { get; }

    /// <summary>Whether the labels name every value that the selector can have, so that the last item needs no test.</summary>
    public bool IsComplete { get; }

    public BigInteger Wildcards(Bound label) => _withImpedance ? Match.WildcardBits(label, Width, _withUnknown) : 0;

    private bool Covers()
    {
        if (Selector.Width > MostSelectorBits || Selector.IsConstant)
        {
            return false;
        }

        var cubes = new List<(BigInteger Value, BigInteger Care)>();
        var mask = (BigInteger.One << Selector.Width) - 1;
        foreach (var (low, _, isRange) in Items.SelectMany(i => i.Labels))
        {
            if (isRange || low is not (BoundLiteral or BoundConstant or BoundConcatenation { IsConstant: true }))
            {
                return false;
            }

            var value = low switch { BoundLiteral l => l.Literal.Value, BoundConstant c => c.Value.Unsigned, _ => -1 };
            if (value < 0)
            {
                return false;
            }

            var care = mask & ~Wildcards(low);
            if (value >> Selector.Width == 0)
            {
                cubes.Add((value & care, care));
            }
        }

        return cubes.Count > 0 && Covers(cubes, Selector.Width - 1, new int[1]);
    }

    private static bool Covers(List<(BigInteger Value, BigInteger Care)> cubes, int bit, int[] steps)
    {
        if (cubes.Any(c => (c.Care & ((BigInteger.One << (bit + 1)) - 1)).IsZero))
        {
            return true;
        }

        if (bit < 0 || cubes.Count == 0 || ++steps[0] > MostSteps)
        {
            return false;
        }

        var at = BigInteger.One << bit;
        List<(BigInteger, BigInteger)> Half(bool high) =>
            [.. cubes.Where(c => (c.Care & at).IsZero || !(c.Value & at).IsZero == high)];
        return Covers(Half(false), bit - 1, steps) && Covers(Half(true), bit - 1, steps);
    }
}
