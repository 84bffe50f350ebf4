using HwSeed.Hdl.Verilog.Grammar;
using HwSeed.Hdl.Verilog.Preprocessing;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Trees;

internal sealed partial class TreeBuilder
{
    // What stands before a name, and the name.
    private readonly record struct Typed(DataTypeSyntax? Type, ExpressionSyntax? Delay, DeclaratorSyntax Declarator);

    private Typed TypedDeclarator(VerilogGrammar.TypedDeclaratorContext context)
    {
        DataTypeSyntax? type = null;
        if (context.keywordType() is { } keyword)
        {
            type = KeywordType(keyword);
        }
        else if (context.scopedName() is { } name)
        {
            if (context.declarator() is null)
            {
                if (name.ChildCount > 1)
                {
                    Report(VerilogDiagnostics.MalformedDeclaration(Start(name), "a declared name has no package"));
                }

                return new(null, null, new(name.Start.Text, Dimensions(context.dimension()), Value(context.expression())) { Origin = At(context) });
            }

            type = context.DOT() is null ? NamedType(name, context.dimension()) : InterfaceType(context);
        }
        else if (context.signing() is not null || context.dimension().Length > 0)
        {
            type = new VectorTypeSyntax("", Signed(context.signing()), Dimensions(context.dimension()))
            {
                Origin = At(Start(context), (VerilogToken)(context.dimension() is [.., var last] ? last.Stop : context.Start)),
            };
        }

        return new(type, context.delay() is { } delay ? Delay(delay) : null, Declarator(context.declarator()));
    }

    // 'bus_if.slave': an interface with its modport.
    private InterfaceTypeSyntax InterfaceType(VerilogGrammar.TypedDeclaratorContext context)
    {
        var (name, modport) = (context.scopedName(), Token(context.IDENTIFIER()));
        if (context.Parent is not VerilogGrammar.PortContext { Parent.Parent: VerilogGrammar.ModuleHeadContext })
        {
            Report(VerilogDiagnostics.MalformedDeclaration(modport, "an interface with its modport is the type of a port in the header of a module"));
        }

        if (context.dimension().Length > 0)
        {
            Report(VerilogDiagnostics.MalformedDeclaration(Start(context.dimension(0)), "an interface has no dimensions before its modport"));
        }

        return new(name.Start.Text, modport.Text) { Origin = At(Start(name), modport) };
    }

    // A declaration without a delay, which only nets have.
    private Typed Undelayed(VerilogGrammar.TypedDeclaratorContext context)
    {
        var typed = TypedDeclarator(context);
        if (context.delay() is { } delay)
        {
            Report(VerilogDiagnostics.MalformedDeclaration(Start(delay), "only nets have a delay in their declaration"));
        }

        return typed;
    }

    private ExpressionSyntax? Value(VerilogGrammar.ExpressionContext? context) => context is null ? null : Expression(context);

    private DeclaratorSyntax Declarator(VerilogGrammar.DeclaratorContext context) =>
        new(Text(context.IDENTIFIER()), Dimensions(context.dimension()), Value(context.expression())) { Origin = At(context) };

    private EquatableArray<DeclaratorSyntax> Declarators(DeclaratorSyntax first, VerilogGrammar.DeclaratorContext[] rest) =>
        rest.Length == 0 ? [first] : [first, .. rest.Select(Declarator)];

    private EquatableArray<DimensionSyntax> Dimensions(VerilogGrammar.DimensionContext[] contexts) =>
        contexts.Length == 0 ? [] : [.. contexts.Select(Dimension)];

    private DimensionSyntax Dimension(VerilogGrammar.DimensionContext context)
    {
        var left = Expression(context.expression(0));
        if (left is TypeExpressionSyntax { Type: KeywordTypeSyntax or VectorTypeSyntax } && context.expression(1) is null)
        {
            Report(VerilogDiagnostics.Unsupported(Start(context.expression(0)), "associative array"));
        }

        return new(left, Value(context.expression(1))) { Origin = At(context) };
    }

    private static bool? Signed(VerilogGrammar.SigningContext? context) =>
        context is null ? null : context.Start.Type == VerilogGrammar.SIGNED;

    private NamedTypeSyntax NamedType(VerilogGrammar.ScopedNameContext name, VerilogGrammar.DimensionContext[] dimensions) =>
        new(name.ChildCount > 1 ? name.Start.Text : null, name.Stop.Text, Dimensions(dimensions))
        {
            Origin = dimensions.Length == 0 ? At(name) : At(Start(name), (VerilogToken)dimensions[^1].Stop),
        };

    private TypeOfSyntax TypeOf(VerilogGrammar.TypeOfContext context) => new(Expression(context.expression())) { Origin = At(context) };

