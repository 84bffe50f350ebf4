using HwSeed.Hdl.Verilog.Binding.Names;
using HwSeed.Hdl.Verilog.Binding.Processes;
using HwSeed.Hdl.Verilog.Binding.Types;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Binding.Hierarchy;

/// <summary>Declares the nets, variables, blocks and instances of a module, and unfolds its generate constructs.</summary>
internal sealed class BodyDeclarations(ModuleBody body)
{
    private readonly BindingContext _context = body.Context;

    /// <summary>Declares all items of the body.</summary>
    public void Declare(Parameters parameters)
    {
        var items = body.Syntax.Items.Where(i => !parameters.Declares(i) && !DeclarationBinder.IsCommon(i)).ToList();
        foreach (var item in items)
        {
            body.Try(() => Item(item, body.Scope));
        }

        BodyInstances.CheckDefparams(body);
        foreach (var symbol in body.Declared)
        {
            body.Try(() => _ = symbol.Signal);
        }

        foreach (var (item, scope) in body.Work.ToList())
        {
            body.Try(() => ImplicitNets(item, scope));
        }
    }

    private void Item(ItemSyntax item, Scope scope)
    {
        BindingBudget.RequireStack(item);
        _context.Budget.SpendStep(item);
        if (_context.Declarations.TryDeclareCommon(item, scope))
        {
            return;
        }

        switch (item)
        {
            case NetDeclarationSyntax net:
                _context.Declarations.EnumNames(net.Type, scope);
                foreach (var declarator in net.Declarators)
                {
                    Signal(declarator, net.Type, scope, SignalKind.Net, net.NetType, item);
                }

                break;
            case VariableDeclarationSyntax variable:
                _context.Declarations.EnumNames(variable.Type, scope);
                foreach (var declarator in variable.Declarators)
                {
                    Signal(declarator, variable.Type, scope, SignalKind.Variable, null, item);
                }

                break;
            case PortDeclarationSyntax:
            case GenvarSyntax:
                break;
            case GenerateRegionSyntax region:
                foreach (var inner in region.Items)
                {
                    body.Try(() => Item(inner, scope));
                }

                break;
            case GenerateBlockSyntax block:
                Block(block, scope, block.Name ?? Unnamed(scope, ++scope.GenerateCount), null, null);
                break;
            case GenerateForSyntax loop:
                For(loop, scope);
                break;
            case GenerateIfSyntax or GenerateCaseSyntax:
                scope.GenerateCount++;
                Conditional(item, scope);
                break;
            case InstantiationSyntax instantiation when InterfaceInstances.Of(_context, instantiation) is { } definition:
                new InterfaceInstances(body).Declare(instantiation, definition, scope, Item);
                body.Work.Add((item, scope));
                break;
            case InstantiationSyntax instantiation:
                foreach (var instance in instantiation.Instances)
                {
                    _context.Declarations.Declare(scope, new InstanceSymbol(instance.Name, instance, body, scope.Path, () => BodyInstances.Child(body, instantiation, instance, scope).Module));
                }

                body.Work.Add((item, scope));
                break;
            case ProcessSyntax process:
                if (process.Keyword is not ("initial" or "final"))
                {
                    Blocks(process.Body, scope);
                }

                body.Work.Add((item, scope));
                break;
            case ContinuousAssignSyntax or GateInstantiationSyntax:
                body.Work.Add((item, scope));
                break;
            case SystemTaskItemSyntax task:
                ElaborationTasks.Execute(task.Task, scope, _context);
                break;
            case DefparamSyntax defparam:
                foreach (var assignment in defparam.Assignments)
                {
                    Defparam(assignment, scope);
                }

                break;
            case ModuleSyntax:
                throw new BindingException(BindingDiagnostics.UnsupportedItem("a module inside of a module", item.Origin.Span));
            default:
                throw new BindingException(BindingDiagnostics.UnsupportedItem("this item", item.Origin.Span));
        }
    }

