using System.Diagnostics;
using Antlr4.Runtime;
using HwSeed.Hdl.Verilog.Grammar;
using HwSeed.Hdl.Verilog.Preprocessing;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Trees;

/// <summary>Where an item stands.</summary>
internal enum Place
{
    File,
    Package,
    Module,
    Interface,
}

internal sealed partial class TreeBuilder
{
    private EquatableArray<ItemSyntax> Items(VerilogGrammar.ItemsContext context, Place place) =>
        [.. context.item().SelectMany(i => Item(i, place))];

    private IEnumerable<ItemSyntax> Item(VerilogGrammar.ItemContext context, Place place)
    {
        if (!Enter(1, context))
        {
            Leave(1);
            return [];
        }

        var outer = _owner;
        _owner = [.. _comments.Take(Start(context).TokenIndex)];
        var attributes = Attributes(context.attribute());
        CheckPlace(context.itemBody(), place);
        var items = Bodies(context.itemBody()).ToList();
        Own(context.Stop.TokenIndex);
        for (var i = 0; i < items.Count; i++)
        {
            items[i] = items[i] with
            {
                Origin = items.Count == 1 ? At(context) : items[i].Origin,
                Attributes = attributes,
                Comments = i == 0 ? [.. _owner] : [],
            };
        }

        _owner = outer;
        Leave(1);
        return items;
    }

    private void CheckPlace(VerilogGrammar.ItemBodyContext body, Place place)
    {
        var rule = ((ParserRuleContext)body.GetChild(0)).RuleIndex;
        var isFine = place switch
        {
            Place.Module or Place.Interface => rule is not (VerilogGrammar.RULE_moduleDeclaration or VerilogGrammar.RULE_interfaceDeclaration
                or VerilogGrammar.RULE_packageDeclaration) && (place == Place.Interface || rule != VerilogGrammar.RULE_modportItem),
            _ => rule is VerilogGrammar.RULE_importItem or VerilogGrammar.RULE_parameterItem or VerilogGrammar.RULE_typedefItem
                or VerilogGrammar.RULE_netItem or VerilogGrammar.RULE_variableItem or VerilogGrammar.RULE_functionItem
                or VerilogGrammar.RULE_taskItem or VerilogGrammar.RULE_timeUnitItem or VerilogGrammar.RULE_emptyItem
                or VerilogGrammar.RULE_systemTask
                or VerilogGrammar.RULE_timedDeclaration
                || (rule == VerilogGrammar.RULE_identifierItem && body.identifierItem().timedAssertion() is null && !Array.Exists(body.identifierItem().instance(), i => i.connections() is not null))
                || (place == Place.File && rule is VerilogGrammar.RULE_moduleDeclaration or VerilogGrammar.RULE_interfaceDeclaration
                    or VerilogGrammar.RULE_packageDeclaration),
        };
        if (isFine)
        {
            return;
        }

        var token = Start(body);
        Report(place switch
        {
            Place.Module when rule == VerilogGrammar.RULE_modportItem => VerilogDiagnostics.WrongPlace(token, $"{token.Shown} stands outside of an interface"),
            Place.Interface => VerilogDiagnostics.WrongPlace(token, $"{token.Shown} inside of an interface; is an 'endinterface' missing before it?"),
            Place.Module => VerilogDiagnostics.WrongPlace(token, $"{token.Shown} inside of a module; is an 'endmodule' missing before it?"),
            Place.Package => VerilogDiagnostics.WrongPlace(token, $"{token.Shown} cannot stand in a package"),
            _ => VerilogDiagnostics.WrongPlace(token, $"{token.Shown} stands outside of a module"),
        });
    }

    private IEnumerable<ItemSyntax> Bodies(VerilogGrammar.ItemBodyContext context) => context.GetChild(0) switch
    {
        VerilogGrammar.ImportItemContext import => import.importTerm().Select(Import),
        VerilogGrammar.ParameterItemContext parameter => Parameters(parameter),
        ParserRuleContext other => [Body(other)],
        _ => throw new UnreachableException("an item without content"),
    };

    private static ImportSyntax Import(VerilogGrammar.ImportTermContext context) =>
        new(Text(context.IDENTIFIER(0)), context.IDENTIFIER(1) is { } name ? Text(name) : null) { Origin = At(context) };

