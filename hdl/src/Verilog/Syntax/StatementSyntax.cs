namespace HwSeed.Hdl.Verilog.Syntax;

/// <summary>A statement of procedural code.</summary>
public abstract record StatementSyntax : SyntaxNode
{
    /// <summary>The attributes before it.</summary>
    public EquatableArray<AttributeSyntax> Attributes { get; init; }
}

/// <summary><c>;</c>, or an assertion over time, which has no effect.</summary>
public sealed record NullStatementSyntax : StatementSyntax
{
    /// <summary>The lines of an ignored assertion; none for <c>;</c>.</summary>
    public EquatableArray<string> Ignored { get; init; }
}

/// <summary><c>begin : name declarations statements end</c>.</summary>
public sealed record BlockSyntax(
    string? Name, EquatableArray<ItemSyntax> Declarations, EquatableArray<StatementSyntax> Statements) : StatementSyntax
{
    /// <summary>The comments before <c>end</c>.</summary>
    public EquatableArray<string> ClosingComments { get; init; }
}

/// <summary><c>fork ... join</c>, with the word that ends it.</summary>
public sealed record ForkSyntax(string? Name, EquatableArray<StatementSyntax> Statements, string Join) : StatementSyntax
{
    /// <summary>The comments before the word that ends it.</summary>
    public EquatableArray<string> ClosingComments { get; init; }
}

/// <summary>An assignment.</summary>
/// <param name="Target">A name, a select, a member, a concatenation or a pattern.</param>
/// <param name="Operator"><c>=</c>, <c>&lt;=</c>, or a compound one such as <c>+=</c> and <c>&lt;&lt;&lt;=</c>.</param>
/// <param name="Delay">The delay or event control after the operator, or null.</param>
/// <param name="Value">What is assigned.</param>
public sealed record AssignmentSyntax(ExpressionSyntax Target, string Operator, TimingSyntax? Delay, ExpressionSyntax Value) : StatementSyntax;

/// <summary><c>target++</c> or <c>target--</c>, also when written in front.</summary>
public sealed record IncrementSyntax(ExpressionSyntax Target, string Operator) : StatementSyntax;

/// <summary><c>assign</c>, <c>deassign</c>, <c>force</c> or <c>release</c> inside of procedural code.</summary>
public sealed record ProceduralAssignSyntax(string Keyword, ExpressionSyntax Target, ExpressionSyntax? Value) : StatementSyntax;

/// <summary>An if statement; the qualifier is <c>unique</c>, <c>unique0</c>, <c>priority</c> or null.</summary>
public sealed record IfSyntax(string? Qualifier, ExpressionSyntax Condition, StatementSyntax Then, StatementSyntax? Else) : StatementSyntax;

/// <summary>A case statement.</summary>
/// <param name="Qualifier"><c>unique</c>, <c>unique0</c>, <c>priority</c> or null.</param>
/// <param name="Keyword"><c>case</c>, <c>casez</c> or <c>casex</c>.</param>
/// <param name="Selector">What is compared.</param>
/// <param name="IsInside">Whether it is <c>case (...) inside</c>.</param>
/// <param name="Items">In order.</param>
public sealed record CaseSyntax(
    string? Qualifier, string Keyword, ExpressionSyntax Selector, bool IsInside, EquatableArray<CaseItemSyntax> Items) : StatementSyntax
{
    /// <summary>The comments before <c>endcase</c>.</summary>
    public EquatableArray<string> ClosingComments { get; init; }
}

/// <summary>A branch of a case statement; no labels for <c>default</c>.</summary>
public sealed record CaseItemSyntax(EquatableArray<ExpressionSyntax> Labels, StatementSyntax Body) : SyntaxNode;

/// <summary>A for loop.</summary>
/// <param name="Initial">Assignments, or one declaration (<see cref="DeclarationStatementSyntax"/>).</param>
/// <param name="Condition">Null for none.</param>
/// <param name="Steps">Assignments and increments.</param>
/// <param name="Body">The statement.</param>
public sealed record ForSyntax(
    EquatableArray<StatementSyntax> Initial, ExpressionSyntax? Condition, EquatableArray<StatementSyntax> Steps, StatementSyntax Body) : StatementSyntax;