    private void Signal(DeclaratorSyntax declarator, DataTypeSyntax type, Scope scope, SignalKind kind, string? netType, ItemSyntax item)
    {
        var isNet = kind == SignalKind.Net;
        if (isNet && declarator.Value is not null)
        {
            var assignment = new NetAssignmentSyntax(new NameSyntax(declarator.Name) { Origin = declarator.Origin }, declarator.Value) { Origin = declarator.Origin };
            body.Work.Add((new ContinuousAssignSyntax(null, [assignment]) { Origin = declarator.Origin }, scope));
        }

        // 'output q; reg q;': the declaration belongs to the port.
        if (ReferenceEquals(scope, body.Scope) && scope.Symbols.TryGetValue(declarator.Name, out var known) && known is SignalSymbol port
            && body.Ports.TryGetValue(declarator.Name, out var pending) && pending.IsOpen)
        {
            (pending.Type, pending.IsOpen) = (pending.Type is null or VectorTypeSyntax { Packed.Count: 0, Signed: null, Keyword: "" } ? type : pending.Type, false);
            pending.AlsoSigned |= type is VectorTypeSyntax { Signed: true };
            pending.Dimensions = declarator.Dimensions.Count > 0 ? declarator.Dimensions : pending.Dimensions;
            pending.Kind = kind;
            pending.NetType = netType ?? pending.NetType;
            pending.Initial = isNet ? null : declarator.Value;
            return;
        }

        if (type is NamedTypeSyntax && scope.Symbols.ContainsKey(declarator.Name))
        {
            // 'asign y = a;' is rather a word misspelt than a second declaration of y.
            _context.Types.Resolve(type, scope);
        }

        var symbol = new SignalSymbol(declarator.Name, declarator, () =>
        {
            var resolved = _context.Types.Unpacked(_context.Types.Resolve(type, scope), declarator.Dimensions, scope);
            return body.Add(new Signal(scope.Path + declarator.Name, resolved, kind, declarator)
            {
                NetType = netType,
                Initial = isNet || declarator.Value is null ? null : (declarator.Value, scope),
                IsConstant = item is VariableDeclarationSyntax v && v.Modifiers.Contains("const"),
            });
        });
        _context.Declarations.Declare(scope, symbol);
        body.Declared.Add(symbol);
    }

    private void Defparam(NetAssignmentSyntax assignment, Scope scope)
    {
        if (assignment.Target is not MemberSyntax { Operand: NameSyntax instance } target)
        {
            throw new BindingException(BindingDiagnostics.ForeignDefparam(assignment.Target.Origin.Span));
        }

        if (!body.Defparams.TryGetValue((scope, instance.Name), out var values))
        {
            body.Defparams[(scope, instance.Name)] = values = [];
        }

        values.Add((target, assignment.Value));
    }

    private void For(GenerateForSyntax loop, Scope scope)
    {
        var name = loop.Body.Name ?? Unnamed(scope, scope.GenerateCount + 1);
        scope.GenerateCount++;
        var block = new BlockSymbol(name, loop) { IsArray = true };
        _context.Declarations.Declare(scope, block);
        var value = _context.Expressions.Integer(loop.Initial, scope);
        for (var turns = 0; ; turns++)
        {
            if (turns > MostGenerated)
            {
                throw new BindingException(BindingDiagnostics.LoopLimit(MostGenerated, false, loop.Condition.Origin.Span));
            }

            var head = new Scope("", scope);
            var now = value;
            head.TryDeclare(Genvar(loop, now));
            if (!_context.Expressions.Truth(loop.Condition, head))
            {
                break;
            }

            if (block.Scopes.ContainsKey(now))
            {
                throw new BindingException(BindingDiagnostics.LoopLimit(turns, false, loop.Condition.Origin.Span));
            }

            _context.Budget.SpendBlock(loop.Body);
            Inside(loop.Body, scope, $"{name}[{now}]", Genvar(loop, now), inner => block.Scopes[now] = inner);
            value = loop.Step switch
            {
                IncrementSyntax i => now + (i.Operator == "++" ? 1 : -1),
                AssignmentSyntax { Operator: "=" } a => _context.Expressions.Integer(a.Value, head),
                AssignmentSyntax a => _context.Expressions.Integer(
                    new BinarySyntax(a.Operator[..^1], a.Target, a.Value) { Origin = a.Origin }, head),
                _ => throw new BindingException(BindingDiagnostics.UnsupportedItem("this step of a generate loop", loop.Step.Origin.Span)),
            };
        }
    }

    private const int MostGenerated = 20_000;

    /// <summary>The name of an unnamed block; zeros are put in front of its number until nothing else has the name.</summary>
    private static string Unnamed(Scope scope, int number)
    {
        var digits = $"{number}";
        while (scope.Symbols.ContainsKey($"genblk{digits}"))
        {
            digits = $"0{digits}";
        }

        return $"genblk{digits}";
    }

    private static ConstantSymbol Genvar(GenerateForSyntax loop, int value) => new(
        loop.Genvar, loop, "genvar", () => new(new(value, 32), DataType.Bits(32, signed: true)));

    /// <summary>Unfolds an if or case; one that is the whole branch of another one is numbered with it.</summary>
    private void Conditional(ItemSyntax item, Scope scope)
    {
        var taken = item switch
        {
            GenerateIfSyntax i => _context.Expressions.Truth(i.Condition, scope) ? i.Then : i.Else,
            GenerateCaseSyntax c => Chosen(c, scope),
            _ => null,
        };
        if (taken is null)
        {
            return;
        }

        if (!taken.HasBegin && taken.Items is [GenerateIfSyntax or GenerateCaseSyntax])
        {
            Conditional(taken.Items[0], scope);
            return;
        }

        Block(taken, scope, taken.Name ?? Unnamed(scope, scope.GenerateCount), null, null);
    }