    private DataTypeSyntax DataType(VerilogGrammar.DataTypeContext context) =>
        context.keywordType() is { } keyword ? KeywordType(keyword)
        : context.typeOf() is { } typeOf ? TypeOf(typeOf)
        : NamedType(context.scopedName(), context.dimension());

    private DataTypeSyntax KeywordType(VerilogGrammar.KeywordTypeContext context)
    {
        DataTypeSyntax type;
        var signed = Signed(context.signing());
        if (context.vectorKeyword() is { } vector)
        {
            type = new VectorTypeSyntax(vector.Start.Text, signed, Dimensions(context.dimension()));
        }
        else if (context.atomKeyword() is { } atom)
        {
            type = new KeywordTypeSyntax(atom.Start.Text, signed);
        }
        else if (context.ENUM() is not null)
        {
            var members = context.enumMember().Select(m => Part(m, () => new EnumMemberSyntax(
                Text(m.IDENTIFIER()), m.dimension() is { } count ? Dimension(count) : null, Value(m.expression()))));
            type = new EnumTypeSyntax(
                context.enumBase() is { } enumBase ? EnumBase(enumBase) : null, [.. members], Dimensions(context.dimension()));
        }
        else
        {
            var members = context.structMember().Select(m => Part(
                m, () => new StructMemberSyntax(DataType(m.dataType()), [.. m.declarator().Select(Declarator)])));
            type = new StructTypeSyntax(
                context.UNION() is not null, context.PACKED() is not null, signed, [.. members], Dimensions(context.dimension()));
        }

        return type with { Origin = At(context) };
    }

    private DataTypeSyntax EnumBase(VerilogGrammar.EnumBaseContext context)
    {
        var dimensions = context.dimension();
        if (context.scopedName() is { } name)
        {
            return NamedType(name, dimensions);
        }

        return context.atomKeyword() is { } atom
            ? new KeywordTypeSyntax(atom.Start.Text, Signed(context.signing())) { Origin = At(context) }
            : new VectorTypeSyntax(context.vectorKeyword()?.Start.Text ?? "", Signed(context.signing()), Dimensions(dimensions)) { Origin = At(context) };
    }

    private NetDeclarationSyntax Net(VerilogGrammar.NetItemContext context)
    {
        var typed = TypedDeclarator(context.typedDeclarator());
        return new(
            context.netType().Start.Text, typed.Type ?? new VectorTypeSyntax("", null, []) { Origin = At(context.netType()) },
            typed.Delay, Declarators(typed.Declarator, context.declarator()));
    }

    private VariableDeclarationSyntax Variable(VerilogGrammar.VariableItemContext context)
    {
        string[] order = ["const", "var", "static", "automatic"];
        if (context.typedDeclarator() is { } typedContext)
        {
            var typed = Undelayed(typedContext);
            var modifiers = context.modifier().Select(m => m.Start.Text).Distinct().OrderBy(m => Array.IndexOf(order, m)).ToList();
            if (typed.Type is null && !modifiers.Contains("var"))
            {
                Report(VerilogDiagnostics.MalformedDeclaration(Start(context), $"a type or 'var' must follow {Start(context).Shown}"));
            }

            return new(
                [.. modifiers], typed.Type ?? new VectorTypeSyntax("", null, []) { Origin = At(Start(context), Start(context)) },
                Declarators(typed.Declarator, context.declarator()));
        }

        DataTypeSyntax type = context.keywordType() is { } keyword ? KeywordType(keyword) : TypeOf(context.typeOf());
        return new([], type, [.. context.declarator().Select(Declarator)]);
    }

    private IEnumerable<ItemSyntax> Parameters(VerilogGrammar.ParameterItemContext context)
    {
        var isLocal = context.Start.Type == VerilogGrammar.LOCALPARAM;
        if (context.typedDeclarator() is not { } typedContext)
        {
            return context.typeAssignment().Select(t => TypeParameter(t, isLocal, true));
        }

        var typed = Undelayed(typedContext);
        return [new ParameterDeclarationSyntax(isLocal, true, typed.Type, Declarators(typed.Declarator, context.declarator()))];
    }

    private TypeParameterSyntax TypeParameter(VerilogGrammar.TypeAssignmentContext context, bool isLocal, bool hasKeyword) =>
        new(isLocal, hasKeyword, Text(context.IDENTIFIER()), context.dataType() is { } type ? DataType(type) : null) { Origin = At(context) };

