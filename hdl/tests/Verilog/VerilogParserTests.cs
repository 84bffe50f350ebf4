using HwSeed.Hdl.Verilog;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Tests.Verilog;

public class VerilogParserTests
{
    [Test]
    public void A_module_is_read_with_ports_parameters_and_processes()
    {
        var unit = VerilogParser.ParseText(
            """
            // a counter
            module counter #(parameter int W = 8) (
              input wire clk, // the clock
              output logic [W-1:0] q
            );
              always_ff @(posedge clk) q <= q + 1'b1;
            endmodule : counter
            """).OrThrow();
        var module = (ModuleSyntax)unit.Items.Single();
        var process = (ProcessSyntax)module.Items.Single();
        Assert.Multiple(() =>
        {
            Assert.That(module.Name, Is.EqualTo("counter"));
            Assert.That(module.Comments, Is.EqualTo(new[] { "// a counter" }));
            Assert.That(module.Ports.Cast<PortDeclarationSyntax>().Select(p => p.Direction), Is.EqualTo(new[] { "input", "output" }));
            Assert.That(module.Ports[0].Comments, Is.EqualTo(new[] { "// the clock" }));
            Assert.That(process.Keyword, Is.EqualTo("always_ff"));
            Assert.That(process.Origin.Line, Is.EqualTo(6));
            Assert.That(process.Body, Is.TypeOf<TimedStatementSyntax>());
        });
    }

    [TestCase("a + b * c", "a + (b * c)")]
    [TestCase("a - b - c", "(a - b) - c")]
    [TestCase("a ? b : c ? d : e", "a ? b : (c ? d : e)")]
    [TestCase("a ? b ? c : d : e", "a ? (b ? c : d) : e")]
    [TestCase("a || b && c | d ^ e & f == g < h << i + j * k ** l", "a || (b && (c | (d ^ (e & (f == (g < (h << (i + (j * (k ** l))))))))))")]
    [TestCase("a -> b -> c", "a -> (b -> c)")]
    [TestCase("a -> b ? c : d", "a -> (b ? c : d)")]
    [TestCase("a ? b : c -> d", "(a ? b : c) -> d")]
    [TestCase("a == b inside {c}", "a == (b inside {c})")]
    [TestCase("-a ** b", "(-a) ** b")]
    [TestCase("&a & ~|b", "(&a) & (~|b)")]
    public void Operators_bind_as_the_standard_says(string flat, string bracketed)
    {
        Assert.That(Bare(Expression(flat)), Is.EqualTo(Bare(Expression(bracketed))));

        static ExpressionSyntax Expression(string text) =>
            ((NetDeclarationSyntax)((ModuleSyntax)VerilogParser.ParseText($"module m; wire x = {text}; endmodule").OrThrow().Items[0]).Items[0])
            .Declarators[0].Value!;
    }

    private static ExpressionSyntax Bare(ExpressionSyntax expression) => expression switch
    {
        ParenthesisSyntax p => Bare(p.Operand),
        BinarySyntax b => b with { Left = Bare(b.Left), Right = Bare(b.Right) },
        UnarySyntax u => u with { Operand = Bare(u.Operand) },
        ConditionalSyntax c => new ConditionalSyntax(Bare(c.Condition), Bare(c.WhenTrue), Bare(c.WhenFalse)),
        _ => expression,
    };
}
