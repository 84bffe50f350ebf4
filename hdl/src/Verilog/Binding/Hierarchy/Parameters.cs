using HwSeed.Hdl.Verilog.Binding.Names;
using HwSeed.Hdl.Verilog.Binding.Types;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Binding.Hierarchy;

/// <summary>What an instance gives to a parameter: a value or a type.</summary>
internal sealed record ParameterValue(ConstantValue? Value, DataType? Type, SyntaxNode Where);

/// <summary>The parameters of a module: those that an instance may set, in order.</summary>
internal sealed class Parameters(BindingContext context, ModuleSyntax module)
{
    /// <summary>Items that declare parameters which an instance may set.</summary>
    private readonly List<(ItemSyntax Item, DeclaratorSyntax? Declarator, string Name)> _open = [.. Open(module)];

    public IReadOnlyList<string> Names => [.. _open.Select(p => p.Name)];

    /// <summary>Whether an item of the body declares a parameter that <see cref="Declare"/> has declared.</summary>
    public bool Declares(ItemSyntax item) => _open.Any(p => ReferenceEquals(p.Item, item));

    /// <summary>The values of an instance's list of parameters, in the scope of the instance.</summary>
    public Dictionary<string, ParameterValue> Given(EquatableArray<ConnectionSyntax> list, Scope scope)
    {
        var given = new Dictionary<string, ParameterValue>();
        for (var i = 0; i < list.Count; i++)
        {
            var (name, value) = list[i] switch
            {
                NamedConnectionSyntax n => (n.Name, n.Value),
                PositionalConnectionSyntax p when i < _open.Count => (_open[i].Name, p.Value),
                _ => throw new BindingException(BindingDiagnostics.TooManyConnections(module.Name, "parameters", _open.Count, list[i].Origin.Span)),
            };
            if (value is null && Names.Contains(name))
            {
                continue;
            }

            if (!given.TryAdd(name, Given(name, value, scope, list[i])))
            {
                throw new BindingException(BindingDiagnostics.ConnectedTwice(name, list[i].Origin.Span));
            }
        }

        return given;
    }

    /// <summary>The value that an instance gives to a parameter, in the scope of the instance.</summary>
    public ParameterValue Given(string name, ExpressionSyntax? value, Scope scope, SyntaxNode where)
    {
        var index = _open.FindIndex(p => p.Name == name);
        return index < 0 || value is null
            ? throw new BindingException(BindingDiagnostics.UnknownPort("parameter", module.Name, name, NameDistance.Nearest(name, Names), where.Origin.Span))
            : _open[index].Item is TypeParameterSyntax
                ? new ParameterValue(null, TypeOf(value, scope), value)
                : new ParameterValue(Value(value, scope, _open[index]), null, value);
    }

    /// <summary>Declares the parameters in the module's scope; gives the key of this set of values.</summary>
    public string Declare(Scope scope, IReadOnlyDictionary<string, ParameterValue> given)
    {
        // Types, functions and local parameters of the body too: the header and later parameters may use them.
        foreach (var item in module.Parameters.Concat(module.Items))
        {
            try
            {
                if (Declares(item))
                {
                    Open(item, scope, given);
                }
                else
                {
                    context.Declarations.TryDeclareCommon(item, scope);
                }
            }
            catch (BindingException e) when (!BindingDiagnostics.EndsAll(e.Diagnostic))
            {
                context.Report(e.Diagnostic);
            }
        }

        return string.Join(';', _open.Select(p => scope.Symbols.TryGetValue(p.Name, out var symbol) ? Key(symbol) : p.Name));
    }

    private void Open(ItemSyntax item, Scope scope, IReadOnlyDictionary<string, ParameterValue> given)
    {
        foreach (var (_, declarator, name) in _open.Where(o => ReferenceEquals(o.Item, item)))
        {
            var value = given.GetValueOrDefault(name);
            if (item is TypeParameterSyntax type)
            {
                context.Declarations.Declare(scope, new TypeSymbol(name, type, () =>
                    value?.Type ?? (type.Default is null
                        ? throw new BindingException(BindingDiagnostics.ParameterWithoutValue(name, type.Origin.Span))
                        : context.Types.Resolve(type.Default, scope))));
                continue;
            }

            var parameter = (ParameterDeclarationSyntax)item;
            context.Declarations.Parameter(
                parameter, declarator!, scope, value is null ? null : t => DeclarationBinder.Typed(parameter, Converted(value, t)));
        }
    }

    private static IEnumerable<(ItemSyntax, DeclaratorSyntax?, string)> Open(ModuleSyntax module)
    {
        // With a list in the header, parameters of the body are local.
        var items = module.Parameters.Count > 0 ? module.Parameters : module.Items;
        foreach (var item in items)
        {
            switch (item)
            {
                case ParameterDeclarationSyntax { IsLocal: false } p:
                    foreach (var declarator in p.Declarators)
                    {
                        yield return (p, declarator, declarator.Name);
                    }

                    break;
                case TypeParameterSyntax { IsLocal: false } t:
                    yield return (t, null, t.Name);
                    break;
            }
        }
    }

    private static ConstantValue Converted(ParameterValue given, DataType? type)
    {
        var value = given.Value!;
        if (type is null)
        {
            return value;
        }

        var bits = value.Type.Signed ? value.Bits.Signed : value.Bits.Unsigned;
        return new(new(bits, type.Width), type);
    }

    private static string Key(Symbol symbol) => symbol switch
    {
        ConstantSymbol { Value: var v } => $"{v.Bits}{(v.Type.Signed ? "s" : "")}{v.Real}",
        TypeSymbol { Type: var t } => TypeKey(t),
        _ => symbol.Name,
    };

    private static string TypeKey(DataType type) => type switch
    {
        VectorType v => $"v{v.Length}{v.IsSigned}{v.Range}",
        PackedArrayType p => $"p{p.Range}{p.IsSigned}({TypeKey(p.Element)})",
        UnpackedArrayType u => $"u{u.Range}({TypeKey(u.Element)})",
        EnumType e => $"e({TypeKey(e.Base)}){string.Join(',', e.Members.Select(m => $"{m.Name}={m.Value}"))}",
        StructType s => $"s{s.IsUnion}{s.IsSigned}({string.Join(',', s.Members.Select(m => $"{m.Name}:{TypeKey(m.Type)}"))})",
        _ => type.GetType().Name,
    };

    private ConstantValue Value(ExpressionSyntax value, Scope scope, (ItemSyntax Item, DeclaratorSyntax? Declarator, string Name) parameter)
    {
        // A pattern needs the type of the parameter, which must not depend on other parameters then.
        if (value is AssignmentPatternSyntax { Type: null } or PatternReplicationSyntax
            && parameter.Item is ParameterDeclarationSyntax { Type: { } typeSyntax })
        {
            var type = context.Types.Unpacked(context.Types.Resolve(typeSyntax, scope), parameter.Declarator!.Dimensions, scope);
            return context.Expressions.Constant(value, scope, type);
        }

        return context.Expressions.Constant(value, scope);
    }

    private DataType TypeOf(ExpressionSyntax value, Scope scope) => value switch
    {
        TypeExpressionSyntax t => context.Types.Resolve(t.Type, scope),
        NameSyntax n when context.Types.Find(null, n.Name, scope, n) is { } type => type.Type,
        ScopedNameSyntax s when context.Types.Find(s.Package, s.Name, scope, s) is { } type => type.Type,
        _ => throw new BindingException(BindingDiagnostics.WrongKind("this", "value", "a type", value.Origin.Span)),
    };
}
