using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Tests.Verilog;

/// <summary>Random syntax trees, such as the reader makes of text; what they say makes no sense as hardware.</summary>
internal sealed class RandomSyntax(int seed)
{
    private static readonly string[] Binary =
        ["+", "-", "*", "/", "%", "**", "==", "!=", "===", "!==", "==?", "!=?", "<", "<=", ">", ">=", "&&", "||", "&", "|", "^", "~^", "<<", ">>", "<<<", ">>>", "->", "<->"];

    private static readonly string[] Unary = ["+", "-", "!", "~", "&", "~&", "|", "~|", "^", "~^"];
    private static readonly string[] Names = ["a", "b", "clk", "data_q", "x$1", "_y", "logic", "begin", "1st", "a+b", "do", "\u0021?"];
    private static readonly string[] Assigns = ["=", "<=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>=", "<<<=", ">>>="];

    private readonly Random _random = new(seed);

    public SourceUnitSyntax Unit() => new(Many(1, 4, () => Pick<Func<ItemSyntax>>(Module, Module, Interface, Package, () => Commented(Typedef()), () => Commented(Import()))()))
    {
        ClosingComments = Comments(),
    };

    private int Up(int limit) => _random.Next(limit);

    private bool Maybe(int percent = 50) => Up(100) < percent;

    private T Pick<T>(params T[] choices) => choices[Up(choices.Length)];

    private EquatableArray<T> Many<T>(int least, int most, Func<T> make) =>
        Enumerable.Range(0, least + Up(most - least + 1)).Select(_ => make()).ToEquatableArray();

    private string Name() => Pick(Names);

    private EquatableArray<string> Comments() => Maybe(85) ? [] : Many(1, 2, () => Pick("// line", "/* block */", "/* two\n  lines */", "//"));

    private EquatableArray<AttributeSyntax> Attributes() =>
        Maybe(85) ? [] : Many(1, 2, () => new AttributeSyntax(Name(), Maybe() ? Expression(1) : null));

    private ItemSyntax Commented(ItemSyntax item) => item with { Comments = Comments(), Attributes = Attributes() };

    private ItemSyntax Module() => new ModuleSyntax(
        Maybe(90) ? null : Pick("automatic", "static"), Name(), Many(0, 1, Import), Many(0, 2, HeaderParameter), Ports(), Many(0, 5, () => Item(2)))
    {
        Comments = Comments(),
        ClosingComments = Comments(),
        DefaultNetType = Maybe(80) ? "wire" : Pick("none", "tri"),
    };

    private ItemSyntax Interface() => (ModuleSyntax)Module() with
    {
        IsInterface = true,
        Items = Many(0, 4, () => Maybe(60) ? Item(1) : Commented(new ModportItemSyntax(Many(1, 2, Modport)))),
    };

    private ModportSyntax Modport() => new(Name(), Many(1, 3, () => new ModportTermSyntax(
        Pick(null, "input", "output", "inout", "ref", "import"), Name(), Maybe(80) ? null : Expression(1))
    { Comments = Comments() }))
    { Comments = Comments() };

    private ItemSyntax Package() => new PackageSyntax(null, Name(), Many(0, 3, () => Commented(Pick<Func<ItemSyntax>>(Typedef, Parameter, Function)())))
    {
        Comments = Comments(),
        ClosingComments = Comments(),
    };

    private ImportSyntax Import() => new(Name(), Maybe() ? Name() : null);

    private ItemSyntax HeaderParameter() => Maybe(30)
        ? new TypeParameterSyntax(false, true, Name(), Maybe() ? Type() : null) { Comments = Comments() }
        : new ParameterDeclarationSyntax(Maybe(20), true, Maybe() ? null : DeclaredType(), [Declarator(true)]) { Comments = Comments() };

    private EquatableArray<ItemSyntax> Ports() => Maybe(30)
        ? Many<ItemSyntax>(0, 3, () => new PortReferenceSyntax(Name(), Maybe(80) ? null : Expression(1)) { Comments = Comments() })
        : [new PortDeclarationSyntax("input", null, null, [Declarator(false)]), .. Many<ItemSyntax>(0, 3, () => HeaderPort() with { Comments = Comments(), Attributes = Attributes() })];

    private PortDeclarationSyntax HeaderPort() => Maybe(90) ? Port() : new(
        null, null, Maybe(40) ? new InterfaceTypeSyntax(null, Maybe() ? null : Name()) : new InterfaceTypeSyntax(Name(), Name()), [Declarator(false)]);

