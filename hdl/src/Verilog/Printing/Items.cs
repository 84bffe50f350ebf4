using System.Diagnostics;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Printing;

internal sealed partial class SyntaxText
{
    public void Unit(SourceUnitSyntax unit)
    {
        for (var i = 0; i < unit.Items.Count; i++)
        {
            var item = unit.Items[i];
            Write(i > 0 && (IsLarge(item) || IsLarge(unit.Items[i - 1])) ? "\n" : "");
            if (item is ModuleSyntax module && module.DefaultNetType != _netType)
            {
                _netType = module.DefaultNetType;
                Write($"`default_nettype {_netType}\n");
            }

            Item(item);
            Write("\n");
        }

        foreach (var comment in unit.ClosingComments)
        {
            Write(comment).Write("\n");
        }
    }

    private static bool IsLarge(ItemSyntax item) => item is ModuleSyntax or PackageSyntax or FunctionSyntax or TaskSyntax;

    private void Item(ItemSyntax item)
    {
        Comments(item.Comments);
        Attributes(item.Attributes);
        switch (item)
        {
            case ModuleSyntax module:
                Module(module);
                break;
            case PackageSyntax package:
                Write("package ").Write(package.Lifetime is null ? "" : $"{package.Lifetime} ").Name(package.Name);
                Write(";").Items(package.Items, package.ClosingComments);
                Write("endpackage");
                break;
            case FunctionSyntax function:
                Write("function ").Write(function.Lifetime is null ? "" : $"{function.Lifetime} ").TypeBefore(function.ReturnType);
                Name(function.Name);
                Code(function.Ports, function.Declarations, function.Statements, function.ClosingComments);
                Write("endfunction");
                break;
            case TaskSyntax task:
                Write("task ").Write(task.Lifetime is null ? "" : $"{task.Lifetime} ").Name(task.Name);
                Code(task.Ports, task.Declarations, task.Statements, task.ClosingComments);
                Write("endtask");
                break;
            case ProcessSyntax process:
                Write(process.Keyword).Body(process.Body);
                break;
            case GenerateRegionSyntax or GenerateBlockSyntax or GenerateForSyntax or GenerateIfSyntax or GenerateCaseSyntax:
                Generate(item);
                break;
            case EmptyItemSyntax { Ignored: { Count: > 0 } lines }:
                Ignored(lines);
                break;
            default:
                Simple(item);
                Write(";");
                break;
        }
    }

    // Items that end in a semicolon, without it.
    private void Simple(ItemSyntax item)
    {
        switch (item)
        {
            case EmptyItemSyntax:
                break;
            case NetDeclarationSyntax net:
                Write(net.NetType).Write(" ").TypeBefore(net.Type);
                Delay(net.Delay);
                Declarators(net.Declarators);
                break;
            case VariableDeclarationSyntax variable:
                Variable(variable);
                break;
            case ParameterDeclarationSyntax or TypeParameterSyntax:
                Parameter(item);
                break;
            case PortDeclarationSyntax port:
                Port(port with { Attributes = [] });
                break;
            case TypedefSyntax typedef:
                Write("typedef ").TypeBefore(typedef.Type);
                Name(typedef.Name);
                Dimensions(" ", typedef.Dimensions);
                break;
            case GenvarSyntax genvar:
                Write("genvar ").Separated(genvar.Names, Name);
                break;
            case ImportSyntax import:
                Import(import);
                break;
            case ModportItemSyntax modports:
                Write("modport ").Separated(modports.Modports, Modport);
                break;
            case ContinuousAssignSyntax assign:
                Write("assign ").Delay(assign.Delay);
                Separated(assign.Assignments, Assignment);
                break;
            case InstantiationSyntax instantiation:
                Instantiation(instantiation);
                break;
            case GateInstantiationSyntax gates:
                Write(gates.Gate).Write(" ").Delay(gates.Delay);
                Separated(gates.Gates, Gate);
                break;
            case SystemTaskItemSyntax task:
                SystemTask(task.Task);
                break;
            case DefparamSyntax defparam:
                Write("defparam ").Separated(defparam.Assignments, Assignment);
                break;
            case TimeUnitSyntax unit:
                Write($"{unit.Keyword} {unit.Unit}").Write(unit.Precision is null ? "" : $" / {unit.Precision}");
                break;
            case RefusedItemSyntax refused:
                Write(refused.Keyword);
                break;
            default:
                throw new UnreachableException($"item {item.GetType().Name}");
        }
    }

    private void Import(ImportSyntax import)
    {
        Write("import ").Name(import.Package);
        Write("::");
        if (import.Name is null)
        {
            Write("*");
        }
        else
        {
            Name(import.Name);
        }
    }

    private void Assignment(NetAssignmentSyntax assignment)
    {
        Expression(assignment.Target);
        Value(assignment.Value);
    }

    private void Items(EquatableArray<ItemSyntax> items, EquatableArray<string> closing)
    {
        _indent++;
        foreach (var item in items)
        {
            Line();
            Item(item);
        }

        _indent--;
        Closing(closing);
        Line();
    }

