using System.Diagnostics;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Printing;

internal sealed partial class SyntaxText
{
    private void Type(DataTypeSyntax type)
    {
        switch (type)
        {
            case VectorTypeSyntax vector:
                Joined([vector.Keyword, Sign(vector.Signed)], vector.Packed);
                break;
            case KeywordTypeSyntax keyword:
                Joined([keyword.Keyword, Sign(keyword.Signed)], []);
                break;
            case NamedTypeSyntax named:
                Scope(named.Package, named.Name);
                Dimensions(" ", named.Packed);
                break;
            case InterfaceTypeSyntax { Interface: var name } port:
                if (name is null)
                {
                    Write("interface");
                }
                else
                {
                    Name(name);
                }

                if (port.Modport is not null)
                {
                    Write(".").Name(port.Modport);
                }

                break;
            case TypeOfSyntax typeOf:
                Write("type(").Expression(typeOf.Operand);
                Write(")");
                break;
            case EnumTypeSyntax type1:
                Write("enum ");
                if (type1.Base is not null)
                {
                    Type(type1.Base);
                    Write(" ");
                }

                Bracketed("{", type1.Members, "}", true, m =>
                {
                    Name(m.Name);
                    Dimensions("", m.Count is null ? [] : [m.Count]);
                    Value(m.Value);
                });
                Dimensions(" ", type1.Packed);
                break;
            case StructTypeSyntax members:
                Write(members.IsUnion ? "union " : "struct ").Write(members.IsPacked ? "packed " : "");
                Write(members.Signed is null ? "" : $"{Sign(members.Signed)} ").Write("{");
                _indent++;
                foreach (var member in members.Members)
                {
                    Line();
                    Comments(member.Comments);
                    Type(member.Type);
                    Write(" ").Declarators(member.Declarators);
                    Write(";");
                }

                _indent--;
                Line();
                Write("}").Dimensions(" ", members.Packed);
                break;
            default:
                throw new UnreachableException($"type {type.GetType().Name}");
        }
    }

    private static string Sign(bool? signed) => signed switch { null => "", true => "signed", false => "unsigned" };

    private void Joined(IEnumerable<string> words, EquatableArray<DimensionSyntax> dimensions)
    {
        var text = string.Join(' ', words.Where(w => w.Length > 0));
        Write(text).Dimensions(text.Length > 0 ? " " : "", dimensions);
    }

    // A type with a blank behind it, or nothing for an empty one.
    private void TypeBefore(DataTypeSyntax? type)
    {
        if (type is null or VectorTypeSyntax { Keyword: "", Signed: null, Packed.Count: 0 })
        {
            return;
        }

        Type(type);
        Write(" ");
    }

    private void Dimensions(string before, EquatableArray<DimensionSyntax> dimensions)
    {
        for (var i = 0; i < dimensions.Count; i++)
        {
            Write(i == 0 ? before : "").Write("[").Expression(dimensions[i].Left);
            if (dimensions[i].Right is { } right)
            {
                Write(":").Expression(right);
            }

            Write("]");
        }
    }

    private void Declarators(EquatableArray<DeclaratorSyntax> declarators) => Separated(declarators, Declarator);

    private void Declarator(DeclaratorSyntax declarator)
    {
        Name(declarator.Name);
        Dimensions(" ", declarator.Dimensions);
        Value(declarator.Value);
    }

    private void Value(ExpressionSyntax? value)
    {
        if (value is not null)
        {
            Write(" = ").Expression(value);
        }
    }

    private void Parameter(ItemSyntax parameter)
    {
        switch (parameter)
        {
            case ParameterDeclarationSyntax values:
                Write(!values.HasKeyword ? "" : values.IsLocal ? "localparam " : "parameter ").TypeBefore(values.Type);
                Declarators(values.Declarators);
                break;
            case TypeParameterSyntax type:
                Write(!type.HasKeyword ? "" : type.IsLocal ? "localparam " : "parameter ").Write("type ").Name(type.Name);
                if (type.Default is not null)
                {
                    Write(" = ").Type(type.Default);
                }

                break;
            default:
                throw new UnreachableException($"parameter {parameter.GetType().Name}");
        }
    }

    private void Port(ItemSyntax port)
    {
        Attributes(port.Attributes);
        switch (port)
        {
            case PortDeclarationSyntax declaration:
                Write(declaration.Direction is null ? "" : $"{declaration.Direction} ");
                Write(declaration.NetType is null ? "" : $"{declaration.NetType} ").TypeBefore(declaration.Type);
                Declarators(declaration.Declarators);
                break;
            case PortReferenceSyntax { Name: { } name, Expression: { } expression }:
                Write(".").Name(name);
                Write("(").Expression(expression);
                Write(")");
                break;
            case PortReferenceSyntax { Name: { } name }:
                Name(name);
                break;
            case PortReferenceSyntax reference:
                if (reference.Expression is not null)
                {
                    Expression(reference.Expression);
                }

                break;
            default:
                throw new UnreachableException($"port {port.GetType().Name}");
        }
    }

    private void Variable(VariableDeclarationSyntax variable)
    {
        foreach (var modifier in variable.Modifiers)
        {
            Write(modifier).Write(" ");
        }

        TypeBefore(variable.Type);
        Declarators(variable.Declarators);
    }
}
