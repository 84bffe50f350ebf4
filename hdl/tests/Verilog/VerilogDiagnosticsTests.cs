using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Verilog;

namespace HwSeed.Hdl.Tests.Verilog;

public class VerilogDiagnosticsTests
{
    /// <summary>Text with one marked place for each error, and the errors in order, each as code and message.</summary>
    private static readonly (string Text, string[] Errors)[] Cases =
    [
        ("module m; wire «é»; endmodule", ["HW2005 'é' (U+00E9) is no character of Verilog"]),
        ("module m; wire a = «“»1; endmodule", ["HW2005 typographic quote “; write \""]),
        ("module m; «/*» wire a;", ["HW2006 this comment has no */"]),
        ("module m; initial $display(«\"»abc);\nendmodule", ["HW2007 this string has no closing quote on its line"]),
        ("`define WIDTH 8\nmodule m; wire [«`WDITH»-1:0] a; endmodule", ["HW2008 '`WDITH' is neither a directive nor a defined macro; did you mean '`WIDTH'?"]),
        ("«`ifdef»\n`endif", ["HW2009 '`ifdef' lacks a name"]),
        ("`default_nettype «wrie»", ["HW2009 'wrie' is no net type; use one of wire, tri, tri0, tri1, wand, triand, wor, trior, trireg, uwire, none"]),
        ("«`ifdef» A\nmodule m; endmodule", ["HW2010 this condition has no `endif in its file"]),
        ("module m; endmodule\n«`endif»", ["HW2010 '`endif' without `ifdef or `ifndef in this file"]),
        ("`include «\"nothing_here.vh\"»", ["HW2011 cannot find the include file 'nothing_here.vh'"]),
        ("`define F(a, b) a + b\nmodule m; wire x = «`F(1)»; endmodule", ["HW2013 macro '`F' takes 2 arguments, not 1"]),
        ("`define F(a) a\nmodule m; wire x = «`F»; endmodule", ["HW2013 macro '`F' is used without its arguments in parentheses"]),
        ("`define A `B\n`define B `A\nmodule m; wire x = «`A»; endmodule", ["HW2014 macro '`A' leads to itself, in expansion of '`A'"]),
        ("module m; wire a = 1 + «;» endmodule", ["HW2101 expected an expression, found ';'"]),
        ("module m; assign a = b «c»; endmodule", ["HW2101 expected ';', found 'c'"]),
        ("module m; always @* begin a = 1; «else» b = 1; end endmodule", ["HW2101 'else' without an 'if' before it"]),
        ("module m; wire «case»; endmodule", ["HW2101 expected a type or a name, found the keyword 'case'"]),
        ("module «8»; endmodule", ["HW2101 expected a name, found '8'"]),
        ("module m; reg «begin»; endmodule", ["HW2101 expected a name, found the keyword 'begin'"]),
        ("module m; always @(posedge clk) x = f(1 «2»); endmodule", ["HW2101 expected ',' or ')', found '2'"]),
        ("module m;\n  wire a« »\n  wire b;\nendmodule", ["HW2102 expected ';' after 'a'"]),
        ("module m;\n  initial begin\n    a = 1« »\n  end\nendmodule", ["HW2102 expected ';' after '1'"]),
        ("module m;\n  initial begin\n    a <= b« »\n    c <= d;\n  end\nendmodule", ["HW2102 expected ';' after 'b'"]),
        ("module m;\n  initial «begin»\n    a = 1;\nendmodule", ["HW2103 this 'begin' has no 'end' before 'endmodule' in line 4"]),
        ("«module» m;\n  wire a;\n", ["HW2103 this 'module' has no 'endmodule' before the end of the file"]),
        ("module m; always @* «case» (a) 1: b = 1; endmodule", ["HW2103 this 'case' has no 'endcase' before 'endmodule' in line 1"]),
        ("module m; initial a = 1; «end» endmodule", ["HW2104 unexpected 'end': nothing is open here that it closes"]),
        ("module m; assign a = «(»b + c; endmodule", ["HW2105 this '(' has no ')' before ';'"]),
        ("module m; assign a = «{»b, c; endmodule", ["HW2105 this '{' has no '}' before ';'"]),
        ("module m; always @«(»posedge clk begin a = 1; end endmodule", ["HW2105 this '(' has no ')' before 'begin'"]),
        ("module m; a «<=» b; endmodule", ["HW2106 '<=' assigns outside of a process; write 'assign' before the name, or put it into always or initial"]),
        ("module m; «alwyas» @(posedge clk) a <= b; endmodule", ["HW2107 unknown word 'alwyas'; did you mean 'always'?"]),
        ("«modul» m(input a); endmodule", ["HW2107 unknown word 'modul'; did you mean 'module'?"]),
        ("module m; wire a; «endmodul»", ["HW2107 unknown word 'endmodul'; did you mean 'endmodule'?"]),
        ("«assign» a = b;", ["HW2108 'assign' stands outside of a module"]),
        ("module m; initial begin a = 1; «int» b; end endmodule", ["HW2108 a declaration behind a statement; move it to the start of the block"]),
        ("module m; endmodule : «n»", ["HW2109 'n' ends what is named 'm'"]),
        ("module m; wire a = 4«'b12»; endmodule", ["HW2110 '2' is no digit of base 'b"]),
        ("module m; wire a = 8'«q12»; endmodule", ["HW2110 'q is no base; write 'b, 'o, 'd or 'h"]),
        ("module m; int q [«]»; endmodule", ["HW2401 unsupported: dynamic array []"]),
        ("module m; int q [«$»]; endmodule", ["HW2401 unsupported: queue [$]"]),
        ("module m; int q [«string»]; endmodule", ["HW2401 unsupported: associative array"]),
        ("module m; assign «[»a] = b; endmodule", ["HW2101 expected a name, found '['"]),
        ("module m; wire a = 8«'h» ; endmodule", ["HW2110 ''h' has no digits"]),
        ("module m; reg «#»1 a; const b = 1; endmodule", ["HW2101 expected a name, found '#'"]),
        ("module m; «modport» a (input b); endmodule", ["HW2108 'modport' stands outside of an interface"]),
        ("interface i; «module» m; endmodule endinterface", ["HW2108 'module' inside of an interface; is an 'endinterface' missing before it?"]),
        ("module m; function f(bus.«master» b); endfunction endmodule",
            ["HW2111 an interface with its modport is the type of a port in the header of a module"]),
        ("module m(bus«[»1].master b); endmodule", ["HW2111 an interface has no dimensions before its modport"]),
        ("interface i; logic a; modport s («.»b()); endinterface", ["HW2401 unsupported: a name of a modport that stands for nothing"]),
        ("module m; «virtual» interface bus b; endmodule", ["HW2401 unsupported: virtual interface"]),
        ("module m; «covergroup» cg; a : coverpoint b; endgroup endmodule", ["HW2401 unsupported: covergroup 'cg'"]),
        ("module m(input a, output b«,»); endmodule", ["HW2112 the comma behind the last port is ignored"]),
        ("module m; «specify» (a => b) = 1; endspecify endmodule", ["HW2403 the specify block is ignored: its delays and timing checks have no effect"]),
        ("module m; initial «randcase» 1: a = 1; endcase endmodule", ["HW2401 unsupported: randcase"]),
        ("module m; «virtual» class c; endclass endmodule", ["HW2401 unsupported: virtual"]),
        ("module m; «default» clocking cb @(posedge clk); endclocking endmodule", ["HW2402 'default clocking' is ignored: assertions over time have no effect"]),
        ("module m; wire («strong1», pull0) w = a; endmodule", ["HW2401 unsupported: drive strength strong1"]),
        ("module m; initial begin x = y«++»; «disable» fork; a = «repeat» (3) @(b) c; end endmodule", ["HW2401 unsupported: ++ inside of an expression", "HW2401 unsupported: disable fork", "HW2401 unsupported: repeat inside of an assignment"]),
        ("module m; «assert» (a); endmodule", ["HW2108 an assertion outside of a process; put it into always or initial"]),
        ("module m; import «\"DPI-C\"» function int f(int a); endmodule", ["HW2401 unsupported: import of C functions (DPI)"]),
        ("module m; «assert» property (@(posedge clk) a |-> b); endmodule", ["HW2402 'assert property' is ignored: assertions over time have no effect"]),
        ("module m; l: «restrict» property (@(posedge clk) a |-> b); endmodule", ["HW2402 'restrict property' is ignored: assertions over time have no effect"]),
        ("module m; initial «cover» sequence (a ##1 b); «property» p; a; endproperty endmodule", ["HW2402 'cover sequence' is ignored: assertions over time have no effect", "HW2402 'property' is ignored: assertions over time have no effect"]),
        ("module m; «default» disable iff (!r); endmodule", ["HW2402 'default disable' is ignored: assertions over time have no effect"]),
        ("module m; l: assert property «(»a |-> b; endmodule", ["HW2105 this '(' has no ')' before ';'"]),
        ("module m; initial assert property «(»a |-> b; endmodule", ["HW2105 this '(' has no ')' before ';'"]),
        ("module m; assert property «a» |-> b; endmodule", ["HW2101 expected '(', found 'a'"]),
        ("module m; «property» p; a |-> b; endmodule", ["HW2103 this 'property' has no 'endproperty' before 'endmodule' in line 1"]),
        ("module m; «assert» #0 (a); endmodule", ["HW2108 an assertion outside of a process; put it into always or initial"]),
        (
            "module m;\n  assign a = b + «;»\n  wire c« »\n  reg d;\n  always @(posedge «)» begin d <= 1« »\n end\n  f u («%»);\nendmodule",
            [
                "HW2101 expected an expression, found ';'", "HW2102 expected ';' after 'c'", "HW2101 expected an expression, found ')'",
                "HW2102 expected ';' after '1'", "HW2101 expected ',' or ')', found '%'",
            ]),
    ];

