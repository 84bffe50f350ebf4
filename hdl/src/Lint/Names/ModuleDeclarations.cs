using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Lint;

/// <summary>Enters declared names into scopes; uses are resolved afterwards, as names may be used before they are declared.</summary>
internal sealed class ModuleDeclarations(LintSources sources, List<LintSymbol> symbols, Action<SyntaxNode, LintScope> addScope)
{
    /// <summary>The ports of a header; a port without direction and type takes those of the one before it.</summary>
    public void DeclareHeader(EquatableArray<ItemSyntax> ports, LintScope scope)
    {
        PortDeclarationSyntax? before = null;
        foreach (var port in ports.OfType<PortDeclarationSyntax>())
        {
            var full = port is { Direction: null, NetType: null, Type: null } && before is not null
                ? before with { Declarators = port.Declarators }
                : sources.IsInterface(port) ? port : port with { Direction = port.Direction ?? before?.Direction };
            Declare(full, scope);
            before = full;
        }
    }

    public void Declare(IEnumerable<ItemSyntax> items, LintScope scope)
    {
        foreach (var item in items)
        {
            Declare(item, scope);
        }
    }

    private void Declare(ItemSyntax item, LintScope scope)
    {
        switch (item)
        {
            case ParameterDeclarationSyntax p:
                Add(p.Declarators, p.IsLocal ? SymbolKind.LocalParameter : SymbolKind.Parameter, p.Type, null, scope);
                break;
            case TypeParameterSyntax t:
                // An instance may choose another type, so only a local one is known.
                Add(t.Name, SymbolKind.Type, t.Origin, scope).Type = t.IsLocal ? t.Default : null;
                break;
            case TypedefSyntax t:
                var named = Add(t.Name, SymbolKind.Type, t.Origin, scope);
                (named.Type, named.Unpacked) = (t.Type, t.Dimensions);
                DeclareMembers(t.Type, scope);
                break;
            case NetDeclarationSyntax n:
                Add(n.Declarators, SymbolKind.Net, n.Type, n.NetType, scope);
                DeclareMembers(n.Type, scope);
                break;
            case VariableDeclarationSyntax v:
                Add(v.Declarators, SymbolKind.Variable, v.Type, null, scope);
                DeclareMembers(v.Type, scope);
                break;
            case PortDeclarationSyntax p when sources.IsInterface(p):
                Add(p.Declarators, SymbolKind.Instance, p.Type, null, scope);
                break;
            case PortDeclarationSyntax p:
                var kind = p.Direction switch { "input" => SymbolKind.Input, "output" => SymbolKind.Output, _ => SymbolKind.Inout };
                Add(p.Declarators, kind, p.Type, p.NetType, scope);
                DeclareMembers(p.Type, scope);
                break;
            case GenvarSyntax g:
                foreach (var name in g.Names)
                {
                    Add(name, SymbolKind.Genvar, g.Origin, scope);
                }

                break;
            case ImportSyntax i when sources.Package(i.Package) is { } package:
                scope.Import(package, i.Name);
                break;
            case InstantiationSyntax i:
                foreach (var instance in i.Instances)
                {
                    Add(instance.Name, SymbolKind.Instance, instance.Origin, scope);
                }

                break;
            case FunctionSyntax f:
                Add(f.Name, SymbolKind.Subroutine, f.Origin, scope).Type = f.ReturnType;
                DeclareSubroutine(f, f.Name, f.Ports, f.Declarations, f.Statements, scope);
                break;
            case TaskSyntax t:
                Add(t.Name, SymbolKind.Subroutine, t.Origin, scope);
                DeclareSubroutine(t, t.Name, t.Ports, t.Declarations, t.Statements, scope);
                break;
            case ProcessSyntax p:
                DeclareBlocks([p.Body], scope);
                break;
            case GenerateRegionSyntax g:
                Declare(g.Items, scope);
                break;
            case GenerateBlockSyntax g:
                DeclareBlock(g, scope);
                break;
            case GenerateForSyntax g:
                var loop = new LintScope("", scope);
                addScope(g, loop);
                if (g.DeclaresGenvar)
                {
                    Add(g.Genvar, SymbolKind.Genvar, g.Origin, loop);
                }

                DeclareBlock(g.Body, loop);
                break;
            case GenerateIfSyntax g:
                DeclareBlock(g.Then, scope);
                if (g.Else is not null)
                {
                    DeclareBlock(g.Else, scope);
                }

                break;
            case GenerateCaseSyntax g:
                foreach (var arm in g.Items)
                {
                    DeclareBlock(arm.Body, scope);
                }

                break;
        }
    }

