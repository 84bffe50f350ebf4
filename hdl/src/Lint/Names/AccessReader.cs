using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Lint;

/// <summary>What stands around a use of a name.</summary>
internal readonly record struct AccessContext(
    LintScope Scope, AccessRole Role, object? Driver, LintProcess? Process, GenerateBranch? Branch)
{
    /// <summary>Whether a write here may go to any bits, as with one of several drivers that take turns.</summary>
    public bool Unknowns { get; init; }
}

/// <summary>Notes the uses of names in expressions and statements.</summary>
internal sealed class AccessReader(LintModule module)
{
    public void ReadType(DataTypeSyntax? type, AccessContext here)
    {
        switch (type)
        {
            case VectorTypeSyntax t:
                ReadDimensions(t.Packed, here);
                break;
            case NamedTypeSyntax t:
                ReadDimensions(t.Packed, here);
                break;
            case EnumTypeSyntax t:
                ReadType(t.Base, here);
                foreach (var value in t.Members.Select(m => m.Value).OfType<ExpressionSyntax>())
                {
                    Read(value, here);
                }

                break;
            case StructTypeSyntax t:
                foreach (var member in t.Members)
                {
                    ReadType(member.Type, here);
                    foreach (var declarator in member.Declarators)
                    {
                        ReadDimensions(declarator.Dimensions, here);
                    }
                }

                break;
            case TypeOfSyntax t:
                Read(t.Operand, here);
                break;
        }
    }

    public void ReadDimensions(EquatableArray<DimensionSyntax> dimensions, AccessContext here)
    {
        foreach (var dimension in dimensions)
        {
            Read(dimension.Left, here with { Role = AccessRole.Declaration });
            if (dimension.Right is not null)
            {
                Read(dimension.Right, here with { Role = AccessRole.Declaration });
            }
        }
    }

    public void Read(ExpressionSyntax expression, AccessContext here)
    {
        var open = new Stack<ExpressionSyntax>([expression]);
        while (open.TryPop(out var next))
        {
            switch (next)
            {
                case NameSyntax or IndexSyntax or PartSelectSyntax or MemberSyntax when ExpressionParts.Root(next) is { } root:
                    Note(next, root, here, isWrite: false);
                    foreach (var index in Indices(next))
                    {
                        open.Push(index);
                    }

                    break;
                case CallSyntax call:
                    ReadCall(call, here);
                    break;
                case TypeExpressionSyntax type:
                    ReadType(type.Type, here);
                    break;
                case ScopedNameSyntax scoped when module.Sources.Package(scoped.Package) is { } package
                    && package.TryFindOwn(scoped.Name, out var symbol):
                    Add(symbol, Extent.All, next.Origin, here, isWrite: false);
                    break;
                // The key of a pattern is a member's name, unless it is an index.
                case AssignmentPatternSyntax pattern:
                    foreach (var item in pattern.Items)
                    {
                        open.Push(item.Value);
                    }

                    break;
                default:
                    foreach (var inner in ExpressionParts.Inner(next))
                    {
                        open.Push(inner);
                    }

                    break;
            }
        }
    }

    public void Write(ExpressionSyntax target, AccessContext here, AccessRole role)
    {
        switch (target)
        {
            case ParenthesisSyntax p:
                Write(p.Operand, here, role);
                break;
            case ConcatenationSyntax c:
                WriteAll(c.Parts, here, role);
                break;
            case StreamSyntax s:
                WriteAll(s.Parts, here, role);
                break;
            case AssignmentPatternSyntax p:
                WriteAll(p.Items.Select(i => i.Value), here, role);
                break;
            default:
                if (ExpressionParts.Root(target) is { } root)
                {
                    Note(target, root, here with { Role = role }, isWrite: true);
                    foreach (var index in Indices(target))
                    {
                        Read(index, here with { Role = AccessRole.Value });
                    }
                }

                break;
        }
    }

    public void ReadProcess(LintProcess process, GenerateBranch? branch, bool unknowns)
    {
        var here = new AccessContext(process.Scope, AccessRole.Value, process, process, branch) { Unknowns = unknowns };
        foreach (var term in process.Control?.Terms ?? [])
        {
            Read(term.Signal, here with { Role = AccessRole.Event });
        }

        ReadStatement(process.Body, here);
    }

    public void ReadStatement(StatementSyntax statement, AccessContext here)
    {
        here = here with { Scope = module.ScopeOf(statement, here.Scope) };
        switch (statement)
        {
            case AssignmentSyntax a:
                Read(a.Value, here);
                if (a.Operator is not ("=" or "<="))
                {
                    Read(a.Target, here);
                }

                Write(a.Target, here, a.Operator == "<=" ? AccessRole.NonBlocking : AccessRole.Blocking);
                break;
            case IncrementSyntax i:
                Read(i.Target, here);
                Write(i.Target, here, AccessRole.Blocking);
                break;
            case ProceduralAssignSyntax p:
                Write(p.Target, here with { Unknowns = true }, AccessRole.Blocking);
                break;
            case DeclarationStatementSyntax d:
                ReadDeclarators(d.Declaration.Declarators, here);
                break;
            case BlockSyntax b:
                foreach (var variable in b.Declarations.OfType<VariableDeclarationSyntax>())
                {
                    ReadType(variable.Type, here);
                    ReadDeclarators(variable.Declarators, here);
                }

                foreach (var parameter in b.Declarations.OfType<ParameterDeclarationSyntax>())
                {
                    ReadDeclarators(parameter.Declarators, here);
                }

                break;
            case CallStatementSyntax { Call: CallSyntax call }:
                ReadCall(call, here);
                break;
            case CallStatementSyntax c:
                Read(c.Call, here);
                break;
            case SystemTaskSyntax t:
                ReadSystemTask(t, here);
                break;
        }

        foreach (var value in Statements.Values(statement))
        {
            Read(value, here);
        }

        foreach (var inner in Statements.Inner(statement))
        {
            ReadStatement(inner, here);
        }
    }

