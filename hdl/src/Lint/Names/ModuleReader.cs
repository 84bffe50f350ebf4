using System.Numerics;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Lint;

/// <summary>Resolves the names of a module and notes every use.</summary>
internal sealed class ModuleReader
{
    private readonly LintModule _module;
    private readonly AccessReader _accesses;
    private int _dead;

    private ModuleReader(LintModule module) => (_module, _accesses) = (module, new(module));

    public static LintModule Read(ModuleSyntax syntax, LintSources sources, IReadOnlyDictionary<string, BigInteger> parameters)
    {
        var scope = new LintScope(syntax.Name, sources.Unit);
        var module = new LintModule(syntax, scope, sources, new(parameters, scope));
        var declarations = new ModuleDeclarations(sources, module.Symbols, module.Add);
        declarations.Declare(syntax.Imports, scope);
        declarations.Declare(syntax.Parameters, scope);
        declarations.DeclareHeader(syntax.Ports, scope);
        declarations.Declare(syntax.Items, scope);
        var reader = new ModuleReader(module);
        reader.ReadItems(syntax.Parameters, scope, null);
        reader.ReadItems(syntax.Ports, scope, null);
        reader.ReadItems(syntax.Items, scope, null);
        return module;
    }

    private void ReadItems(IEnumerable<ItemSyntax> items, LintScope scope, GenerateBranch? branch)
    {
        foreach (var item in items)
        {
            Read(item, scope, branch);
        }
    }

    private void Read(ItemSyntax item, LintScope scope, GenerateBranch? branch)
    {
        var here = new AccessContext(scope, AccessRole.Declaration, null, null, branch) { Unknowns = _dead > 0 };
        switch (item)
        {
            case ParameterDeclarationSyntax p:
                _accesses.ReadType(p.Type, here);
                ReadDeclarators(p.Declarators, here, drives: false);
                break;
            case TypeParameterSyntax t:
                _accesses.ReadType(t.Default, here);
                break;
            case TypedefSyntax t:
                _accesses.ReadType(t.Type, here);
                _accesses.ReadDimensions(t.Dimensions, here);
                break;
            case NetDeclarationSyntax n:
                _accesses.ReadType(n.Type, here);
                ReadDeclarators(n.Declarators, here, drives: true);
                break;
            case VariableDeclarationSyntax v:
                _accesses.ReadType(v.Type, here);
                ReadDeclarators(v.Declarators, here, drives: false);
                break;
            case PortDeclarationSyntax p:
                _accesses.ReadType(p.Type, here);
                ReadDeclarators(p.Declarators, here, drives: false);
                break;
            case PortReferenceSyntax { Expression: { } expression }:
                _accesses.Read(expression, here with { Role = AccessRole.Connection });
                break;
            case ContinuousAssignSyntax a:
                foreach (var assignment in a.Assignments)
                {
                    ReadAssignment(assignment.Target, assignment.Value, assignment, here);
                }

                break;
            case ProcessSyntax p:
                var process = new LintProcess(p, scope);
                if (_dead == 0)
                {
                    _module.Processes.Add(process);
                }

                _accesses.ReadProcess(process, branch, _dead > 0);
                break;
            case FunctionSyntax f:
                _accesses.ReadType(f.ReturnType, here);
                ReadSubroutine(f, f.Ports, f.Declarations, f.Statements, scope, branch);
                break;
            case TaskSyntax t:
                ReadSubroutine(t, t.Ports, t.Declarations, t.Statements, scope, branch);
                break;
            case InstantiationSyntax i:
                ReadInstances(i, scope, branch);
                break;
            case GateInstantiationSyntax g:
                foreach (var gate in g.Gates)
                {
                    ReadGate(g.Gate, gate, here);
                }

                break;
            case DefparamSyntax d:
                foreach (var assignment in d.Assignments)
                {
                    _accesses.Read(assignment.Value, here);
                }

                break;
            case GenerateRegionSyntax g:
                ReadItems(g.Items, scope, branch);
                break;
            case GenerateBlockSyntax g:
                ReadItems(g.Items, _module.ScopeOf(g, scope), branch);
                break;
            case GenerateForSyntax g:
                var loop = _module.ScopeOf(g, scope);
                var head = here with { Scope = loop };
                _accesses.Read(g.Initial, head);
                _accesses.Read(g.Condition, head);
                // In a loop one assignment drives other bits in each turn; it never collides with itself.
                ReadItems(g.Body.Items, _module.ScopeOf(g.Body, loop), branch);
                break;
            case GenerateIfSyntax g:
                _accesses.Read(g.Condition, here);
                var holds = _module.Constants.Value(g.Condition, scope);
                ReadArm(g.Then, scope, new(g, 0, branch), holds is { IsZero: true });
                if (g.Else is not null)
                {
                    ReadArm(g.Else, scope, new(g, 1, branch), holds is { IsZero: false });
                }

                break;
            case GenerateCaseSyntax g:
                _accesses.Read(g.Selector, here);
                for (var arm = 0; arm < g.Items.Count; arm++)
                {
                    foreach (var label in g.Items[arm].Labels)
                    {
                        _accesses.Read(label, here);
                    }

                    ReadArm(g.Items[arm].Body, scope, new(g, arm, branch), Chosen(g, scope) is { } chosen && chosen != arm);
                }

                break;
        }
    }

