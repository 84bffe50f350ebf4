namespace HwSeed.Hdl.Verilog.Syntax;

/// <summary>An expression.</summary>
public abstract record ExpressionSyntax : SyntaxNode;

/// <summary>A number as written: <c>42</c>, <c>8'hff</c>, <c>4'b1x0z</c>, <c>16'sd_100</c>; spaces inside are dropped.</summary>
public sealed record NumberSyntax(string Text) : ExpressionSyntax;

/// <summary>A real number or a time such as <c>1.5</c> or <c>10ns</c>, as written.</summary>
public sealed record RealSyntax(string Text) : ExpressionSyntax;

/// <summary><c>'0</c>, <c>'1</c>, <c>'x</c> or <c>'z</c>: all bits of the context's width.</summary>
public sealed record FillSyntax(char Digit) : ExpressionSyntax;

/// <summary>A string; the text between the quotes with its escapes as written.</summary>
public sealed record StringSyntax(string Text) : ExpressionSyntax;

/// <summary>A simple name; an escaped identifier without its backslash.</summary>
public sealed record NameSyntax(string Name) : ExpressionSyntax;

/// <summary><c>package::name</c>; the package is <c>$unit</c> for the file's own scope.</summary>
public sealed record ScopedNameSyntax(string Package, string Name) : ExpressionSyntax;

/// <summary><c>operand.name</c>: a member of a structure, or a step of a hierarchical name.</summary>
public sealed record MemberSyntax(ExpressionSyntax Operand, string Name) : ExpressionSyntax;

/// <summary><c>operand[index]</c>: a bit or an element.</summary>
public sealed record IndexSyntax(ExpressionSyntax Operand, ExpressionSyntax Index) : ExpressionSyntax;

/// <summary>A part select: <c>[left:right]</c>, <c>[left+:right]</c> or <c>[left-:right]</c>.</summary>
/// <param name="Operand">What is selected from.</param>
/// <param name="Operator"><c>:</c>, <c>+:</c> or <c>-:</c>.</param>
/// <param name="Left">Left bound or start.</param>
/// <param name="Right">Right bound or width.</param>
public sealed record PartSelectSyntax(ExpressionSyntax Operand, string Operator, ExpressionSyntax Left, ExpressionSyntax Right) : ExpressionSyntax;

/// <summary>A prefix operator: <c>+ - ! ~ &amp; ~&amp; | ~| ^ ~^</c> (<c>^~</c> is written <c>~^</c>).</summary>
public sealed record UnarySyntax(string Operator, ExpressionSyntax Operand) : ExpressionSyntax;

/// <summary>An infix operator: <c>+ - * / % ** == != === !== ==? !=? &lt; &lt;= &gt; &gt;= &amp;&amp; || &amp; | ^ ~^ &lt;&lt; &gt;&gt; &lt;&lt;&lt; &gt;&gt;&gt; -&gt; &lt;-&gt;</c>.</summary>
public sealed record BinarySyntax(string Operator, ExpressionSyntax Left, ExpressionSyntax Right) : ExpressionSyntax;

/// <summary><c>condition ? whenTrue : whenFalse</c>.</summary>
public sealed record ConditionalSyntax(ExpressionSyntax Condition, ExpressionSyntax WhenTrue, ExpressionSyntax WhenFalse) : ExpressionSyntax;

/// <summary><c>(operand)</c>; kept, so that the printer needs no table of precedences.</summary>
public sealed record ParenthesisSyntax(ExpressionSyntax Operand) : ExpressionSyntax;

/// <summary><c>{a, b}</c>.</summary>
public sealed record ConcatenationSyntax(EquatableArray<ExpressionSyntax> Parts) : ExpressionSyntax;

/// <summary><c>{count{a, b}}</c>.</summary>
public sealed record ReplicationSyntax(ExpressionSyntax Count, EquatableArray<ExpressionSyntax> Parts) : ExpressionSyntax;

/// <summary>A call of a function or task of the source; an argument left out is null.</summary>
/// <param name="Function">A <see cref="NameSyntax"/>, <see cref="ScopedNameSyntax"/> or <see cref="MemberSyntax"/>.</param>
/// <param name="Arguments">In order.</param>
public sealed record CallSyntax(ExpressionSyntax Function, EquatableArray<ArgumentSyntax> Arguments) : ExpressionSyntax;

/// <summary>An argument, by position or <c>.name(value)</c>.</summary>
public sealed record ArgumentSyntax(string? Name, ExpressionSyntax? Value) : SyntaxNode;

/// <summary><c>$name(arguments)</c> as a value, name with its dollar; no parentheses when there is no argument.</summary>
public sealed record SystemCallSyntax(string Name, EquatableArray<ExpressionSyntax> Arguments) : ExpressionSyntax;

/// <summary>A data type where an expression may stand: <c>$bits(logic [7:0])</c>, <c>#(.T(logic))</c>, the target of a cast.</summary>
public sealed record TypeExpressionSyntax(DataTypeSyntax Type) : ExpressionSyntax;

/// <summary><c>target'(operand)</c>: the target is a width, a name that may be a type or a constant, or a type.</summary>
public sealed record CastSyntax(ExpressionSyntax Target, ExpressionSyntax Operand) : ExpressionSyntax;

/// <summary><c>signed'(operand)</c> or <c>unsigned'(operand)</c>.</summary>
public sealed record SignCastSyntax(bool Signed, ExpressionSyntax Operand) : ExpressionSyntax;

/// <summary><c>operand inside {items}</c>; items are values or <see cref="ValueRangeSyntax"/>.</summary>
public sealed record InsideSyntax(ExpressionSyntax Operand, EquatableArray<ExpressionSyntax> Items) : ExpressionSyntax;

/// <summary><c>[low:high]</c> in a list of <c>inside</c>; <c>$</c> for an open bound is null.</summary>
public sealed record ValueRangeSyntax(ExpressionSyntax? Low, ExpressionSyntax? High) : ExpressionSyntax;

/// <summary><c>'{items}</c> or <c>type'{items}</c>.</summary>
public sealed record AssignmentPatternSyntax(ExpressionSyntax? Type, EquatableArray<PatternItemSyntax> Items) : ExpressionSyntax;

/// <summary><c>'{count{items}}</c>.</summary>
public sealed record PatternReplicationSyntax(ExpressionSyntax Count, EquatableArray<ExpressionSyntax> Items) : ExpressionSyntax;

/// <summary>An item of a pattern: by position when the key is null, by member, index or type, or for all others.</summary>
public sealed record PatternItemSyntax(ExpressionSyntax? Key, ExpressionSyntax Value) : SyntaxNode;

/// <summary>The key <c>default</c> of a pattern.</summary>
public sealed record DefaultKeySyntax : ExpressionSyntax;

/// <summary><c>{&lt;&lt; slice {parts}}</c>: a streaming concatenation.</summary>
public sealed record StreamSyntax(string Operator, ExpressionSyntax? Slice, EquatableArray<ExpressionSyntax> Parts) : ExpressionSyntax;

/// <summary><c>min:typ:max</c> inside of parentheses: only in delays and constants.</summary>
public sealed record MinTypMaxSyntax(ExpressionSyntax Minimum, ExpressionSyntax Typical, ExpressionSyntax Maximum) : ExpressionSyntax;

/// <summary>The delays of several edges, <c>(rise, fall, off)</c>: only behind <c>#</c>.</summary>
public sealed record DelayValuesSyntax(EquatableArray<ExpressionSyntax> Values) : ExpressionSyntax;