    /// <summary>Verilog makes a wire of a name that nothing declares where it is connected or assigned.</summary>
    public void ImplyNets(ExpressionSyntax expression, LintScope scope)
    {
        if (module.Syntax.DefaultNetType == "none")
        {
            return;
        }

        var inside = ExpressionParts.Within(expression).ToList();

        // What a hierarchical name begins with is a block or an instance.
        var hierarchical = inside.OfType<MemberSyntax>().Select(ExpressionParts.Root).OfType<SyntaxNode>().ToHashSet(ReferenceEqualityComparer.Instance);
        foreach (var name in inside.OfType<NameSyntax>().Where(n => scope.Find(n.Name) is null && !hierarchical.Contains(n)))
        {
            var symbol = new LintSymbol(name.Name, SymbolKind.Net, module.Scope, name.Origin) { IsImplicit = true, NetType = "wire" };
            module.Scope.Add(symbol);
            module.Symbols.Add(symbol);
        }
    }

    private void WriteAll(IEnumerable<ExpressionSyntax> targets, AccessContext here, AccessRole role)
    {
        foreach (var target in targets)
        {
            Write(target, here, role);
        }
    }

    private void ReadDeclarators(EquatableArray<DeclaratorSyntax> declarators, AccessContext here)
    {
        foreach (var declarator in declarators)
        {
            ReadDimensions(declarator.Dimensions, here);
            if (declarator.Value is not null)
            {
                Read(declarator.Value, here);
            }
        }
    }

    private void ReadCall(CallSyntax call, AccessContext here)
    {
        Read(call.Function, here);
        var directions = Subroutine(call.Function, here.Scope);
        for (var i = 0; i < call.Arguments.Count; i++)
        {
            var argument = call.Arguments[i];
            if (argument.Value is null)
            {
                continue;
            }

            var direction = directions is null ? "input"
                : argument.Name is not null ? directions.FirstOrDefault(d => d.Name == argument.Name)?.Direction
                : i < directions.Count ? directions[i].Direction : "input";
            if (direction is not "output")
            {
                Read(argument.Value, here);
            }

            if (direction is "output" or "inout" or "ref")
            {
                Write(argument.Value, here, AccessRole.Blocking);
            }
        }
    }

    /// <summary>The ports of a function or task of this module; null when it is another's.</summary>
    private List<LintPort>? Subroutine(ExpressionSyntax function, LintScope scope)
    {
        if (function is not NameSyntax name || scope.Find(name.Name) is not { Kind: SymbolKind.Subroutine } symbol)
        {
            return null;
        }

        return module.SubroutinePorts(symbol);
    }

    private void ReadSystemTask(SystemTaskSyntax task, AccessContext here)
    {
        foreach (var value in task.Arguments.Select(a => a.Value).OfType<ExpressionSyntax>())
        {
            Read(value, here);
            if (task.Name is "$readmemh" or "$readmemb" or "$fread" or "$fgets" or "$fscanf" or "$sscanf" or "$value$plusargs")
            {
                Write(value, here with { Unknowns = true }, AccessRole.Blocking);
            }
        }
    }

    private static IEnumerable<ExpressionSyntax> Indices(ExpressionSyntax access)
    {
        while (true)
        {
            switch (access)
            {
                case IndexSyntax i:
                    yield return i.Index;
                    access = i.Operand;
                    break;
                case PartSelectSyntax p:
                    yield return p.Left;
                    yield return p.Right;
                    access = p.Operand;
                    break;
                case MemberSyntax m:
                    access = m.Operand;
                    break;
                default:
                    yield break;
            }
        }
    }

    private void Note(ExpressionSyntax access, NameSyntax root, AccessContext here, bool isWrite)
    {
        var symbol = here.Scope.Find(root.Name);
        if (access is MemberSyntax or IndexSyntax or PartSelectSyntax && symbol is not { IsSignal: true })
        {
            // A hierarchical name: what it ends with is used from outside of its module.
            for (var e = access; e is not NameSyntax; e = Operand(e))
            {
                if (e is MemberSyntax member)
                {
                    module.Sources.UsedFromOutside.Add(member.Name);
                }
            }
        }

        if (symbol is not null)
        {
            var extent = here.Unknowns ? Extent.Some : Extents.Of(access, symbol, module.Constants, here.Scope);
            Add(symbol, extent, access.Origin, here, isWrite);
        }
    }

    private static ExpressionSyntax Operand(ExpressionSyntax access) => access switch
    {
        IndexSyntax i => i.Operand,
        PartSelectSyntax p => p.Operand,
        _ => ((MemberSyntax)access).Operand,
    };

    private static void Add(LintSymbol symbol, Extent extent, Origin origin, AccessContext here, bool isWrite) =>
        symbol.Accesses.Add(new(symbol, isWrite, here.Role, extent, origin, here.Driver, here.Process, here.Branch));
}