    private PortDeclarationSyntax Port() => new(
        Pick(null, "input", "output", "inout", "ref", "const ref"), Maybe(70) ? null : Pick("wire", "tri", "var"), Maybe() ? null : DeclaredType(), [Declarator(false)]);

    // A type in front of a name, where an implicit one has a sign or a range.
    private DataTypeSyntax DeclaredType() => Maybe(30) ? new VectorTypeSyntax("", true, Dimensions()) : Maybe(30) ? new VectorTypeSyntax("", null, Many(1, 2, Dimension)) : Type();

    private DataTypeSyntax Type() => Up(6) switch
    {
        0 => new KeywordTypeSyntax(Pick("int", "integer", "byte", "shortint", "longint", "time"), Maybe(80) ? null : Maybe()),
        1 => new NamedTypeSyntax(Maybe() ? null : Pick("pkg", "$unit"), Name(), Dimensions()),
        2 when Maybe(40) => new EnumTypeSyntax(
            Maybe() ? null : Pick<DataTypeSyntax>(new VectorTypeSyntax("logic", null, Dimensions()), new KeywordTypeSyntax("int", null), new VectorTypeSyntax("", null, [Dimension()])),
            Many(1, 3, () => new EnumMemberSyntax(Name(), Maybe(80) ? null : Dimension(), Maybe() ? null : Expression(1)) { Comments = Comments() }), Dimensions()),
        3 when Maybe(40) => Struct(),
        _ => new VectorTypeSyntax(Pick("logic", "reg", "bit"), Maybe(70) ? null : Maybe(), Dimensions()),
    };

    private StructTypeSyntax Struct()
    {
        var isPacked = Maybe();
        return new(Maybe(30), isPacked, isPacked && Maybe(30) ? true : null, Many(1, 3, () => new StructMemberSyntax(Type(), Many(1, 2, () => Declarator(true))) { Comments = Comments() }), Dimensions());
    }

    private EquatableArray<DimensionSyntax> Dimensions() => Maybe(60) ? [] : Many(1, 2, Dimension);

    private DimensionSyntax Dimension() => new(Expression(1), Maybe(80) ? Expression(1) : null);

    private DeclaratorSyntax Declarator(bool hasValue) => new(Name(), Dimensions(), hasValue && Maybe() ? Expression(2) : null);

    private ItemSyntax Typedef() => new TypedefSyntax(Type(), Name(), Dimensions());

    private ItemSyntax Parameter() => Maybe(20)
        ? new TypeParameterSyntax(Maybe(), true, Name(), Type())
        : new ParameterDeclarationSyntax(Maybe(), true, Maybe() ? null : DeclaredType(), Many(1, 2, () => Declarator(true)));

    private ItemSyntax Variable() => Maybe(20)
        ? new VariableDeclarationSyntax(["var"], DeclaredType(), Many(1, 2, () => Declarator(true)))
        : new VariableDeclarationSyntax(Maybe(80) ? [] : ["const", "static"], Type(), Many(1, 3, () => Declarator(true)));

    private ItemSyntax Function() => new FunctionSyntax(
        Maybe() ? null : "automatic", Maybe(20) ? new KeywordTypeSyntax("void", null) : Maybe() ? null : DeclaredType(), Name(),
        Maybe(30) ? null : Many(0, 3, () => Port() with { Comments = Comments() }),
        Many(0, 2, () => Commented(Variable())), Many(0, 2, () => Statement(2)))
    { ClosingComments = Comments() };