    private void Module(ModuleSyntax module)
    {
        Write(module.IsInterface ? "interface " : "module ").Write(module.Lifetime is null ? "" : $"{module.Lifetime} ").Name(module.Name);
        foreach (var import in module.Imports)
        {
            Write(" ").Import(import);
            Write(";");
        }

        if (module.Parameters.Count > 0)
        {
            Write(" #").Bracketed("(", module.Parameters, ")", true, Parameter);
        }

        if (module.Ports.Count > 0)
        {
            Write(" ").Bracketed("(", module.Ports, ")", module.Ports.Any(p => p is PortDeclarationSyntax), Port);
        }

        Write(";").Items(module.Items, module.ClosingComments);
        Write(module.IsInterface ? "endinterface" : "endmodule");
    }

    private void Modport(ModportSyntax modport)
    {
        if (modport.Comments.Count > 0)
        {
            Line();
            Comments(modport.Comments);
        }

        Name(modport.Name);
        Write(" ").Bracketed("(", modport.Terms, ")", true, term =>
        {
            Write(term.Direction is null ? "" : $"{term.Direction} ").Write(term.Value is null ? "" : ".").Name(term.Name);
            if (term.Value is not null)
            {
                Write("(").Expression(term.Value);
                Write(")");
            }
        });
    }

    private void Code(
        EquatableArray<PortDeclarationSyntax>? ports, EquatableArray<ItemSyntax> declarations,
        EquatableArray<StatementSyntax> statements, EquatableArray<string> closing)
    {
        if (ports is { } list)
        {
            Bracketed("(", list, ")", false, Port);
        }

        Write(";").Lines(declarations, statements, closing);
    }

    private void Instantiation(InstantiationSyntax instantiation)
    {
        Name(instantiation.Module);
        if (instantiation.Parameters.Count > 0)
        {
            Write(" #").Bracketed("(", instantiation.Parameters, ")", false, Connection);
        }

        Write(" ");
        _indent++;
        for (var i = 0; i < instantiation.Instances.Count; i++)
        {
            var instance = instantiation.Instances[i];
            Write(i == 0 ? "" : ", ");
            if (instance.Comments.Count > 0)
            {
                Line();
                Comments(instance.Comments);
            }

            Name(instance.Name);
            Dimensions(" ", instance.Dimensions);
            Write(" ");
            _indent--;
            Bracketed("(", instance.Connections, ")", instance.Connections.Any(c => c is not PositionalConnectionSyntax), Connection);
            _indent++;
        }

        _indent--;
    }

    private void Connection(ConnectionSyntax connection)
    {
        switch (connection)
        {
            case PositionalConnectionSyntax { Value: { } value }:
                Expression(value);
                break;
            case PositionalConnectionSyntax:
                break;
            case WildcardConnectionSyntax:
                Write(".*");
                break;
            case NamedConnectionSyntax named:
                Write(".").Name(named.Name);
                Write(named.IsImplicit ? "" : "(");
                if (named.Value is not null)
                {
                    Expression(named.Value);
                }

                Write(named.IsImplicit ? "" : ")");
                break;
            default:
                throw new UnreachableException($"connection {connection.GetType().Name}");
        }
    }

    private void Gate(GateSyntax gate)
    {
        if (gate.Name is not null)
        {
            Name(gate.Name);
            Dimensions(" ", gate.Dimensions);
            Write(" ");
        }

        Write("(").Expressions(gate.Terminals);
        Write(")");
    }

    private void Generate(ItemSyntax item)
    {
        switch (item)
        {
            case GenerateRegionSyntax region:
                Write("generate").Items(region.Items, region.ClosingComments);
                Write("endgenerate");
                break;
            case GenerateBlockSyntax block:
                Write("begin").Label(block.Name);
                Items(block.Items, block.ClosingComments);
                Write("end");
                break;
            case GenerateForSyntax loop:
                Write("for (").Write(loop.DeclaresGenvar ? "genvar " : "").Name(loop.Genvar);
                Write(" = ").Expression(loop.Initial);
                Write("; ").Expression(loop.Condition);
                Write("; ").Step(loop.Step);
                Write(")").Branch(loop.Body);
                break;
            case GenerateIfSyntax choice:
                Write("if (").Expression(choice.Condition);
                Write(")").Branch(choice.Then);
                if (choice.Else is { } other)
                {
                    Else(choice.Then.HasBegin);
                    if (other is { HasBegin: false, Items: [GenerateIfSyntax { Comments.Count: 0, Attributes.Count: 0 } next] })
                    {
                        Write(" ").Generate(next);
                    }
                    else
                    {
                        Branch(other);
                    }
                }

                break;
            case GenerateCaseSyntax choice:
                Write("case (").Expression(choice.Selector);
                Write(")");
                _indent++;
                foreach (var branch in choice.Items)
                {
                    Line();
                    Comments(branch.Comments);
                    Write(branch.Labels.Count == 0 ? "default" : "").Expressions(branch.Labels);
                    Write(":").Branch(branch.Body);
                }

                _indent--;
                Closing(choice.ClosingComments);
                Line();
                Write("endcase");
                break;
            default:
                throw new UnreachableException($"generate item {item.GetType().Name}");
        }
    }

    private void Branch(GenerateBlockSyntax branch)
    {
        if (branch.HasBegin)
        {
            Write(" ").Generate(branch);
            return;
        }

        _indent++;
        foreach (var item in branch.Items)
        {
            Line();
            Item(item);
        }

        _indent--;
    }

    private void Else(bool isBehindEnd)
    {
        if (isBehindEnd)
        {
            Write(" ");
        }
        else
        {
            Line();
        }

        Write("else");
    }
}
