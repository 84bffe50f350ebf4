using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Tests.Rtl;

/// <summary>Every code with its whole text. Nodes are made as records, past the operators' own checks.</summary>
internal sealed class RtlRulesTests
{
    private static readonly Reference A = new("a", 8);
    private static readonly Reference B = new("b", 4);
    private static readonly Reference C = new("c", 1);

    /// <summary>Inputs a, b, c of 8, 4 and 1 bits, all of them read; everything else comes from the case.</summary>
    private static readonly Module Empty = new(
        "m", [In("a", 8), In("b", 4), In("c", 1), Out("y", 13)], [], [], [], [], [new("y", new Concat([A, B, C]))]);

    private static readonly Module Child = new(
        "child", [In("i", 8), In("j", 1), Out("o", 8), Out("p", 1)], [], [new("q", new Reference("j", 1), null, null, BitVector.Zero(1))],
        [], [], [new("o", new Reference("i", 8)), new("p", new Reference("q", 1))]);

    public static IEnumerable<TestCaseData> Cases()
    {
        yield return Case(Wire(new Reference("nothing", 3)), "error HW1001: m.w: nothing here is named 'nothing'");
        yield return Case(Wire(new Reference("a", 4)), "error HW1002: m.w: 'a' is read as 4 bits but declared with 8");
        yield return Case(
            Wire(new Binary(BinaryOperator.Add, A, B)),
            "error HW1003: m.w: '+' has operands of 8 and 4 bits; extend or slice one of them");
        yield return Case(Wire(new Mux(C, A, B)), "error HW1003: m.w: '?:' has operands of 8 and 4 bits; extend or slice one of them");
        yield return Case(
            Empty with { Wires = [new("w", A), new("w", B)], Outputs = [Reading(8)], Ports = WithY(8) },
            "error HW1004: m: the name 'w' is used twice");
        yield return Case(
            Wire(A, "w w"),
            "error HW1005: m: 'w w' is not an identifier; use letters, digits and underscores, and no digit first");
        yield return Case(Wire(A, "logic"), "error HW1006: m: 'logic' is a keyword of Verilog or SystemVerilog; choose another name");
        yield return Case(
            Wire(A, "_t0"), "error HW1007: m: '_t0' is reserved; clk is the implicit clock and _t with a number a hoisted value");
        yield return Case(
            Wire(A, "clk"), "error HW1007: m: 'clk' is reserved; clk is the implicit clock and _t with a number a hoisted value");
        yield return Case(Empty with { Ports = [.. Empty.Ports, Out("z", 1)] }, "error HW1008: m.z: the output port is not driven");
        yield return Case(
            Empty with { Outputs = [.. Empty.Outputs, .. Empty.Outputs] }, "error HW1009: m.y: the output port is driven twice");
        yield return Case(
            Empty with { Outputs = [.. Empty.Outputs, new("a", A)] },
            "error HW1010: m.a: a driver is given, but the module has no such output port");
        yield return Case(Empty with { Ports = WithY(5) }, "error HW1011: m.y: the output port has 5 bits but its value has 13");
        yield return Case(Use([new("i", A)]), "error HW1012: m.u.j: this input of 'child' is not connected");
        yield return Case(Use([new("i", A), new("j", C), new("k", C)]), "error HW1013: m.u.k: 'child' has no such input port");
        yield return Case(
            Use([new("i", A), new("j", C)], [new("i", "s")]), "error HW1013: m.u.i: 'child' has no such output port");
        yield return Case(Use([new("i", B), new("j", C)]), "error HW1014: m.u.i: the input port has 8 bits but its value has 4");
        yield return Case(Use([new("i", A), new("j", C), new("j", C)]), "error HW1015: m.u.j: the port is connected twice");
        yield return Case(
            Use([new("i", A), new("j", C)], [new("o", "s"), new("o", "t")]), "error HW1015: m.u.o: the port is connected twice");
        yield return Case(Wire(new Mux(B, A, A)), "error HW1016: m.w: a multiplexer condition has 4 bits; it must have 1");
        yield return Case(Wire(new Slice(A, 4, 5)), "error HW1017: m.w: slice [8:4] is outside of 8 bits");
        yield return Case(Wire(new Slice(A, 4, 0)), "error HW1017: m.w: a slice of 0 bits is empty", "warning HW1026: m.w: nothing reads this signal");
        yield return Case(Wire(new Extend(A, 4, Signed: true)), "error HW1018: m.w: cannot extend 8 bits to 4; slice instead");
        yield return Case(Register(A, B, null, 8), "error HW1019: m.r: the enable has 4 bits; it must have 1");
        yield return Case(Register(A, null, B, 8), "error HW1019: m.r: the reset has 4 bits; it must have 1");
        yield return Case(Register(A, C, C, 4), "error HW1020: m.r: the register has 8 bits but its reset value has 4");
        yield return Case(Memory(8, 16, new(B, B, A), B), "error HW1019: m.mem: the write enable has 4 bits; it must have 1");
        yield return Case(Memory(8, 16, new(C, B, A), B, A), "error HW1019: m.word: the read enable has 8 bits; it must have 1");
        yield return Case(Memory(8, 17, new(C, B, A), B),
            "error HW1021: m.mem: the write address has 4 bits; 17 words take 5",
            "error HW1021: m.word: the read address has 4 bits; 17 words take 5");
        yield return Case(Memory(8, 16, new(C, B, B), B), "error HW1022: m.mem: the memory has words of 8 bits but the data written has 4");
        yield return Case(Memory(8, 1, new(C, C, A), C), "error HW1023: m.mem: a memory of 1 words of 8 bits is too small; it takes 2 words and 1 bit");
        yield return Case(
            Empty with { Instances = [Of("u", Child), Of("v", Child with { Registers = [], Outputs = [Child.Outputs[0], new("p", new Reference("j", 1))] })] },
            "error HW1024: child: two different modules have this name");
        yield return Case(
            Empty with { Wires = [new("w", new Unary(UnaryOperator.Not, new Reference("x", 8))), new("x", new Reference("w", 8))] },
            "error HW1025: m: combinational loop w -> x -> w; put a register into it");
        yield return Case(Wire(new Binary(BinaryOperator.And, new Reference("w", 8), A)),
            "error HW1025: m: combinational loop w -> w; put a register into it");
        yield return Case(
            Empty with { Instances = [Of("u", Child, new Reference("s", 8))] },
            "error HW1025: m: combinational loop s -> u.i -> s; put a register into it");
        yield return Case(
            Empty with { Wires = [new("w", A)] }, "warning HW1026: m.w: nothing reads this signal");
        yield return Case(
            Empty with { Ports = [.. Empty.Ports, In("z", 0)] },
            "error HW1027: m.z: the port has 0 bits; it must have at least 1",
            "warning HW1026: m.z: nothing reads this signal");
        yield return Case(
            Wire(new Concat([])),
            "error HW1027: m.w: a concatenation has 0 bits; it must have at least 1",
            "warning HW1026: m.w: nothing reads this signal");
        yield return Case(At(Register(A, null, null, 8), "b"), "error HW1028: m.r: the clock 'b' has 4 bits; it must have 1");
        yield return Case(At(Register(A, null, null, 8), "nothing"), "error HW1001: m.r: nothing here is named 'nothing'");
        yield return Case(
            Register(A, null, null, 8) with { HasImplicitClock = false },
            "error HW1029: m.r: a register without edges needs the implicit clock, which this module does not have");
        yield return Case(
            Memory(8, 16, new(C, B, A), B) with { HasImplicitClock = false },
            "error HW1029: m.mem: a memory write without edges needs the implicit clock, which this module does not have",
            "error HW1029: m.mem: a synchronous read needs the implicit clock, which this module does not have");
        yield return Case(
            Use([new("i", A), new("j", C)]) with { HasImplicitClock = false },
            "error HW1029: m.u: module 'child' needs the implicit clock, which this module does not have");
        yield return Case(
            WithContents(Memory(8, 16, new(C, B, A), B), 17, 8),
            "error HW1030: m.mem: the memory has 16 words of 8 bits but its contents have 17 words");
        yield return Case(
            WithContents(Memory(8, 16, new(C, B, A), B), 3, 7),
            "error HW1030: m.mem: the memory has 16 words of 8 bits but its contents have one of 7");
        yield return Case(
            Register(A, null, null, 8) is var m ? m with { Registers = [m.Registers[0] with { InitialValue = BitVector.Zero(3) }] } : m,
            "error HW1020: m.r: it has 8 bits but its initial value has 3");
        yield return Case(Wire(new MemoryWord("nothing", A, 8)), "error HW1001: m.w: nothing here is named 'nothing'");
    }

