namespace HwSeed.Hdl.Verilog.Syntax;

/// <summary>An item of a module, package, generate block or file, and a declaration in a procedural block.</summary>
public abstract record ItemSyntax : SyntaxNode
{
    /// <summary>The attributes before it.</summary>
    public EquatableArray<AttributeSyntax> Attributes { get; init; }
}

/// <summary><c>;</c>, or an assertion over time, which has no effect.</summary>
public sealed record EmptyItemSyntax : ItemSyntax
{
    /// <summary>The lines of an ignored assertion, property, sequence or clocking; none for <c>;</c>.</summary>
    public EquatableArray<string> Ignored { get; init; }
}

/// <summary>A net declaration, perhaps with assignments: <c>wire signed [7:0] a = b, c;</c>.</summary>
/// <param name="NetType"><c>wire tri wand wor tri0 tri1 triand trior supply0 supply1 uwire</c>.</param>
/// <param name="Type">Its data type; a <see cref="VectorTypeSyntax"/> without a keyword when only a range is given.</param>
/// <param name="Delay">Delay, or null.</param>
/// <param name="Declarators">Names.</param>
public sealed record NetDeclarationSyntax(
    string NetType, DataTypeSyntax Type, ExpressionSyntax? Delay, EquatableArray<DeclaratorSyntax> Declarators) : ItemSyntax;

/// <summary>A variable declaration.</summary>
/// <param name="Modifiers">Of <c>const</c>, <c>var</c>, <c>static</c>, <c>automatic</c>, in this order.</param>
/// <param name="Type">Data type.</param>
/// <param name="Declarators">Names.</param>
public sealed record VariableDeclarationSyntax(
    EquatableArray<string> Modifiers, DataTypeSyntax Type, EquatableArray<DeclaratorSyntax> Declarators) : ItemSyntax;

/// <summary><c>parameter</c> or <c>localparam</c>, in the body, a package or a header.</summary>
/// <param name="IsLocal">Whether it is <c>localparam</c>.</param>
/// <param name="HasKeyword">False in a header after a comma: <c>#(parameter A = 1, B = 2)</c>.</param>
/// <param name="Type">Null when no type, sign or range is written.</param>
/// <param name="Declarators">Names and defaults.</param>
public sealed record ParameterDeclarationSyntax(
    bool IsLocal, bool HasKeyword, DataTypeSyntax? Type, EquatableArray<DeclaratorSyntax> Declarators) : ItemSyntax;

/// <summary><c>parameter type name = default</c>.</summary>
public sealed record TypeParameterSyntax(bool IsLocal, bool HasKeyword, string Name, DataTypeSyntax? Default) : ItemSyntax;

/// <summary><c>typedef type name dimensions;</c>.</summary>
public sealed record TypedefSyntax(DataTypeSyntax Type, string Name, EquatableArray<DimensionSyntax> Dimensions) : ItemSyntax;

/// <summary><c>genvar i, j;</c>.</summary>
public sealed record GenvarSyntax(EquatableArray<string> Names) : ItemSyntax;

/// <summary><c>event e;</c> and others that only simulation knows are refused by the binder; this keeps their keyword.</summary>
public sealed record RefusedItemSyntax(string Keyword) : ItemSyntax;

/// <summary><c>import package::name;</c>, the name null for <c>*</c>.</summary>
public sealed record ImportSyntax(string Package, string? Name) : ItemSyntax;

/// <summary>
/// A port: in the header of a module (one declarator), in its body when the header only lists names, or of a function or
/// task. What is null was left out: a header port without direction and type takes those of the port before it.
/// </summary>
/// <param name="Direction"><c>input</c>, <c>output</c>, <c>inout</c>, <c>ref</c>, <c>const ref</c>, or null.</param>
/// <param name="NetType">A net type, <c>var</c>, or null.</param>
/// <param name="Type">Data type, or null when neither keyword, sign nor range is written.</param>
/// <param name="Declarators">Names.</param>
public sealed record PortDeclarationSyntax(
    string? Direction, string? NetType, DataTypeSyntax? Type, EquatableArray<DeclaratorSyntax> Declarators) : ItemSyntax;

/// <summary>A name in a header that only lists names, or <c>.name(expression)</c>.</summary>
public sealed record PortReferenceSyntax(string? Name, ExpressionSyntax? Expression) : ItemSyntax;

/// <summary><c>assign #delay a = b, c = d;</c>.</summary>
public sealed record ContinuousAssignSyntax(ExpressionSyntax? Delay, EquatableArray<NetAssignmentSyntax> Assignments) : ItemSyntax;

/// <summary>A target and its value.</summary>
public sealed record NetAssignmentSyntax(ExpressionSyntax Target, ExpressionSyntax Value) : SyntaxNode;