    private void DeclareBlock(GenerateBlockSyntax block, LintScope scope)
    {
        var inner = new LintScope(block.Name ?? "", scope);
        addScope(block, inner);
        Declare(block.Items, inner);
    }

    private void DeclareSubroutine(
        SyntaxNode node, string name, EquatableArray<PortDeclarationSyntax>? ports, EquatableArray<ItemSyntax> declarations,
        EquatableArray<StatementSyntax> statements, LintScope scope)
    {
        var inner = new LintScope(name, scope, isProcedural: true);
        addScope(node, inner);
        if (ports is { } header)
        {
            DeclareHeader([.. header], inner);
        }

        Declare(declarations, inner);
        DeclareBlocks(statements, inner);
    }

    private void DeclareBlocks(IEnumerable<StatementSyntax> statements, LintScope scope)
    {
        foreach (var statement in statements)
        {
            var inner = scope;
            switch (statement)
            {
                case BlockSyntax block:
                    inner = new(block.Name ?? "", scope, isProcedural: true);
                    addScope(block, inner);
                    Declare(block.Declarations, inner);
                    break;
                case ForSyntax { Initial: [DeclarationStatementSyntax head] } loop:
                    inner = new("", scope, isProcedural: true);
                    addScope(loop, inner);
                    Declare([head.Declaration], inner);
                    break;
                case ForeachSyntax each:
                    inner = new("", scope, isProcedural: true);
                    addScope(each, inner);
                    foreach (var name in each.Names.OfType<string>())
                    {
                        Add(name, SymbolKind.Variable, each.Origin, inner).Type = new KeywordTypeSyntax("int", null);
                    }

                    break;
            }

            DeclareBlocks(Statements.Inner(statement), inner);
        }
    }

    private void DeclareMembers(DataTypeSyntax? type, LintScope scope)
    {
        if (type is StructTypeSyntax structure)
        {
            foreach (var member in structure.Members)
            {
                DeclareMembers(member.Type, scope);
            }
        }

        if (type is not EnumTypeSyntax enumeration)
        {
            return;
        }

        LintSymbol? before = null;
        foreach (var member in enumeration.Members)
        {
            var symbol = Add(member.Name, SymbolKind.EnumMember, member.Origin, scope);
            (symbol.Value, symbol.Previous, symbol.Type) = (member.Value, before, enumeration.Base ?? new KeywordTypeSyntax("int", null));
            before = symbol;
        }
    }

    private void Add(EquatableArray<DeclaratorSyntax> declarators, SymbolKind kind, DataTypeSyntax? type, string? netType, LintScope scope)
    {
        foreach (var declarator in declarators)
        {
            var isNew = !scope.TryFindOwn(declarator.Name, out var symbol);
            symbol ??= Add(declarator.Name, kind, declarator.Origin, scope);
            if (!isNew && !symbol.IsPort)
            {
                // Declared twice: an error that the binder reports.
                continue;
            }

            // The body says more of a port than the header, or 'reg q' more than 'output q'.
            symbol.Kind = isNew || kind is SymbolKind.Input or SymbolKind.Output or SymbolKind.Inout ? kind : symbol.Kind;
            symbol.Type = type is VectorTypeSyntax { Keyword: "", Signed: null, Packed.Count: 0 } ? symbol.Type : type ?? symbol.Type;
            symbol.NetType = netType ?? symbol.NetType;
            symbol.Unpacked = declarator.Dimensions.Count > 0 ? declarator.Dimensions : symbol.Unpacked;
            symbol.Value = declarator.Value ?? symbol.Value;
        }
    }

    private LintSymbol Add(string name, SymbolKind kind, Origin origin, LintScope scope)
    {
        var symbol = new LintSymbol(name, kind, scope, origin);
        scope.Add(symbol);
        symbols.Add(symbol);
        return symbol;
    }
}