    private EquatableArray<ItemSyntax> HeaderParameters(VerilogGrammar.HeaderParametersContext? context)
    {
        if (context is null)
        {
            return [];
        }

        var parameters = new List<ItemSyntax>();
        var isLocal = false;
        foreach (var parameter in context.headerParameter())
        {
            var hasKeyword = parameter.PARAMETER() is not null || parameter.LOCALPARAM() is not null;
            isLocal = hasKeyword ? parameter.LOCALPARAM() is not null : isLocal;
            parameters.Add(Part<ItemSyntax>(parameter, () =>
            {
                if (parameter.typeAssignment() is { } type)
                {
                    return TypeParameter(type, isLocal, hasKeyword);
                }

                var typed = Undelayed(parameter.typedDeclarator());
                return new ParameterDeclarationSyntax(isLocal, hasKeyword, typed.Type, [typed.Declarator]);
            }));
        }

        return [.. parameters];
    }

    // The ports of a module's header: declarations when any of them has more than a name, else references.
    private EquatableArray<ItemSyntax> HeaderPorts(VerilogGrammar.PortListContext? context)
    {
        if (context is null || context.port() is [{ ChildCount: 0 }])
        {
            return [];
        }

        var ports = context.port();
        if (ports is [_, .., { ChildCount: 0 }] && Array.Exists(ports, IsDeclaration))
        {
            Report(VerilogDiagnostics.CommaAtEnd(Token(context.COMMA()[^1]).Span));
            ports = ports[..^1];
        }

        return Array.Exists(ports, IsDeclaration)
            ? [.. ports.Select(p => Part<ItemSyntax>(p, () => PortDeclaration(p)))]
            : [.. ports.Select(p => Part<ItemSyntax>(p, () => PortReference(p)))];
    }

    private EquatableArray<PortDeclarationSyntax>? Ports(VerilogGrammar.PortListContext? context) =>
        context is null ? null : context.port() is [{ ChildCount: 0 }] ? []
            : [.. context.port().Select(p => Part(p, () => PortDeclaration(p)))];

    private static bool IsDeclaration(VerilogGrammar.PortContext port) =>
        port.interfacePort() is not null || port.direction() is not null || port.netType() is not null || port.VAR() is not null
        || (port.typedDeclarator() is { } typed && (typed.declarator() is not null || typed.expression() is not null));

    private PortDeclarationSyntax PortDeclaration(VerilogGrammar.PortContext context)
    {
        if (context.interfacePort() is { } any)
        {
            var type = new InterfaceTypeSyntax(null, any.IDENTIFIER()?.GetText()) { Origin = At(any) };
            return new(null, null, type, [Declarator(any.declarator())]) { Attributes = Attributes(context.attribute()) };
        }

        if (context.typedDeclarator() is not { } typedContext)
        {
            Report(VerilogDiagnostics.MalformedDeclaration(Start(context), "ports with a type and ports by reference in one header"));
            return new(null, null, null, []);
        }

        var typed = Undelayed(typedContext);
        var direction = context.direction() is { } words ? string.Join(' ', words.children.Select(c => c.GetText())) : null;
        return new(direction, context.netType()?.Start.Text ?? context.VAR()?.GetText(), typed.Type, [typed.Declarator])
        {
            Attributes = Attributes(context.attribute()),
        };
    }

    private PortReferenceSyntax PortReference(VerilogGrammar.PortContext context)
    {
        var attributes = Attributes(context.attribute());
        if (context.IDENTIFIER() is { } name)
        {
            if (context.expression() is null)
            {
                Report(VerilogDiagnostics.Unsupported(Start(context), "a port that connects to nothing"));
            }

            return new(Text(name), Value(context.expression())) { Attributes = attributes };
        }

        if (context.concatenation() is { } concatenation)
        {
            return new(null, Concatenation(concatenation)) { Attributes = attributes };
        }

        if (context.typedDeclarator()?.scopedName() is not { } simple)
        {
            return new(null, null) { Attributes = attributes };
        }

        var dimensions = Dimensions(context.typedDeclarator().dimension());
        if (dimensions.Count == 0)
        {
            return new(simple.Start.Text, null) { Attributes = attributes };
        }

        ExpressionSyntax selected = ScopedName(simple);
        foreach (var dimension in dimensions)
        {
            selected = dimension.Right is null
                ? new IndexSyntax(selected, dimension.Left) { Origin = At(context) }
                : new PartSelectSyntax(selected, ":", dimension.Left, dimension.Right) { Origin = At(context) };
        }

        return new(null, selected) { Attributes = attributes };
    }

    private PortDeclarationSyntax BodyPort(VerilogGrammar.PortItemContext context)
    {
        var typed = Undelayed(context.typedDeclarator());
        return new(
            context.portDirection().Start.Text, context.netType()?.Start.Text ?? context.VAR()?.GetText(), typed.Type,
            Declarators(typed.Declarator, context.declarator()));
    }
}