/// <summary><c>always</c>, <c>always_comb</c>, <c>always_ff</c>, <c>always_latch</c>, <c>initial</c> or <c>final</c>.</summary>
public sealed record ProcessSyntax(string Keyword, StatementSyntax Body) : ItemSyntax;

/// <summary>Instances of one module: <c>module #(parameters) u1 (connections), u2 (connections);</c>.</summary>
public sealed record InstantiationSyntax(
    string Module, EquatableArray<ConnectionSyntax> Parameters, EquatableArray<InstanceSyntax> Instances) : ItemSyntax;

/// <summary>One instance; with dimensions an array of instances.</summary>
public sealed record InstanceSyntax(
    string Name, EquatableArray<DimensionSyntax> Dimensions, EquatableArray<ConnectionSyntax> Connections) : SyntaxNode;

/// <summary>A connection of a port or parameter.</summary>
public abstract record ConnectionSyntax : SyntaxNode;

/// <summary>By position; null for a port left open.</summary>
public sealed record PositionalConnectionSyntax(ExpressionSyntax? Value) : ConnectionSyntax;

/// <summary><c>.name(value)</c>, <c>.name()</c>, or <c>.name</c> when it is implicit.</summary>
public sealed record NamedConnectionSyntax(string Name, ExpressionSyntax? Value, bool IsImplicit) : ConnectionSyntax;

/// <summary><c>.*</c>.</summary>
public sealed record WildcardConnectionSyntax : ConnectionSyntax;

/// <summary>Gates: <c>and #1 g1 (y, a, b);</c>.</summary>
public sealed record GateInstantiationSyntax(string Gate, ExpressionSyntax? Delay, EquatableArray<GateSyntax> Gates) : ItemSyntax;

/// <summary>One gate; outputs first.</summary>
public sealed record GateSyntax(string? Name, EquatableArray<DimensionSyntax> Dimensions, EquatableArray<ExpressionSyntax> Terminals) : SyntaxNode;

/// <summary>A function.</summary>
/// <param name="Lifetime"><c>automatic</c>, <c>static</c> or null.</param>
/// <param name="ReturnType">Null when nothing is written: one bit.</param>
/// <param name="Name">Its name.</param>
/// <param name="Ports">The ports of the header; null when there are no parentheses and ports are in the body.</param>
/// <param name="Declarations">Declarations of the body, ports included when the header has none.</param>
/// <param name="Statements">Statements of the body.</param>
public sealed record FunctionSyntax(
    string? Lifetime, DataTypeSyntax? ReturnType, string Name, EquatableArray<PortDeclarationSyntax>? Ports,
    EquatableArray<ItemSyntax> Declarations, EquatableArray<StatementSyntax> Statements) : ItemSyntax
{
    /// <summary>The comments before <c>endfunction</c>.</summary>
    public EquatableArray<string> ClosingComments { get; init; }
}

/// <summary>A task; parameters as for <see cref="FunctionSyntax"/>.</summary>
public sealed record TaskSyntax(
    string? Lifetime, string Name, EquatableArray<PortDeclarationSyntax>? Ports,
    EquatableArray<ItemSyntax> Declarations, EquatableArray<StatementSyntax> Statements) : ItemSyntax
{
    /// <summary>The comments before <c>endtask</c>.</summary>
    public EquatableArray<string> ClosingComments { get; init; }
}

/// <summary><c>generate items endgenerate</c>.</summary>
public sealed record GenerateRegionSyntax(EquatableArray<ItemSyntax> Items) : ItemSyntax
{
    /// <summary>The comments before <c>endgenerate</c>.</summary>
    public EquatableArray<string> ClosingComments { get; init; }
}

/// <summary><c>begin : name items end</c> among items; also the branches of generate statements.</summary>
public sealed record GenerateBlockSyntax(string? Name, EquatableArray<ItemSyntax> Items) : ItemSyntax
{
    /// <summary>Whether <c>begin</c> and <c>end</c> are written; else there is exactly one item.</summary>
    public bool HasBegin { get; init; } = true;

    /// <summary>The comments before <c>end</c>.</summary>
    public EquatableArray<string> ClosingComments { get; init; }
}

/// <summary><c>for (genvar i = 0; i &lt; N; i = i + 1) block</c>.</summary>
/// <param name="DeclaresGenvar">Whether <c>genvar</c> stands in the head.</param>
/// <param name="Genvar">The loop's variable.</param>
/// <param name="Initial">Its first value.</param>
/// <param name="Condition">Constant for each value of the genvar.</param>
/// <param name="Step">An assignment or increment of the genvar.</param>
/// <param name="Body">The block.</param>
public sealed record GenerateForSyntax(
    bool DeclaresGenvar, string Genvar, ExpressionSyntax Initial, ExpressionSyntax Condition, StatementSyntax Step,
    GenerateBlockSyntax Body) : ItemSyntax;