    private ItemSyntax Body(ParserRuleContext context) => context switch
    {
        VerilogGrammar.ModuleDeclarationContext module => Module(module, module.moduleHead(), module.items(), module.endLabel(), Place.Module),
        VerilogGrammar.InterfaceDeclarationContext module => Module(module, module.moduleHead(), module.items(), module.endLabel(), Place.Interface),
        VerilogGrammar.ModportItemContext modports => new ModportItemSyntax([.. modports.modport().Select(m => Part(m, () => Modport(m)))]),
        VerilogGrammar.PackageDeclarationContext package => Package(package),
        VerilogGrammar.TypedefItemContext typedef => new TypedefSyntax(
            DataType(typedef.dataType()), Text(typedef.IDENTIFIER()), Dimensions(typedef.dimension())),
        VerilogGrammar.NetItemContext net => Net(net),
        VerilogGrammar.VariableItemContext variable => Variable(variable),
        VerilogGrammar.GenvarItemContext genvar => new GenvarSyntax([.. genvar.IDENTIFIER().Select(Text)]),
        VerilogGrammar.PortItemContext port => BodyPort(port),
        VerilogGrammar.AssignItemContext assign => new ContinuousAssignSyntax(
            assign.delay() is { } delay ? Delay(delay) : null, NetAssignments(assign.netAssignment())),
        VerilogGrammar.ProcessItemContext process => new ProcessSyntax(process.Start.Text, Body(process.statement())),
        VerilogGrammar.GateItemContext gates => new GateInstantiationSyntax(
            gates.gateKeyword().Start.Text, gates.delay() is { } delay ? Delay(delay) : null, [.. gates.gate().Select(Gate)]),
        VerilogGrammar.FunctionItemContext function => Function(function),
        VerilogGrammar.TaskItemContext task => Task(task),
        VerilogGrammar.GenerateRegionContext region => new GenerateRegionSyntax(Items(region.items(), Place.Module)) { ClosingComments = Closing(region) },
        VerilogGrammar.GenerateBlockContext block => GenerateBlock(block),
        VerilogGrammar.GenerateForContext loop => GenerateFor(loop),
        VerilogGrammar.GenerateIfContext choice => new GenerateIfSyntax(
            Expression(choice.condition().expression()), Branch(choice.item()),
            choice.generateElse().item() is { } other ? Branch(other) : null),
        VerilogGrammar.GenerateCaseContext choice => new GenerateCaseSyntax(
            Expression(choice.condition().expression()), [.. choice.generateCaseItem().Select(GenerateCaseItem)])
        { ClosingComments = Closing(choice) },
        VerilogGrammar.SystemTaskContext task => new SystemTaskItemSyntax(SystemTask(task) with { Origin = At(task) }),
        VerilogGrammar.DefparamItemContext defparam => new DefparamSyntax(NetAssignments(defparam.netAssignment())),
        VerilogGrammar.TimeUnitItemContext unit => new TimeUnitSyntax(
            unit.Start.Text, Text(unit.REAL_NUMBER(0)), unit.REAL_NUMBER(1) is { } precision ? Text(precision) : null),
        VerilogGrammar.IdentifierItemContext named => Named(named),
        VerilogGrammar.TimedAssertionContext or VerilogGrammar.TimedDeclarationContext => new EmptyItemSyntax { Ignored = Ignored(context, Start(context)) },
        VerilogGrammar.EmptyItemContext => new EmptyItemSyntax(),
        _ => throw new UnreachableException($"item {context.GetType().Name}"),
    };

    private ModuleSyntax Module(
        ParserRuleContext context, VerilogGrammar.ModuleHeadContext head, VerilogGrammar.ItemsContext body, VerilogGrammar.EndLabelContext? label,
        Place place)
    {
        var name = Text(head.IDENTIFIER());
        var imports = head.importItem().SelectMany(i => i.importTerm()).Select(Import).ToEquatableArray();
        var parameters = HeaderParameters(head.headerParameters());
        var ports = HeaderPorts(head.portList());
        Own(head.Stop.TokenIndex);
        var items = Items(body, place);
        CheckEnd(label, name);
        return new(head.lifetime()?.Start.Text, name, imports, parameters, ports, items)
        {
            IsInterface = place == Place.Interface,
            DefaultNetType = NetTypeAt(context.Start.TokenIndex),
            ClosingComments = Closing(context),
        };
    }