/// <summary><c>foreach (array[i, j]) body</c>; a dimension that is skipped has a null name.</summary>
public sealed record ForeachSyntax(ExpressionSyntax Array, EquatableArray<string?> Names, StatementSyntax Body) : StatementSyntax;

/// <summary><c>while (condition) body</c>.</summary>
public sealed record WhileSyntax(ExpressionSyntax Condition, StatementSyntax Body) : StatementSyntax;

/// <summary><c>do body while (condition);</c>.</summary>
public sealed record DoWhileSyntax(StatementSyntax Body, ExpressionSyntax Condition) : StatementSyntax;

/// <summary><c>repeat (count) body</c>.</summary>
public sealed record RepeatSyntax(ExpressionSyntax Count, StatementSyntax Body) : StatementSyntax;

/// <summary><c>forever body</c>.</summary>
public sealed record ForeverSyntax(StatementSyntax Body) : StatementSyntax;

/// <summary>A call of a task or function as a statement; <c>void'(f(x))</c> when its result is dropped on purpose.</summary>
public sealed record CallStatementSyntax(ExpressionSyntax Call, bool IsVoidCast) : StatementSyntax;

/// <summary><c>$name(arguments);</c>, name with its dollar; an argument left out is null.</summary>
public sealed record SystemTaskSyntax(string Name, EquatableArray<ArgumentSyntax> Arguments) : StatementSyntax;

/// <summary><c>return value;</c>.</summary>
public sealed record ReturnSyntax(ExpressionSyntax? Value) : StatementSyntax;

/// <summary><c>break;</c>.</summary>
public sealed record BreakSyntax : StatementSyntax;

/// <summary><c>continue;</c>.</summary>
public sealed record ContinueSyntax : StatementSyntax;

/// <summary><c>disable name;</c>.</summary>
public sealed record DisableSyntax(string Name) : StatementSyntax;

/// <summary>An immediate <c>assert</c>, <c>assume</c> or <c>cover</c>.</summary>
/// <param name="Keyword">That word, with <c>#0</c> or <c>final</c> behind it where it is deferred.</param>
/// <param name="Condition">What is asserted.</param>
/// <param name="Then">Where it holds.</param>
/// <param name="Else">Where it does not.</param>
public sealed record AssertSyntax(string Keyword, ExpressionSyntax Condition, StatementSyntax? Then, StatementSyntax? Else) : StatementSyntax;

/// <summary>A declaration where a statement may stand: in the head of a for loop.</summary>
public sealed record DeclarationStatementSyntax(VariableDeclarationSyntax Declaration) : StatementSyntax;

/// <summary>A statement behind a timing control: <c>@(posedge clk) body</c>, <c>#5 body</c>.</summary>
public sealed record TimedStatementSyntax(TimingSyntax Timing, StatementSyntax Body) : StatementSyntax;

/// <summary><c>wait (condition) body</c>.</summary>
public sealed record WaitSyntax(ExpressionSyntax Condition, StatementSyntax Body) : StatementSyntax;

/// <summary><c>-&gt; event;</c>.</summary>
public sealed record EventTriggerSyntax(ExpressionSyntax Event) : StatementSyntax;

/// <summary>A timing control.</summary>
public abstract record TimingSyntax : SyntaxNode;

/// <summary><c>#delay</c>.</summary>
public sealed record DelaySyntax(ExpressionSyntax Delay) : TimingSyntax;

/// <summary><c>@(terms)</c>, or <c>@*</c> when there is no term.</summary>
public sealed record EventControlSyntax(EquatableArray<EventTermSyntax> Terms) : TimingSyntax;

/// <summary>A term of a sensitivity list; the edge is <c>posedge</c>, <c>negedge</c>, <c>edge</c> or null.</summary>
public sealed record EventTermSyntax(string? Edge, ExpressionSyntax Signal, ExpressionSyntax? Condition) : SyntaxNode;