/// <summary><c>if (condition) block else block</c> among items.</summary>
public sealed record GenerateIfSyntax(ExpressionSyntax Condition, GenerateBlockSyntax Then, GenerateBlockSyntax? Else) : ItemSyntax;

/// <summary><c>case (selector) ... endcase</c> among items.</summary>
public sealed record GenerateCaseSyntax(ExpressionSyntax Selector, EquatableArray<GenerateCaseItemSyntax> Items) : ItemSyntax
{
    /// <summary>The comments before <c>endcase</c>.</summary>
    public EquatableArray<string> ClosingComments { get; init; }
}

/// <summary>A branch; no labels for <c>default</c>.</summary>
public sealed record GenerateCaseItemSyntax(EquatableArray<ExpressionSyntax> Labels, GenerateBlockSyntax Body) : SyntaxNode;

/// <summary>A system task among items: <c>$error("...");</c>.</summary>
public sealed record SystemTaskItemSyntax(SystemTaskSyntax Task) : ItemSyntax;

/// <summary><c>timeunit unit / precision;</c> or <c>timeprecision unit;</c>: means nothing to a cycle-based simulation.</summary>
public sealed record TimeUnitSyntax(string Keyword, string Unit, string? Precision) : ItemSyntax;

/// <summary><c>defparam path = value;</c>.</summary>
public sealed record DefparamSyntax(EquatableArray<NetAssignmentSyntax> Assignments) : ItemSyntax;

/// <summary><c>modport master (...), slave (...);</c>.</summary>
public sealed record ModportItemSyntax(EquatableArray<ModportSyntax> Modports) : ItemSyntax;

/// <summary>What a user of an interface sees of it, and in which direction.</summary>
public sealed record ModportSyntax(string Name, EquatableArray<ModportTermSyntax> Terms) : SyntaxNode;

/// <summary>A name of a modport.</summary>
/// <param name="Direction"><c>input</c>, <c>output</c>, <c>inout</c>, <c>ref</c>, <c>import</c>, or null for that of the term before it.</param>
/// <param name="Name">The name that users see.</param>
/// <param name="Value">What it stands for, in <c>.name(value)</c>; null for the signal or function of this name.</param>
public sealed record ModportTermSyntax(string? Direction, string Name, ExpressionSyntax? Value) : SyntaxNode;

/// <summary>A module or an interface.</summary>
/// <param name="Lifetime"><c>automatic</c>, <c>static</c> or null.</param>
/// <param name="Name">Its name.</param>
/// <param name="Imports">Imports of the header.</param>
/// <param name="Parameters">Parameters of the header (<see cref="ParameterDeclarationSyntax"/>, <see cref="TypeParameterSyntax"/>).</param>
/// <param name="Ports">All <see cref="PortDeclarationSyntax"/>, or all <see cref="PortReferenceSyntax"/>.</param>
/// <param name="Items">The body.</param>
public sealed record ModuleSyntax(
    string? Lifetime, string Name, EquatableArray<ImportSyntax> Imports, EquatableArray<ItemSyntax> Parameters,
    EquatableArray<ItemSyntax> Ports, EquatableArray<ItemSyntax> Items) : ItemSyntax
{
    /// <summary>Whether it is an interface.</summary>
    public bool IsInterface { get; init; }

    /// <summary>What <c>`default_nettype</c> says where the module begins: a net type or <c>none</c>.</summary>
    public string DefaultNetType { get; init; } = "wire";

    /// <summary>The comments before <c>endmodule</c> or <c>endinterface</c>.</summary>
    public EquatableArray<string> ClosingComments { get; init; }
}

/// <summary>A package.</summary>
public sealed record PackageSyntax(string? Lifetime, string Name, EquatableArray<ItemSyntax> Items) : ItemSyntax
{
    /// <summary>The comments before <c>endpackage</c>.</summary>
    public EquatableArray<string> ClosingComments { get; init; }
}

/// <summary>A source file with what it includes: modules, packages and declarations of the file's own scope.</summary>
public sealed record SourceUnitSyntax(EquatableArray<ItemSyntax> Items) : SyntaxNode
{
    /// <summary>The comments at the end.</summary>
    public EquatableArray<string> ClosingComments { get; init; }

    /// <summary>The places of what was left out with HW2402 and no macro yields; they do not take part in equality.</summary>
    public EquatableArray<Origin> LeftOut { get; init; }

    /// <summary>Whether both say the same.</summary>
    public bool Equals(SourceUnitSyntax? other) => base.Equals(other) && Items == other.Items && ClosingComments == other.ClosingComments;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Items, ClosingComments);
}
