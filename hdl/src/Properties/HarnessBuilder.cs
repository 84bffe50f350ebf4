using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Properties;

/// <summary>Builds a harness: free inputs, the unit, monitors, statements.</summary>
internal sealed class HarnessBuilder
{
    private readonly string _part;
    private readonly List<(Property Property, Expression Broken)> _claims = [];
    private readonly List<Expression> _lemmas = [];

    public HarnessBuilder(string part, string name) => (_part, M) = (part, new("property_" + name));

    /// <summary>The harness's module.</summary>
    public ModuleBuilder M { get; }

    /// <summary>Claims that something never happens.</summary>
    public void Never(string name, string statement, Expression broken) => _claims.Add((new("bad_" + name, statement), broken));

    /// <summary>
    /// Claims along with every statement that something holds in every cycle: how the unit's counters relate to the monitor's.
    /// A statement is then proved together with its lemmas, by induction over one cycle where they say enough.
    /// </summary>
    public void Lemma(Expression holds) => _lemmas.Add(holds);

    /// <summary>Claims that something holds in every cycle.</summary>
    public void Always(string name, string statement, Expression holds) => Never(name, statement, ~holds);

    /// <summary>Whether two values are equal whenever something is the case.</summary>
    public static Expression EqualWhen(Expression condition, Expression left, Expression right) =>
        ~condition | Expression.Equal(left, right);

    /// <summary>One, in the width of a value.</summary>
    public static Expression One(Expression like) => Expression.FromInteger(1, like.Width);

    /// <summary>A value in a number of bits: extended with zeros, or cut.</summary>
    public static Expression Fit(Expression value, int width) =>
        value.Width > width ? value[0, width] : Expression.ZeroExtend(value, width);

    /// <summary>One bit, in every bit of a word.</summary>
    public static Expression All(Expression bit, int width) => Expression.SignExtend(bit, width);

    /// <summary>A flag: 1 from the edge of set on until the edge of clear; set wins.</summary>
    public Expression Flag(string name, Expression set, Expression clear, Expression reset)
    {
        var flag = M.Register(name, 1);
        M.Drive(flag, set | (flag & ~clear), reset: reset);
        return flag;
    }

    /// <summary>
    /// A stream's side that sends: valid does not fall before acceptance, and data stay while they wait. A reset may end it.
    /// </summary>
    public void Stream(string name, Expression valid, Expression ready, Expression data, Expression reset)
    {
        var waited = M.Register($"{name}_waited", valid & ~ready & ~reset);
        var before = M.Register($"{name}_before", data);
        Never($"{name}_valid_stays", $"{name}: valid never falls before acceptance", waited & ~valid);
        Never($"{name}_data_stay", $"{name}: data are stable while they wait", waited & ~Expression.Equal(data, before));
    }

    public PropertyHarness Build()
    {
        if (_lemmas.Count == 0)
        {
            foreach (var (property, broken) in _claims)
            {
                M.Output(property.Output, broken);
            }

            return new(_part, new(M.Build()), [.. _claims.Select(c => c.Property)]);
        }

        var lemmas = M.Wire("lemmas_hold", Expression.ReduceAnd(Expression.Concat([.. _lemmas])));
        var properties = new List<Property>();
        foreach (var (property, broken) in _claims)
        {
            properties.Add(property with { Alone = $"{property.Output}_alone" });
            var alone = M.Wire($"{property.Output}_wire", broken);
            M.Output(properties[^1].Alone, alone);
            M.Output(property.Output, alone | ~lemmas);
        }

        return new(_part, new(M.Build()), [.. properties]);
    }
}