    [TestCaseSource(nameof(Cases))]
    public void Message_is_whole(Module module, string[] expected) =>
        Assert.That(RtlRules.Check(new(module)).Select(d => d.ToString()), Is.EqualTo(expected));

    [Test]
    public void A_register_in_the_child_breaks_the_loop()
    {
        var looped = Empty with { Instances = [new("u", Child, [new("i", A), new("j", new Reference("s", 1))], [new("p", "s")])] };
        Assert.That(RtlRules.Check(new(looped)), Is.Empty);
    }

    [Test]
    public void Every_code_is_described_and_raised()
    {
        var raised = Cases().SelectMany(c => (string[])c.Arguments[1]!).Select(m => m.Split(' ')[1].TrimEnd(':')).Distinct().Order();
        Assert.That(RtlDiagnostics.Descriptors.Select(d => d.Code), Is.EqualTo(raised));
    }

    [Test]
    public void Random_designs_keep_the_rules()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var errors = RtlRules.Check(RandomModules.Generate(seed)).Where(d => d.Severity == Severity.Error);
            Assert.That(errors, Is.Empty, $"seed {seed}");
        }
    }

    [Test]
    public void Random_designs_have_every_kind_of_node_and_state()
    {
        var modules = Enumerable.Range(0, 20).SelectMany(s => RandomModules.Generate(s).ModulesBottomUp()).ToList();
        var nodes = modules.SelectMany(m => new ModuleScope(m).Nodes.Select(n => n.Node)).ToList();
        var kinds = typeof(Expression).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Expression)));
        Assert.Multiple(() =>
        {
            Assert.That(nodes.Select(n => n.GetType()).Distinct(), Is.EquivalentTo(kinds));
            Assert.That(nodes.OfType<Binary>().Select(b => b.Operator).Distinct(), Is.EquivalentTo(Enum.GetValues<BinaryOperator>()));
            Assert.That(nodes.OfType<Unary>().Select(u => u.Operator).Distinct(), Is.EquivalentTo(Enum.GetValues<UnaryOperator>()));
            Assert.That(nodes.Max(n => n.Width), Is.GreaterThan(64));
            Assert.That(modules.SelectMany(m => m.Registers).Select(r => (r.Enable is null, r.Reset is null)).Distinct().Count(), Is.EqualTo(4));
            Assert.That(modules.SelectMany(m => m.Memories).SelectMany(m => m.Reads).Select(r => r.Enable is null).Distinct().Count(), Is.EqualTo(2));
        });
    }

    private static TestCaseData Case(Module module, params string[] expected) =>
        new TestCaseData(module, expected).SetArgDisplayNames(expected[0]);

    private static Port In(string name, int width) => new(name, PortDirection.Input, width);

    private static Port Out(string name, int width) => new(name, PortDirection.Output, width);

    private static EquatableArray<Port> WithY(int width) => [.. Empty.InputPorts, Out("y", width)];

    private static OutputDriver Reading(int width) => new("y", new Slice(
        new Concat([A, B, C, new Reference("w", width)]), 0, width));

    /// <summary>A wire whose only trouble is its value: an output reads it.</summary>
    private static Module Wire(Expression value, string name = "w") => Empty with
    {
        Wires = [new(name, value)],
        Ports = [.. Empty.Ports, Out("z", value.Width == 0 ? 1 : value.Width)],
        Outputs = [.. Empty.Outputs, new("z", value.Width == 0 ? C : new Reference(name, value.Width))],
    };

    private static Module Register(Expression next, Expression? enable, Expression? reset, int valueWidth) => Empty with
    {
        Registers = [new("r", next, enable, reset, BitVector.Zero(valueWidth))],
        Ports = [.. Empty.Ports, Out("z", next.Width)],
        Outputs = [.. Empty.Outputs, new("z", new Reference("r", next.Width))],
    };

    private static Module At(Module module, string clock) =>
        module with { Registers = [module.Registers[0] with { Edges = [new(clock, true)] }] };

    private static Module WithContents(Module module, int words, int width) =>
        module with { Memories = [module.Memories[0] with { Contents = [.. Enumerable.Repeat(BitVector.Zero(width), words)] }] };

    private static Module Memory(int width, int depth, MemoryWrite write, Expression readAddress, Expression? readEnable = null) => Empty with
    {
        Memories = [new("mem", width, depth, [write], [new("word", readAddress, readEnable)])],
        Ports = [.. Empty.Ports, Out("z", width)],
        Outputs = [.. Empty.Outputs, new("z", new Reference("word", width))],
    };

    private static Module Use(EquatableArray<InputConnection> inputs, EquatableArray<OutputConnection> outputs = default) =>
        Empty with { Instances = [new("u", Child, inputs, outputs)] };

    private static Instance Of(string name, Module module, Expression? i = null) =>
        new(name, module, [new("i", i ?? A), new("j", C)], [new("o", i is null ? name + "_o" : "s")]);
}
