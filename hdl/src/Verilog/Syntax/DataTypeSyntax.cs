namespace HwSeed.Hdl.Verilog.Syntax;

/// <summary>A data type as written.</summary>
public abstract record DataTypeSyntax : SyntaxNode;

/// <summary>A vector type: <c>logic signed [7:0]</c>, or implicit, as in <c>wire [7:0] a</c>, when the keyword is empty.</summary>
/// <param name="Keyword"><c>logic</c>, <c>reg</c>, <c>bit</c>, or empty.</param>
/// <param name="Signed">What is written; null for nothing.</param>
/// <param name="Packed">Packed dimensions, outermost first.</param>
public sealed record VectorTypeSyntax(string Keyword, bool? Signed, EquatableArray<DimensionSyntax> Packed) : DataTypeSyntax;

/// <summary>
/// A type of one keyword: <c>int integer byte shortint longint time string real realtime shortreal void event chandle</c>.
/// </summary>
public sealed record KeywordTypeSyntax(string Keyword, bool? Signed) : DataTypeSyntax;

/// <summary>A type by its name: <c>state_t</c>, <c>pkg::state_t [3:0]</c>.</summary>
public sealed record NamedTypeSyntax(string? Package, string Name, EquatableArray<DimensionSyntax> Packed) : DataTypeSyntax;

/// <summary>
/// The type of a port that is an interface, when it names a modport or no interface: <c>bus_if.slave</c>, <c>interface</c>;
/// the name of an interface alone is a <see cref="NamedTypeSyntax"/>.
/// </summary>
/// <param name="Interface">Null for any interface.</param>
/// <param name="Modport">Null when none is written.</param>
public sealed record InterfaceTypeSyntax(string? Interface, string? Modport) : DataTypeSyntax;

/// <summary><c>enum base {members}</c>.</summary>
public sealed record EnumTypeSyntax(DataTypeSyntax? Base, EquatableArray<EnumMemberSyntax> Members, EquatableArray<DimensionSyntax> Packed) : DataTypeSyntax;

/// <summary>A name of an enumeration; <c>name[3]</c> or <c>name[0:3]</c> declares several.</summary>
public sealed record EnumMemberSyntax(string Name, DimensionSyntax? Count, ExpressionSyntax? Value) : SyntaxNode;

/// <summary><c>struct packed {members}</c> or <c>union packed {members}</c>.</summary>
public sealed record StructTypeSyntax(
    bool IsUnion, bool IsPacked, bool? Signed, EquatableArray<StructMemberSyntax> Members, EquatableArray<DimensionSyntax> Packed) : DataTypeSyntax;

/// <summary>Members of one type.</summary>
public sealed record StructMemberSyntax(DataTypeSyntax Type, EquatableArray<DeclaratorSyntax> Declarators) : SyntaxNode;

/// <summary><c>type(expression or type)</c>.</summary>
public sealed record TypeOfSyntax(ExpressionSyntax Operand) : DataTypeSyntax;