    // Names in a branch that these parameters leave out count as used; the rest of it is nobody's business.
    private void ReadArm(GenerateBlockSyntax arm, LintScope scope, GenerateBranch branch, bool isDead)
    {
        _dead += isDead ? 1 : 0;
        ReadItems(arm.Items, _module.ScopeOf(arm, scope), branch);
        _dead -= isDead ? 1 : 0;
    }

    private int? Chosen(GenerateCaseSyntax choice, LintScope scope)
    {
        if (_module.Constants.Value(choice.Selector, scope) is not { } value)
        {
            return null;
        }

        var other = -1;
        for (var arm = 0; arm < choice.Items.Count; arm++)
        {
            var labels = choice.Items[arm].Labels.Select(l => _module.Constants.Value(l, scope)).ToList();
            if (labels.Contains(value))
            {
                return arm;
            }

            if (labels.Contains(null))
            {
                return null;
            }

            other = labels.Count == 0 ? arm : other;
        }

        return other;
    }

    private void ReadDeclarators(EquatableArray<DeclaratorSyntax> declarators, AccessContext here, bool drives)
    {
        foreach (var declarator in declarators)
        {
            _accesses.ReadDimensions(declarator.Dimensions, here);
            if (declarator.Value is null)
            {
                continue;
            }

            if (drives)
            {
                ReadAssignment(new NameSyntax(declarator.Name) { Origin = declarator.Origin }, declarator.Value, declarator, here);
            }
            else
            {
                _accesses.Read(declarator.Value, here);
            }
        }
    }

    private void ReadAssignment(ExpressionSyntax target, ExpressionSyntax value, SyntaxNode driver, AccessContext here)
    {
        _accesses.ImplyNets(target, here.Scope);
        if (_dead == 0)
        {
            _module.Assignments.Add(new(target, value, driver.Origin, here.Scope, driver));
        }

        var context = here with { Role = AccessRole.Value, Driver = driver };
        _accesses.Read(value, context);
        _accesses.Write(target, context, AccessRole.Continuous);
    }

    private void ReadSubroutine(
        SyntaxNode node, EquatableArray<PortDeclarationSyntax>? ports, EquatableArray<ItemSyntax> declarations,
        EquatableArray<StatementSyntax> statements, LintScope scope, GenerateBranch? branch)
    {
        var inner = _module.ScopeOf(node, scope);
        ReadItems(ports is { } header ? header : [], inner, branch);
        ReadItems(declarations, inner, branch);
        var here = new AccessContext(inner, AccessRole.Value, node, null, branch);
        foreach (var statement in statements)
        {
            _accesses.ReadStatement(statement, here);
        }
    }