    [TestCaseSource(nameof(Cases))]
    public void An_error_is_worded_and_marked((string Text, string[] Errors) sample)
    {
        var (text, places) = Unmarked(sample.Text);
        var errors = VerilogParser.ParseText(text, "t.sv").Diagnostics;
        Assert.That(errors.Select(d => $"{d.Code} {d.Message}"), Is.EqualTo(sample.Errors));
        Assert.That(errors.Select(d => (d.Span!.Line, d.Span.Column, d.Span.Length)), Is.EqualTo(places));
    }

    // Removes the marks; a mark around a blank stands for the place behind the end of a line.
    private static (string Text, List<(int Line, int Column, int Length)> Places) Unmarked(string marked)
    {
        var places = new List<(int, int, int)>();
        var lines = new List<string>();
        foreach (var line in marked.Split('\n'))
        {
            var rest = line;
            while (rest.IndexOf('«') is var start and >= 0)
            {
                var end = rest.IndexOf('»');
                places.Add((lines.Count + 1, start + 1, end - start - 1));
                rest = rest.Remove(end, 1).Remove(start, 1);
            }

            lines.Add(rest.TrimEnd());
        }

        return (string.Join('\n', lines), places);
    }

    [Test]
    public void Files_and_limits_have_their_diagnostics()
    {
        var folder = Directory.CreateTempSubdirectory("hwseed-verilog").FullName;
        try
        {
            var self = Path.Combine(folder, "self.v");
            File.WriteAllText(self, "`include \"self.v\"\n");
            var latin = Path.Combine(folder, "latin.v");
            File.WriteAllBytes(latin, [.. "// caf"u8, 0xE9, .. "\nmodule m; endmodule\n"u8]);
            Assert.Multiple(() =>
            {
                Assert.That(Codes(VerilogParser.ParseFile(Path.Combine(folder, "none.v"))), Is.EqualTo(new[] { "HW2001" }));
                Assert.That(Codes(VerilogParser.ParseFile(folder)), Is.EqualTo(new[] { "HW2001" }));
                Assert.That(Codes(VerilogParser.ParseText(new('a', 101), "a.v", new() { MaxFileBytes = 100 })), Is.EqualTo(new[] { "HW2002" }));
                Assert.That(Codes(VerilogParser.ParseText("module\0", "a.v")), Is.EqualTo(new[] { "HW2003" }));
                Assert.That(Codes(VerilogParser.ParseFile(latin)), Is.EqualTo(new[] { "HW2004" }));
                Assert.That(VerilogParser.ParseFile(latin).IsOk);
                Assert.That(Codes(VerilogParser.ParseFile(self)), Is.EqualTo(new[] { "HW2012" }));
                Assert.That(Codes(VerilogParser.ParseText("a b c;", "a.v", new() { MaxTokens = 2 })), Is.EqualTo(new[] { "HW2015" }));
            });
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    [Test]
    public void At_most_twenty_errors_are_shown()
    {
        var text = "module m;\n" + string.Concat(Enumerable.Repeat("assign a = ;\n", 50)) + "endmodule";
        Assert.That(VerilogParser.ParseText(text).Diagnostics, Has.Count.EqualTo(20));
    }

    [Test]
    public void Every_code_is_raised_by_a_test()
    {
        var raised = Cases.SelectMany(c => c.Errors).Select(e => e.Split(' ')[0])
            .Concat(["HW2001", "HW2002", "HW2003", "HW2004", "HW2012", "HW2015", "HW2016", "HW2111"]).Distinct().Order();
        Assert.That(VerilogDiagnostics.Descriptors.Select(d => d.Code), Is.EqualTo(raised));
    }

    [TestCase("module m; sub u (a), v; endmodule")]
    [TestCase("module m; pkg::sub u (a); endmodule")]
    [TestCase("module m; const a = 1; endmodule")]
    [TestCase("module m; reg [3:0] pkg::a; parameter #1 a = 1; endmodule")]
    public void Parts_of_a_declaration_fit_together(string text) =>
        Assert.That(Codes(VerilogParser.ParseText(text)).Distinct(), Is.SubsetOf(new[] { "HW2111", "HW2101" }).And.Not.Empty);

    private static IEnumerable<string> Codes<T>(Checked<T> read)
        where T : class => read.Diagnostics.Select(d => d.Code);
}