    private ModportSyntax Modport(VerilogGrammar.ModportContext context) =>
        new(Text(context.IDENTIFIER()), [.. context.modportTerm().Select(t => Part(t, () => ModportTerm(t)))]);

    private ModportTermSyntax ModportTerm(VerilogGrammar.ModportTermContext context)
    {
        if (context.DOT() is not null && context.expression() is null)
        {
            Report(VerilogDiagnostics.Unsupported(Start(context), "a name of a modport that stands for nothing"));
        }

        return new(context.portDirection()?.Start.Text ?? context.IMPORT()?.GetText(), Text(context.IDENTIFIER()), Value(context.expression()));
    }

    private string NetTypeAt(int token)
    {
        var type = "wire";
        foreach (var (from, netType) in _text.NetTypes)
        {
            type = from <= token ? netType : type;
        }

        return type;
    }

    private PackageSyntax Package(VerilogGrammar.PackageDeclarationContext context)
    {
        var head = context.packageHead();
        Own(head.Stop.TokenIndex);
        var items = Items(context.items(), Place.Package);
        CheckEnd(context.endLabel(), Text(head.IDENTIFIER()));
        return new(head.lifetime()?.Start.Text, Text(head.IDENTIFIER()), items) { ClosingComments = Closing(context) };
    }

    private FunctionSyntax Function(VerilogGrammar.FunctionItemContext context)
    {
        var head = context.functionHead();
        var name = head.functionName();
        var (type, text) = FunctionName(name);
        var ports = Ports(head.portList());
        Own(head.Stop.TokenIndex);
        var (declarations, statements) = Code(context.statements(), true);
        CheckEnd(context.endLabel(), text);
        return new(head.lifetime()?.Start.Text, type, text, ports, declarations, statements) { ClosingComments = Closing(context) };
    }

    private (DataTypeSyntax? Type, string Name) FunctionName(VerilogGrammar.FunctionNameContext context)
    {
        if (context.VOID() is { } word)
        {
            return (new KeywordTypeSyntax("void", null) { Origin = At(Token(word), Token(word)) }, Text(context.IDENTIFIER()));
        }

        if (context.keywordType() is { } keyword)
        {
            return (KeywordType(keyword), Text(context.IDENTIFIER()));
        }

        if (context.scopedName() is { } name)
        {
            if (context.IDENTIFIER() is { } identifier)
            {
                return (NamedType(name, context.dimension()), Text(identifier));
            }

            if (name.ChildCount > 1 || context.dimension().Length > 0)
            {
                Report(VerilogDiagnostics.MalformedDeclaration(Start(name), "the name of the function is missing"));
            }

            return (null, name.Start.Text);
        }

        return (
            new VectorTypeSyntax("", Signed(context.signing()), Dimensions(context.dimension())) { Origin = At(context) },
            Text(context.IDENTIFIER()));
    }

    private TaskSyntax Task(VerilogGrammar.TaskItemContext context)
    {
        var head = context.taskHead();
        var ports = Ports(head.portList());
        Own(head.Stop.TokenIndex);
        var (declarations, statements) = Code(context.statements(), true);
        CheckEnd(context.endLabel(), Text(head.IDENTIFIER()));
        return new(head.lifetime()?.Start.Text, Text(head.IDENTIFIER()), ports, declarations, statements) { ClosingComments = Closing(context) };
    }

    private EquatableArray<NetAssignmentSyntax> NetAssignments(VerilogGrammar.NetAssignmentContext[] contexts) =>
        [.. contexts.Select(a => new NetAssignmentSyntax(AnyTarget(a.anyTarget()), Expression(a.expression())) { Origin = At(a) })];

    private GateSyntax Gate(VerilogGrammar.GateContext context) =>
        new(context.IDENTIFIER()?.GetText(), Dimensions(context.dimension()), [.. context.expression().Select(Expression)]) { Origin = At(context) };

    private GenerateBlockSyntax GenerateBlock(VerilogGrammar.GenerateBlockContext context)
    {
        var label = context.endLabel().FirstOrDefault(l => l.Start.TokenIndex == context.Start.TokenIndex + 1);
        var name = label is null ? null : Text(label.IDENTIFIER());
        var items = Items(context.items(), Place.Module);
        CheckEnd(context.endLabel().FirstOrDefault(l => l != label), name);
        return new(name, items) { Origin = At(context), ClosingComments = Closing(context) };
    }