    private ItemSyntax Item(int depth) => Commented(Up(depth > 0 ? 22 : 15) switch
    {
        0 => new NetDeclarationSyntax(Pick("wire", "tri", "supply0"), Maybe() ? new VectorTypeSyntax("", null, []) : DeclaredType(), Maybe(80) ? null : Delay(), Many(1, 2, () => Declarator(true))),
        1 or 2 => Variable(),
        3 => Parameter(),
        4 => Typedef(),
        5 => new GenvarSyntax(Many(1, 2, Name)),
        6 => new ContinuousAssignSyntax(Maybe(80) ? null : Delay(), Many(1, 2, () => new NetAssignmentSyntax(Target(), Expression(3)))),
        7 or 8 => new ProcessSyntax(Pick("always", "always_comb", "always_ff", "always_latch", "initial", "final"), Body(2, true)),
        9 or 10 => Instantiation(),
        11 => new GateInstantiationSyntax(Pick("and", "bufif1", "not"), Maybe(80) ? null : Delay(), Many(1, 2, () => new GateSyntax(Name(), Dimensions(), Many(2, 3, () => Expression(1))))),
        12 => new PortDeclarationSyntax(Pick("input", "output"), Maybe() ? null : "wire", Maybe() ? null : DeclaredType(), Many(1, 2, () => Declarator(false))),
        13 => Pick<ItemSyntax>(new EmptyItemSyntax(), new EmptyItemSyntax { Ignored = ["a: assert property (@(posedge a) b |-> ##[1:$] c)", "else $error(\"d\");"] }, new TimeUnitSyntax("timeunit", "1ns", Maybe() ? null : "1ps"), new DefparamSyntax([new(new MemberSyntax(new NameSyntax("u"), "P"), Expression(1))])),
        14 => new SystemTaskItemSyntax(new("$error", Many(0, 2, () => new ArgumentSyntax(null, new StringSyntax("a \\\"b\\n"))))),
        15 => Function(),
        16 => new TaskSyntax(Maybe() ? null : "automatic", Name(), Maybe() ? null : [Port() with { Direction = "input" }], Many(0, 1, Variable), Many(0, 2, () => Statement(2))) { ClosingComments = Comments() },
        17 => new GenerateRegionSyntax(Many(0, 2, () => Item(depth - 1))) { ClosingComments = Comments() },
        18 => Block(depth - 1),
        19 => new GenerateForSyntax(Maybe(), Name(), Expression(1), Expression(1), Step(), Branch(depth - 1, false)),
        20 => GenerateIf(depth - 1),
        _ => new GenerateCaseSyntax(Expression(1), Many(0, 3, () => new GenerateCaseItemSyntax(Many(0, 2, () => Expression(1)), Branch(depth - 1, false)) { Comments = Comments() })) { ClosingComments = Comments() },
    });

    private GenerateIfSyntax GenerateIf(int depth) =>
        new(Expression(2), Branch(depth, true), Maybe() ? null : Maybe(30) && depth > 0 ? new(null, [GenerateIf(depth - 1)]) { HasBegin = false } : Branch(depth, false));

    private GenerateBlockSyntax Branch(int depth, bool hasElse) => Maybe(60) || depth <= 0 || hasElse
        ? Block(depth)
        : new(null, [Commented(new ContinuousAssignSyntax(null, [new(Target(), Expression(1))]))]) { HasBegin = false };

    private GenerateBlockSyntax Block(int depth) => new(Maybe() ? null : Name(), Many(0, 2, () => Item(depth))) { ClosingComments = Comments() };

    private InstantiationSyntax Instantiation() => new(
        Name(), Maybe() ? [] : Connections(), Many(1, 2, () => new InstanceSyntax(Name(), Dimensions(), Connections()) { Comments = Comments() }));

    private EquatableArray<ConnectionSyntax> Connections() => Maybe(30)
        ? Many<ConnectionSyntax>(1, 3, () => new PositionalConnectionSyntax(Expression(2)) { Comments = Comments() })
        : Many<ConnectionSyntax>(1, 3, () => Pick<ConnectionSyntax>(
            new NamedConnectionSyntax(Name(), Maybe(80) ? Expression(2) : null, false), new NamedConnectionSyntax(Name(), null, true), new WildcardConnectionSyntax()) with
        { Comments = Comments() });

    private StatementSyntax Statement(int depth) => Bare(depth) with { Comments = Comments(), Attributes = Attributes() };

    // What another statement governs: a block, or a statement that no 'else' can be taken from.
    private StatementSyntax Body(int depth, bool isTimed = false)
    {
        if (isTimed && Maybe())
        {
            return new TimedStatementSyntax(Timing(), Body(depth - 1));
        }

        return Maybe(60) ? BlockStatement(depth - 1) : Leaf() with { Comments = Comments(), Attributes = Attributes() };
    }

    private BlockSyntax BlockStatement(int depth) => new(
        Maybe(70) ? null : Name(), Maybe(80) ? [] : Many(1, 2, () => Commented(Variable())), depth <= 0 ? [] : Many(0, 3, () => Statement(depth)))
    { ClosingComments = Comments() };

