using HwSeed.Hdl.Verilog.Binding.Processes;
using HwSeed.Hdl.Verilog.Binding.Types;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Binding.Names;

/// <summary>Declares names: parameters, types, functions, and the variables of procedural code.</summary>
internal sealed class DeclarationBinder(BindingContext context)
{
    /// <summary>The scope of a package; of the file itself for <c>$unit</c>.</summary>
    public Scope Package(string name, SyntaxNode where) => name == "$unit" ? context.Unit
        : context.Packages.TryGetValue(name, out var scope) ? scope
        : throw new BindingException(BindingDiagnostics.UnknownName("package", name, NameDistance.Nearest(name, context.Packages.Keys), where.Origin.Span));

    /// <summary>Declares a symbol, or reports that the name is taken.</summary>
    public void Declare(Scope scope, Symbol symbol)
    {
        if (!scope.TryDeclare(symbol))
        {
            throw new BindingException(BindingDiagnostics.Duplicate(symbol.Name, symbol.Declaration.Origin.Span));
        }
    }

    /// <summary>Whether an item means the same in every scope.</summary>
    public static bool IsCommon(ItemSyntax item) => item is ImportSyntax or ParameterDeclarationSyntax or TypeParameterSyntax or TypedefSyntax
        or FunctionSyntax or TaskSyntax or EmptyItemSyntax or TimeUnitSyntax or RefusedItemSyntax;

    /// <summary>Declares what means the same in every scope: imports, parameters, types, functions, tasks. False for other items.</summary>
    public bool TryDeclareCommon(ItemSyntax item, Scope scope)
    {
        switch (item)
        {
            case ImportSyntax import:
                Import(import, scope);
                return true;
            case ParameterDeclarationSyntax parameter:
                foreach (var declarator in parameter.Declarators)
                {
                    Parameter(parameter, declarator, scope, null);
                }

                return true;
            case TypeParameterSyntax type:
                Declare(scope, new TypeSymbol(type.Name, type, () => context.Types.Resolve(type.Default!, scope)));
                return true;
            case TypedefSyntax typedef:
                Declare(scope, new TypeSymbol(typedef.Name, typedef, () => context.Types.Unpacked(
                    context.Types.Resolve(typedef.Type, scope), typedef.Dimensions, scope)));
                EnumNames(typedef.Type, scope);
                return true;
            case FunctionSyntax function:
                Declare(scope, new RoutineSymbol(function.Name, function, scope));
                return true;
            case TaskSyntax task:
                Declare(scope, new RoutineSymbol(task.Name, task, scope));
                return true;
            case EmptyItemSyntax or TimeUnitSyntax:
                return true;
            case RefusedItemSyntax refused:
                throw new BindingException(BindingDiagnostics.UnsupportedItem($"'{refused.Keyword}'", refused.Origin.Span));
            default:
                return false;
        }
    }

    /// <summary>Declares a parameter with its default, or with the value that it is given.</summary>
    public void Parameter(ParameterDeclarationSyntax syntax, DeclaratorSyntax declarator, Scope scope, Func<DataType?, ConstantValue>? given)
    {
        if (syntax.Type is not null)
        {
            EnumNames(syntax.Type, scope);
        }

        Declare(scope, new ConstantSymbol(declarator.Name, declarator, "parameter", () =>
        {
            var type = ParameterType(syntax, declarator, scope);
            if (given is not null)
            {
                return given(type);
            }

            if (declarator.Value is null)
            {
                throw new BindingException(BindingDiagnostics.ParameterWithoutValue(declarator.Name, declarator.Origin.Span));
            }

            return Typed(syntax, context.Expressions.Constant(declarator.Value, scope, type));
        }));
    }

    /// <summary>The sign that a declaration such as <c>parameter signed P</c> gives to a value whose width it leaves open.</summary>
    public static ConstantValue Typed(ParameterDeclarationSyntax syntax, ConstantValue value) =>
        syntax.Type is VectorTypeSyntax { Keyword: "", Signed: { } signed, Packed.Count: 0 }
            ? value with { Type = DataType.Bits(value.Bits.Width, signed) }
            : value;

    /// <summary>The names of an enumeration belong to the scope that declares it.</summary>
    public void EnumNames(DataTypeSyntax type, Scope scope)
    {
        switch (type)
        {
            case StructTypeSyntax s:
                foreach (var member in s.Members)
                {
                    EnumNames(member.Type, scope);
                }

                break;
            case EnumTypeSyntax e:
                foreach (var member in e.Members)
                {
                    foreach (var name in context.Types.Names(member, scope))
                    {
                        Declare(scope, new ConstantSymbol(name, member, "name of an enumeration", () =>
                        {
                            var resolved = context.Types.Enum(e, scope);
                            return new(resolved.Members.First(m => m.Name == name).Value, resolved);
                        }));
                    }
                }

                break;
        }
    }