    /// <summary>Named blocks of processes are scopes whose variables others may read by their path.</summary>
    private void Blocks(StatementSyntax statement, Scope scope)
    {
        BindingBudget.RequireStack(statement);
        switch (statement)
        {
            case TimedStatementSyntax timed:
                Blocks(timed.Body, scope);
                break;
            case BlockSyntax { Name: { } name, Declarations.Count: > 0 } block:
                var inner = new Scope(name, scope) { IsProcedural = true, Path = $"{scope.Path}{name}." };
                var symbol = new BlockSymbol(name, block);
                symbol.Scopes[0] = inner;
                _context.Declarations.Declare(scope, symbol);
                new Execution(_context, body.Factory, ExecutionMode.Combinational) { DeclareStatic = body.DeclareStatic }.DeclareLocals(block.Declarations, inner);
                scope.Bound[block] = inner;
                foreach (var next in block.Statements)
                {
                    Blocks(next, inner);
                }

                break;
            case BlockSyntax { Name: null, Declarations.Count: 0 } block:
                foreach (var next in block.Statements)
                {
                    Blocks(next, scope);
                }

                break;
        }
    }

    private GenerateBlockSyntax? Chosen(GenerateCaseSyntax syntax, Scope scope)
    {
        var selector = _context.Expressions.Constant(syntax.Selector, scope);
        foreach (var item in syntax.Items)
        {
            foreach (var label in item.Labels)
            {
                var value = _context.Expressions.Constant(label, scope);
                var signed = value.Type.Signed && selector.Type.Signed;
                if (signed ? value.Bits.Signed == selector.Bits.Signed : Same(selector, value))
                {
                    return item.Body;
                }
            }
        }

        return syntax.Items.FirstOrDefault(i => i.Labels.Count == 0)?.Body;
    }

    /// <summary>Compares as unsigned numbers of the greater width; a signed operand extends by zeros then.</summary>
    private static bool Same(ConstantValue left, ConstantValue right) => left.Bits.Unsigned == right.Bits.Unsigned;

    private void Block(GenerateBlockSyntax block, Scope scope, string name, Symbol? symbol, Action<Scope>? made)
    {
        var blockSymbol = new BlockSymbol(name, block);
        _context.Declarations.Declare(scope, blockSymbol);
        Inside(block, scope, name, symbol, inner =>
        {
            blockSymbol.Scopes[0] = inner;
            made?.Invoke(inner);
        });
    }

    private void Inside(GenerateBlockSyntax block, Scope scope, string name, Symbol? symbol, Action<Scope> made)
    {
        var inner = new Scope(name, scope) { Path = $"{scope.Path}{name}." };
        if (symbol is not null)
        {
            inner.TryDeclare(symbol);
        }

        made(inner);
        foreach (var item in block.Items)
        {
            body.Try(() => Item(item, inner));
        }
    }

    /// <summary>A name that is connected or assigned and never declared is a wire of one bit.</summary>
    private void ImplicitNets(ItemSyntax item, Scope scope)
    {
        IEnumerable<ExpressionSyntax?> used = item switch
        {
            InstantiationSyntax i => i.Instances.SelectMany(n => n.Connections).Select(c => c switch
            {
                PositionalConnectionSyntax p => p.Value,
                NamedConnectionSyntax n => n.Value,
                _ => null,
            }),
            ContinuousAssignSyntax a => a.Assignments.Select(n => n.Target),
            GateInstantiationSyntax g => g.Gates.SelectMany(n => n.Terminals),
            _ => [],
        };
        foreach (var name in used.SelectMany(Names))
        {
            if (scope.Find(name.Name) is not null)
            {
                continue;
            }

            if (body.Syntax.DefaultNetType == "none")
            {
                throw new BindingException(BindingDiagnostics.UnknownName("signal", name.Name, scope.Nearest(name.Name), name.Origin.Span));
            }

            _context.Find(BindingFindingKind.ImplicitNet, $"'{name.Name}' is not declared and becomes a wire of one bit", name);
            var signal = body.Add(new Signal(scope.Path + name.Name, DataType.Bits(1), SignalKind.Net, name) { NetType = body.Syntax.DefaultNetType });
            _context.Declarations.Declare(scope, new SignalSymbol(name.Name, name, () => signal));
        }
    }

    private static IEnumerable<NameSyntax> Names(ExpressionSyntax? syntax) => syntax switch
    {
        NameSyntax n => [n],
        ParenthesisSyntax p => Names(p.Operand),
        ConcatenationSyntax c => c.Parts.SelectMany(Names),
        UnarySyntax u => Names(u.Operand),
        BinarySyntax b => Names(b.Left).Concat(Names(b.Right)),
        ConditionalSyntax c => Names(c.Condition).Concat(Names(c.WhenTrue)).Concat(Names(c.WhenFalse)),
        _ => [],
    };
}