    private StatementSyntax Bare(int depth) => Up(depth > 0 ? 16 : 6) switch
    {
        < 6 => Leaf(),
        6 or 7 => If(depth),
        8 or 9 => new CaseSyntax(Pick(null, "unique", "unique0", "priority"), Pick("case", "casez", "casex"), Expression(2), false, Many(0, 3, () => new CaseItemSyntax(Many(0, 2, () => Expression(1)), Body(depth - 1)) { Comments = Comments() })) { ClosingComments = Comments() },
        10 => new CaseSyntax(null, "case", Expression(1), true, [new CaseItemSyntax([new ValueRangeSyntax(Expression(1), null), Expression(1)], Body(depth - 1))]),
        11 => new ForSyntax(
            Maybe() ? Many<StatementSyntax>(0, 2, () => new AssignmentSyntax(Name2(), "=", null, Expression(1))) : [new DeclarationStatementSyntax(new([], new KeywordTypeSyntax("int", null), Many(1, 2, () => new DeclaratorSyntax(Name(), [], Expression(1)))))],
            Maybe(90) ? Expression(1) : null, Many(0, 2, Step), Body(depth - 1)),
        12 => Pick<StatementSyntax>(new WhileSyntax(Expression(1), Body(depth - 1)), new DoWhileSyntax(Body(depth - 1), Expression(1)), new RepeatSyntax(Expression(1), Body(depth - 1)), new ForeverSyntax(Body(depth - 1, true))),
        13 => Pick<StatementSyntax>(new ForeachSyntax(new NameSyntax(Name()), ["i", null, "j"], Body(depth - 1)), new WaitSyntax(Expression(1), Body(depth - 1)), new ForkSyntax(null, Many(0, 2, () => Statement(depth - 1)), Pick("join", "join_any", "join_none")) { ClosingComments = Comments() }),
        14 => new TimedStatementSyntax(Timing(), Body(depth - 1)),
        _ => BlockStatement(depth),
    };

    private IfSyntax If(int depth) => new(
        Pick(null, null, null, "unique", "priority"), Expression(2), BlockStatement(depth - 1), Maybe() ? null : Maybe(30) && depth > 0 ? If(depth - 1) : Body(depth - 1));

    private StatementSyntax Leaf() => Up(12) switch
    {
        < 5 => new AssignmentSyntax(Target(), Pick(Assigns), Maybe(85) ? null : Timing(), Expression(3)),
        5 => new IncrementSyntax(Name2(), Pick("++", "--")),
        6 => new CallStatementSyntax(new CallSyntax(Name2(), Arguments()), false),
        7 => new CallStatementSyntax(new CallSyntax(Name2(), Arguments()), true),
        8 => new SystemTaskSyntax("$display", Many(0, 2, () => new ArgumentSyntax(null, Expression(1)))),
        9 => Pick<StatementSyntax>(new ReturnSyntax(Maybe() ? null : Expression(2)), new BreakSyntax(), new ContinueSyntax(), new DisableSyntax("a.blk")),
        10 => Pick<StatementSyntax>(new NullStatementSyntax(), new NullStatementSyntax { Ignored = ["cover property (a |=>", "b) begin end"] }, new EventTriggerSyntax(Name2()), new ProceduralAssignSyntax("force", Target(), Expression(1)), new ProceduralAssignSyntax("release", Target(), null)),
        _ => new AssertSyntax(Pick("assert", "assume", "cover"), Expression(2), Maybe(70) ? null : BlockStatement(1), Maybe(70) ? null : BlockStatement(1)),
    };

    private StatementSyntax Step() => Maybe() ? new IncrementSyntax(Name2(), "++") : new AssignmentSyntax(Name2(), Pick("=", "+="), null, Expression(1));

    private TimingSyntax Timing() => Maybe(30)
        ? new DelaySyntax(Delay())
        : new EventControlSyntax(Many(0, 2, () => new EventTermSyntax(Pick(null, "posedge", "negedge", "edge"), Expression(1), Maybe(80) ? null : Expression(1))));

    private ExpressionSyntax Delay() => Pick<ExpressionSyntax>(
        new NumberSyntax("5"), new RealSyntax("1.5ns"), new NameSyntax("D"), new ParenthesisSyntax(Expression(1)),
        new ParenthesisSyntax(new MinTypMaxSyntax(Expression(1), Expression(1), Expression(1))), new DelayValuesSyntax([Expression(1), Expression(1)]));

    private ExpressionSyntax Name2() => Maybe(80) ? new NameSyntax(Name()) : new MemberSyntax(new NameSyntax(Name()), Name());