    // A branch of a generate statement; comments go on to the first item of a block, and to an 'if' behind 'else'.
    private GenerateBlockSyntax Branch(VerilogGrammar.ItemContext context)
    {
        if (context.attribute().Length == 0 && context.itemBody().generateBlock() is { } block)
        {
            if (!Enter(1, context))
            {
                Leave(1);
                return new(null, []);
            }

            var branch = GenerateBlock(block);
            Leave(1);
            return branch;
        }

        return new(null, [.. Item(context, Place.Module)]) { Origin = At(context), HasBegin = false };
    }

    private GenerateForSyntax GenerateFor(VerilogGrammar.GenerateForContext context)
    {
        var loop = context.generateLoop();
        return new(
            loop.GENVAR() is not null, Text(loop.IDENTIFIER()), Expression(loop.expression(0)), Expression(loop.expression(1)),
            LoopStep(loop.loopStep()), Branch(context.item()));
    }

    private GenerateCaseItemSyntax GenerateCaseItem(VerilogGrammar.GenerateCaseItemContext context) =>
        Part(context, () => new GenerateCaseItemSyntax([.. context.expression().Select(Expression)], Branch(context.item())));

    // Instances of a module when there are connections, else variables of a type.
    private ItemSyntax Named(VerilogGrammar.IdentifierItemContext context)
    {
        var instances = context.instance();
        var name = context.scopedName();
        if (context.timedAssertion() is { } assertion)
        {
            return new EmptyItemSyntax { Ignored = Ignored(context, Start(assertion)) };
        }

        var connected = Array.FindAll(instances, i => i.connections() is not null);
        if (connected.Length == 0)
        {
            if (context.parameterValues() is { } values)
            {
                Report(VerilogDiagnostics.Expected(
                    context.instance(0).Stop is VerilogToken last ? last : Start(values), "connections in parentheses behind the instance", "none"));
            }

            return new VariableDeclarationSyntax([], NamedType(name, context.dimension()), [.. instances.Select(i =>
                new DeclaratorSyntax(Text(i.IDENTIFIER()), Dimensions(i.dimension()), Value(i.expression())) { Origin = At(i) })]);
        }

        if (connected.Length < instances.Length || context.dimension().Length > 0 || name.ChildCount > 1)
        {
            Report(VerilogDiagnostics.MalformedDeclaration(Start(context), "instances of a module and variables of a type are declared apart"));
        }

        return new InstantiationSyntax(
            name.Start.Text, ParameterValues(context.parameterValues()),
            [.. connected.Select(i => Part(i, () => new InstanceSyntax(Text(i.IDENTIFIER()), Dimensions(i.dimension()), Connections(i.connections()))))]);
    }

    private EquatableArray<ConnectionSyntax> ParameterValues(VerilogGrammar.ParameterValuesContext? context)
    {
        if (context is null)
        {
            return [];
        }

        if (context.connections() is { } connections)
        {
            return Connections(connections);
        }

        var token = (VerilogToken)context.Stop;
        var origin = At(token, token);
        return [new PositionalConnectionSyntax(token.Type switch
        {
            VerilogGrammar.IDENTIFIER => new NameSyntax(token.Text) { Origin = origin },
            VerilogGrammar.REAL_NUMBER => new RealSyntax(token.Text) { Origin = origin },
            _ => new NumberSyntax(token.Text) { Origin = origin },
        }) { Origin = origin }];
    }

    private EquatableArray<ConnectionSyntax> Connections(VerilogGrammar.ConnectionsContext context) =>
        context.connection() is [{ ChildCount: 0 }] ? [] : [.. context.connection().Select(c => Part(c, () => Connection(c)))];

    private ConnectionSyntax Connection(VerilogGrammar.ConnectionContext context) =>
        context.IDENTIFIER() is { } name
            ? new NamedConnectionSyntax(Text(name), Value(context.expression()), context.OPEN_PARENTHESIS() is null)
            : context.DOT_STAR() is not null ? new WildcardConnectionSyntax() : new PositionalConnectionSyntax(Value(context.expression()));
}