    private void ReadInstances(InstantiationSyntax instantiation, LintScope scope, GenerateBranch? branch)
    {
        var here = new AccessContext(scope, AccessRole.Declaration, null, null, branch) { Unknowns = _dead > 0 };
        foreach (var parameter in instantiation.Parameters)
        {
            if (ValueOf(parameter) is { } value)
            {
                _accesses.Read(value, here);
            }
        }

        var target = _module.Sources.Module(instantiation.Module);
        if (target is not null && _dead == 0)
        {
            _module.Sources.AddParameters(target, InstanceParameters.Of(instantiation, target, _module.Constants, scope));
        }

        foreach (var instance in instantiation.Instances)
        {
            _accesses.ReadDimensions(instance.Dimensions, here);
            if (_dead == 0)
            {
                _module.Instances.Add(new(instantiation, instance, scope, target));
            }

            var ports = target is null ? null : _module.Sources.PortsOf(target);
            for (var i = 0; i < instance.Connections.Count; i++)
            {
                ReadConnection(instance, instance.Connections[i], i, ports, here);
            }
        }
    }

    private static ExpressionSyntax? ValueOf(ConnectionSyntax connection) => connection switch
    {
        PositionalConnectionSyntax c => c.Value,
        NamedConnectionSyntax { IsImplicit: true } c => new NameSyntax(c.Name) { Origin = c.Origin },
        NamedConnectionSyntax c => c.Value,
        _ => null,
    };

    private void ReadConnection(
        InstanceSyntax instance, ConnectionSyntax connection, int position, IReadOnlyList<LintPort>? ports, AccessContext here)
    {
        if (connection is WildcardConnectionSyntax)
        {
            _module.HasUnknownUses |= ports is null;
            var named = instance.Connections.OfType<NamedConnectionSyntax>().Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
            foreach (var port in (ports ?? []).Where(p => !named.Contains(p.Name)))
            {
                Connect(new NameSyntax(port.Name) { Origin = connection.Origin }, port.Direction, (instance, port.Name), here);
            }

            return;
        }

        if (ValueOf(connection) is not { } value)
        {
            return;
        }

        _accesses.ImplyNets(value, here.Scope);
        var direction = connection switch
        {
            NamedConnectionSyntax c => ports?.FirstOrDefault(p => p.Name == c.Name)?.Direction,
            _ => ports is not null && position < ports.Count ? ports[position].Direction : null,
        };
        Connect(value, direction, connection, here with { Unknowns = here.Unknowns || instance.Dimensions.Count > 0 });
    }

    private void Connect(ExpressionSyntax value, string? direction, object driver, AccessContext here)
    {
        var context = here with { Role = AccessRole.Connection, Driver = driver };
        if (direction == "output")
        {
            _accesses.Write(value, context, AccessRole.Continuous);
        }
        else
        {
            _accesses.Read(value, context);
            if (direction != "input")
            {
                _accesses.Write(value, context with { Unknowns = true }, AccessRole.Continuous);
            }
        }
    }

    private void ReadGate(string kind, GateSyntax gate, AccessContext here)
    {
        var context = here with { Role = AccessRole.Connection, Driver = gate };
        var outputs = kind switch
        {
            "buf" or "not" => gate.Terminals.Count - 1,
            "pullup" or "pulldown" => gate.Terminals.Count,
            _ => 1,
        };
        var several = kind is not ("and" or "nand" or "or" or "nor" or "xor" or "xnor" or "buf" or "not");
        for (var i = 0; i < gate.Terminals.Count; i++)
        {
            _accesses.ImplyNets(gate.Terminals[i], here.Scope);
            if (i < outputs)
            {
                _accesses.Write(gate.Terminals[i], context with { Unknowns = here.Unknowns || several || gate.Dimensions.Count > 0 }, AccessRole.Continuous);
            }
            else
            {
                _accesses.Read(gate.Terminals[i], context);
            }
        }
    }
}