    private ExpressionSyntax Target() => Up(5) switch
    {
        0 => new IndexSyntax(Name2(), Expression(1)),
        1 => new PartSelectSyntax(Name2(), Pick(":", "+:", "-:"), Expression(1), Expression(1)),
        2 => new ConcatenationSyntax(Many(1, 2, Name2)),
        _ => Name2(),
    };

    private EquatableArray<ArgumentSyntax> Arguments() => Many(1, 2, () => Maybe(80) ? new ArgumentSyntax(null, Expression(1)) : new ArgumentSyntax(Name(), Maybe() ? Expression(1) : null));

    /// <summary>An expression; operands of operators have no operator outside of parentheses.</summary>
    public ExpressionSyntax Expression(int depth) => depth <= 0 || Maybe(40) ? Operand(depth) : Up(4) switch
    {
        0 => new ConditionalSyntax(Operand(depth - 1), Expression(depth - 1), Operand(depth - 1)),
        1 => new InsideSyntax(Operand(depth - 1), Many(1, 2, () => Maybe() ? Expression(depth - 1) : new ValueRangeSyntax(Maybe(80) ? Expression(depth - 1) : null, Expression(depth - 1)))),
        _ => new BinarySyntax(Pick(Binary), Operand(depth - 1), Operand(depth - 1)),
    };

    private ExpressionSyntax Operand(int depth) => depth > 0 && Maybe(30) ? new UnarySyntax(Pick(Unary), Operand(depth - 1)) : Primary(depth);

    private ExpressionSyntax Primary(int depth) => Up(depth > 0 ? 20 : 6) switch
    {
        0 => new NumberSyntax(Pick("0", "42", "8'hfF", "4'b10x_z", "16'sd1_00", "'o17", "4'b1?", "32'dx")),
        1 => new FillSyntax(Pick('0', '1', 'x', 'z')),
        2 => Pick<ExpressionSyntax>(new RealSyntax("1.5e-3"), new RealSyntax("10ns"), new StringSyntax("text // \\t")),
        3 => new ScopedNameSyntax(Pick("pkg", "$unit"), Name()),
        4 or 5 => new NameSyntax(Name()),
        6 or 7 => new ParenthesisSyntax(Expression(depth)),
        8 => new ConcatenationSyntax(Many(1, 3, () => Expression(depth - 1))),
        9 => new ReplicationSyntax(Expression(depth - 1), Many(1, 2, () => Expression(depth - 1))),
        10 => new CallSyntax(Name2(), Maybe(20) ? [] : Arguments()),
        11 => new SystemCallSyntax(Pick("$clog2", "$bits", "$signed"), Many(0, 2, () => Expression(depth - 1))),
        12 => new CastSyntax(Pick<ExpressionSyntax>(new NumberSyntax("8"), new NameSyntax(Name()), new ParenthesisSyntax(Expression(1)), new TypeExpressionSyntax(new KeywordTypeSyntax("int", null)), new TypeExpressionSyntax(new VectorTypeSyntax("logic", null, Dimensions()))), Expression(depth - 1)),
        13 => new SignCastSyntax(Maybe(), Expression(depth - 1)),
        14 => new AssignmentPatternSyntax(Maybe() ? null : new NameSyntax(Name()), Many(1, 2, () => new PatternItemSyntax(Pick<ExpressionSyntax?>(null, new DefaultKeySyntax(), new NameSyntax(Name())), Expression(depth - 1)))),
        15 => new PatternReplicationSyntax(Expression(depth - 1), Many(1, 2, () => Expression(depth - 1))),
        16 => new StreamSyntax(Pick("<<", ">>"), Pick<ExpressionSyntax?>(null, new NumberSyntax("8"), new NameSyntax("W")), Many(1, 2, () => Expression(depth - 1))),
        17 => new SystemCallSyntax("$bits", [new TypeExpressionSyntax(new VectorTypeSyntax("logic", true, Many(1, 2, () => new DimensionSyntax(Expression(1), Expression(1)))))]),
        18 => new TypeExpressionSyntax(new TypeOfSyntax(Expression(depth - 1))),
        _ => Maybe() ? new IndexSyntax(Name2(), Expression(depth - 1)) : new PartSelectSyntax(Name2(), Pick(":", "+:", "-:"), Expression(depth - 1), Expression(depth - 1)),
    };
}