    /// <summary>A function or task with its names; bound on the first call.</summary>
    public Routine Routine(RoutineSymbol symbol)
    {
        if (symbol.Bound is { } known)
        {
            return known;
        }

        var (ports, declarations, statements) = symbol.Declaration switch
        {
            FunctionSyntax f => (f.Ports, f.Declarations, f.Statements),
            TaskSyntax t => (t.Ports, t.Declarations, t.Statements),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        var scope = new Scope(symbol.Name, symbol.Outer) { IsProcedural = true, Path = symbol.Outer.Path };
        Signal? result = null;
        if (symbol.Declaration is FunctionSyntax function)
        {
            var type = function.ReturnType is null ? DataType.Bits(1)
                : function.ReturnType is KeywordTypeSyntax { Keyword: "void" } ? null
                : context.Types.Resolve(function.ReturnType, symbol.Outer);
            result = type is null ? null : new(symbol.Name, type, SignalKind.Local, function);
            if (result is not null)
            {
                Declare(scope, new SignalSymbol(symbol.Name, function, () => result));
            }
        }

        var list = new List<RoutinePort>();
        var routine = new Routine(symbol.Name, scope, result, list, [.. statements]);
        symbol.Bound = routine;
        if (result is not null)
        {
            routine.Variables.Add(result);
        }

        (string Direction, DataTypeSyntax? Type) before = ("input", null);
        foreach (var port in (ports ?? []).Concat(declarations.OfType<PortDeclarationSyntax>()))
        {
            // Without a direction and type it has those of the port before it.
            before = (port.Direction ?? before.Direction, port.Type ?? (port.Direction is null ? before.Type : null));
            foreach (var declarator in port.Declarators)
            {
                Port(routine, port, declarator, before, declarations);
            }
        }

        foreach (var item in declarations)
        {
            if (item is PortDeclarationSyntax)
            {
                continue;
            }

            Local(item, scope, routine.Variables);
        }

        return routine;
    }

    /// <summary>Declares an item of procedural code; its variables begin anew each time.</summary>
    public void Local(ItemSyntax item, Scope scope, List<Signal>? variables)
    {
        if (TryDeclareCommon(item, scope))
        {
            return;
        }

        if (item is not VariableDeclarationSyntax variable)
        {
            throw new BindingException(BindingDiagnostics.UnsupportedItem("this declaration in procedural code", item.Origin.Span));
        }

        EnumNames(variable.Type, scope);
        foreach (var declarator in variable.Declarators)
        {
            if (variables is not null && scope.Symbols.TryGetValue(declarator.Name, out var port) && port is SignalSymbol)
            {
                // The type of a port that was declared apart.
                continue;
            }

            var type = context.Types.Unpacked(context.Types.Resolve(variable.Type, scope), declarator.Dimensions, scope);
            var signal = new Signal(declarator.Name, type, SignalKind.Local, declarator)
            {
                Initial = declarator.Value is null ? null : (declarator.Value, scope),
                IsConstant = false,
            };
            variables?.Add(signal);
            Declare(scope, new SignalSymbol(declarator.Name, declarator, () => signal));
        }
    }

    private DataType? ParameterType(ParameterDeclarationSyntax syntax, DeclaratorSyntax declarator, Scope scope)
    {
        var isOpen = syntax.Type is null or VectorTypeSyntax { Keyword: "", Packed.Count: 0 }
            or KeywordTypeSyntax { Keyword: "string" or "real" or "realtime" or "shortreal" };
        if (isOpen && declarator.Dimensions.Count == 0)
        {
            return null;
        }

        return context.Types.Unpacked(syntax.Type is null ? DataType.Bits(32, signed: true) : context.Types.Resolve(syntax.Type, scope), declarator.Dimensions, scope);
    }

    private void Import(ImportSyntax import, Scope scope)
    {
        var package = Package(import.Package, import);
        if (import.Name is null)
        {
            scope.ImportAll(package);
            return;
        }

        scope.Import(package.FindExported(import.Name) ?? throw new BindingException(
            BindingDiagnostics.UnknownName($"name in package '{import.Package}'", import.Name, package.Nearest(import.Name), import.Origin.Span)));
    }

    private void Port(
        Routine routine, PortDeclarationSyntax port, DeclaratorSyntax declarator, (string Direction, DataTypeSyntax? Type) from,
        EquatableArray<ItemSyntax> declarations)
    {
        // Old style: 'input [3:0] a; reg [3:0] a;' or 'input a; integer a;'.
        var also = declarations.OfType<VariableDeclarationSyntax>().FirstOrDefault(v => v.Declarators.Any(d => d.Name == declarator.Name));
        var typeSyntax = from.Type is null or VectorTypeSyntax { Keyword: "", Packed.Count: 0, Signed: null } && also is not null ? also?.Type : from.Type;
        var element = typeSyntax is null ? DataType.Bits(1) : context.Types.Resolve(typeSyntax, routine.Scope);
        var type = context.Types.Unpacked(element, declarator.Dimensions, routine.Scope);
        var signal = new Signal(declarator.Name, type, SignalKind.Local, declarator);
        routine.Variables.Add(signal);
        Declare(routine.Scope, new SignalSymbol(declarator.Name, declarator, () => signal));
        routine.Ports.Add(new(signal, from.Direction != "output", from.Direction is "output" or "inout" or "ref", declarator.Value));
    }
}
