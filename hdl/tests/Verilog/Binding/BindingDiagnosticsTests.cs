using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Verilog;
using HwSeed.Hdl.Verilog.Binding;

namespace HwSeed.Hdl.Tests.Verilog.Binding;

public sealed class BindingDiagnosticsTests
{
    /// <summary>Text with the marked place of its first error or warning, which is given as code and message.</summary>
    private static readonly (string Text, string Message)[] Cases =
    [
        ("module m(input abc, output y); assign y = «abd»; endmodule", "HW2201 there is no signal 'abd'; did you mean 'abc'?"),
        ("module m(output y); assign y = «f»(1); endmodule", "HW2201 there is no function 'f'"),
        ("module m; «state_t» s; endmodule", "HW2201 there is no type 'state_t'"),
        ("package p; localparam A = 1; endpackage module m(output y); assign y = «p::B»; endmodule", "HW2201 there is no signal 'B'"),
        ("module m(output y); assign y = «q::B»; endmodule", "HW2201 there is no package 'q'"),
        ("module child; endmodule module m; child v(); «chidl u();» endmodule", "HW2202 there is no module 'chidl'; did you mean 'child'?"),
        ("module c(input abc); endmodule module m; c u(«.abx(1'b0)»); endmodule", "HW2203 module 'c' has no port 'abx'; did you mean 'abc'?"),
        ("module c #(parameter W = 1)(); endmodule module m; c #(«.V(1)») u(); endmodule", "HW2203 module 'c' has no parameter 'V'"),
        ("module m; wire a; reg «a»; endmodule", "HW2204 'a' is declared twice"),
        ("module m(input a, output reg y); always @* case (a) 0: y = 1; default: y = 0; «default: y = 1;» endcase endmodule",
            "HW2204 the case statement has two defaults"),
        ("module m(input [2:0] a); wire [«a»:0] b; endmodule", "HW2205 a constant is needed here, and 'a' is a signal"),
        ("module m(input a, output y); localparam P = «a»; assign y = P; endmodule", "HW2205 a constant is needed here, and 'a' is a signal"),
        ("module m; typedef logic t; wire y = «t»; endmodule", "HW2207 't' is a type, and a value is needed here"),
        ("module m; localparam «A = B», B = A; wire [A:0] w; endmodule", "HW2208 the parameter 'A' depends on itself"),
        ("module m(output reg [7:0] y); always @* begin y = 0; «while (1) y = y + 1;» end endmodule", "HW2209 the loop does not end after 140000 turns"),
        ("module m(input [7:0] a, output reg [7:0] y); always @* begin y = a; «while (y != 5) y = y + 1;» end endmodule",
            "HW2209 the loop does not end after 4096 turns; its condition is not constant"),
        ("module m(output [7:0] y); function [7:0] f(input [7:0] a); f = «f(a)»; endfunction assign y = f(1); endmodule",
            "HW2209 'f' calls itself more than 256 times"),
        ("module m; reg «[99999999:0]» a; endmodule", "HW2210 the design is too large: more than 1048576 bits of a vector"),
        ("module c(input a); endmodule module m; c u(.a(1'b0), «.a(1'b1)»); endmodule", "HW2211 'a' is connected twice"),
        ("module c(input a); endmodule module m; c u(1'b0, «1'b1»); endmodule", "HW2211 module 'c' has 1 ports, and more are given"),
        ("module m(output y); function f(input a, b); f = a; endfunction assign y = «f(1'b0)»; endmodule",
            "HW2212 'f' takes 2 arguments, and 1 is given"),
        ("module m; reg [7:0] r [0:3]; initial $readmemh(«\"none.hex\"», r); endmodule",
            "HW2213 the file 'none.hex' cannot be used: there is no such file"),
        ("module m #(parameter W = 3)(); if (W > 2) «$error(\"W is %0d\", W);» endmodule", "HW2214 W is 3"),
        ("module m #(parameter W = 3)(); if (W > 2) «$warning(\"wide\");» endmodule", "HW2215 wide"),
        ("module c #(parameter «W»)(); wire [W:0] w; endmodule module m; c u(); endmodule", "HW2216 the parameter 'W' has no value"),
        ("module m(a, «b»); input a; endmodule", "HW2217 the port 'b' has no direction"),
        ("module m(output reg y); always @* begin y = 0; «break;» end endmodule", "HW2218 'break' stands in no loop"),
        ("module m(output reg y); always @* begin y = 0; «disable b;» end endmodule", "HW2218 'disable b' stands in no block of this name"),
        ("module c(input a); endmodule module m; c «u()»; endmodule", "HW2219 the input 'a' of 'u' is open and reads as 0"),
        ("interface i; endinterface module c(i p); endmodule module m; i bus(); wire w; c u(.p(«buss»)); endmodule",
            "HW2220 the port 'p' needs an interface; did you mean 'bus'?"),
        ("interface i; endinterface module c(i p); endmodule module m; c «u()»; endmodule", "HW2220 the port 'p' needs an interface, and is open"),
        ("interface i; endinterface interface j; endinterface module c(i p); endmodule module m; j b(); c u(«b»); endmodule",
            "HW2220 the port 'p' needs interface 'i', and this is interface 'j'"),
        ("interface i; logic abc; endinterface module m(output y); i b(); assign y = «b.abd»; endmodule",
            "HW2315 interface 'i' has no name 'abd'; did you mean 'abc'?"),
        ("interface i; logic abc, b; modport p(input abc); endinterface module c(i.p x, output y); assign y = «x.abd»; endmodule module m; i b(); c u(.x(b)); endmodule",
            "HW2315 modport 'p' of interface 'i' has no name 'abd'; did you mean 'abc'?"),
        ("interface i; logic a; modport pqr(input a); endinterface module c(«i.pqs» x); endmodule module m; i b(); c u(.x(b)); endmodule",
            "HW2315 interface 'i' has no modport 'pqs'; did you mean 'pqr'?"),
        ("interface i; logic a; modport p(input a); endinterface module c(i.p x); assign «x.a» = 1; endmodule module m; i b(); c u(.x(b)); endmodule",
            "HW2316 'a' is an input of modport 'p' and cannot be assigned"),
        ("interface i; function f(input a); return a; endfunction logic b; modport p(input b); endinterface module c(i.p x, output y); assign y = «x.f»(x.b); endmodule module m; i b(); c u(.x(b)); endmodule",
            "HW2315 modport 'p' of interface 'i' has no name 'f'"),
        ("interface i; logic «a»; initial a = 1; endinterface module c(input k, i p); always_ff @(posedge k) p.a <= !p.a; endmodule module m(input k); i b(); c u(k, b); endmodule",
            "HW2411 an initial block that sets 'b.a', which 'u' drives, is not supported"),
        ("interface i; endinterface module m(i «p»); endmodule", "HW2417 the port 'p' of the top module 'm' is an interface"),
        ("interface j; endinterface interface i(j «p»); endinterface module m; j b(); i c(b); endmodule", "HW2413 an interface with an interface as port is not supported"),
        ("module m(input [7:0] a, output y); assign y = a[«8»]; endmodule", "HW2301 the select lies outside of the range: it reads as 0 and writes nothing"),
        ("module m(input [7:0] a, output [1:0] y); assign y = «a[0:1]»; endmodule", "HW2301 the bounds of the select run against the direction of the range"),
        ("module m(input [7:0] a, output [1:0] y); assign y = a[0 +: «0»]; endmodule", "HW2302 a width of 0 is not possible"),
        ("module m; typedef enum logic [0:0] {A, B, «C»} t; t s; endmodule", "HW2302 the value of 'C' does not fit in 1 bit"),
        ("module m(input a, output y); assign y = a; assign «y» = ~a; endmodule", "HW2303 'y' is driven twice"),
        ("module m(input c, d, output reg y); always @(posedge c) y <= 0;\nalways @(posedge d) «y» <= 1; endmodule", "HW2303 'y' is driven twice"),
        ("module m(input a); assign «a» = 1; endmodule", "HW2304 'a' is an input and cannot be assigned"),
        ("module m; localparam P = 1; assign «P» = 1; endmodule", "HW2305 a constant cannot be assigned"),
        ("module m(output y); always @* «y» = 1; endmodule", "HW2306 'y' is a net, and a process cannot assign it"),
        ("module m(output y); assign y = «9999999'b1»; endmodule", "HW2307 '9999999'b1' is no number"),
        ("module m; logic [1:0] a [3]; assign a = «'{1, 2}»; endmodule", "HW2308 the pattern has 2 values for 3 places"),
        ("module m(output y); struct packed {logic abc;} s; assign s = 0; assign y = «s.abx»; endmodule", "HW2309 there is no member 'abx'; did you mean 'abc'?"),
        ("module m(input a, output y); assign y = «a[0]»; endmodule", "HW2309 this has no bits to select"),
        ("module c(input [3:0] a); endmodule module m; c u(.a(«2'b01»)); endmodule", "HW2310 the port 'a' has 4 bits, and its connection has 2"),
        ("module m(output y); reg a [3:0]; assign y = «a» + 1; endmodule", "HW2311 an unpacked array is no operand"),
        ("module m; reg a [3:0]; wire b [4:0]; assign b = «a»; endmodule", "HW2311 the two sides are not arrays of the same shape"),
        ("module m(output [3:0] y); assign y = {1'b0, «'1»}; endmodule", "HW2312 this takes its width from its context, and a concatenation gives none"),
        ("module m; typedef enum {A = 1, «B = 1»} t; t s; endmodule", "HW2313 'B' has the value of 'A'"),
        ("module m; «union packed {logic a; logic [1:0] b;}» u; endmodule", "HW2314 the member 'b' has 2 bits, and those before it 1"),
        ("module m(output reg y); always @* begin y = 0; «wait (y) y = 1;» end endmodule", "HW2411 'wait' is not supported"),
        ("module m(output reg y); initial begin y = 0; «#5 y = 1;» end endmodule", "HW2411 a delay inside of a process is not supported"),
        ("module c; wire x; endmodule module m(input a); c u(); assign «u.x» = a; endmodule", "HW2412 an assignment to 'u.x' of another module is not supported"),
        ("module c(output y); assign y = «m.x»; endmodule module m(input x, output y); c u(y); endmodule",
            "HW2412 a hierarchical name upwards, into 'm' is not supported"),
        ("module c; wire x; endmodule module m(output y); c u [1:0](); assign y = «u».x; endmodule", "HW2207 'u' is an instance, and one of its array is needed here"),
        ("module c; wire xyz; endmodule module m(output y); c u(); assign y = «u.xyy»; endmodule", "HW2201 there is no signal 'xyy'; did you mean 'xyz'?"),
        ("module m(input a, output y); «asign» y = a; endmodule", "HW2201 there is no type 'asign'; did you mean 'assign'?"),
        ("module c #(parameter P = 1)(); endmodule module m; c u [1:0](); defparam «u.P» = 2; endmodule", "HW2413 'defparam' of what is not an instance beside it is not supported"),
        ("module m; «real» r; endmodule", "HW2413 the type 'real' is not supported"),
        ("module m(input c, a, output reg y); always @(posedge c or «a») y <= a; endmodule", "HW2414 the process waits for edges and for levels"),
        ("module m(input c, a, output reg y); always @(posedge c) begin «y» = a; y <= 1; end endmodule", "HW2414 'y' is assigned by '=' and by '<=' in one process"),
        ("module m(inout [1:0] «a [2]»); endmodule", "HW2415 'a' is an inout array"),
        ("module m(input a, output y); assign #«3» y = a; endmodule", "HW2416 the delay has no effect"),
        ("module m; initial «$display(\"hello\");» endmodule", "HW2601 '$display' has no effect here"),
        ("module m(output [31:0] y); assign y = «$random»; endmodule", "HW2602 '$random' is not supported"),
        ("module m(input a, output reg y); always @* begin «assert (a);» y = a; end endmodule", "HW2603 'assert' has no effect here"),
    ];

    [TestCaseSource(nameof(Cases))]
    public void Says_what_is_wrong_and_where((string Text, string Message) example)
    {
        var (start, end) = (example.Text.IndexOf('«'), example.Text.IndexOf('»') - 1);
        var text = example.Text.Replace("«", "").Replace("»", "");
        var first = Read(text).First();
        Assert.That($"{first.Code} {first.Message}", Is.EqualTo(example.Message), string.Join("\n", Read(text)));
        var line = text[..start].Count(c => c == '\n');
        var column = start - (line == 0 ? 0 : text.LastIndexOf('\n', start - 1) + 1);
        Assert.That((first.Span!.Line, first.Span.Column), Is.EqualTo((line + 1, column + 1)));
        Assert.That(first.Span.LineText.Substring(first.Span.Column - 1, Math.Min(first.Span.Length, end - start)), Is.EqualTo(text[start..end]));
    }

    [TestCase("module a; endmodule module b; endmodule", null, "HW2206 several modules are used by no other one: a, b; name the top module")]
    [TestCase("module a; endmodule", "b", "HW2206 the top module 'b' is not defined; there are a")]
    public void Says_that_the_top_is_not_clear(string text, string? top, string message)
    {
        var diagnostic = VerilogReader.ReadText(text, bind: new() { Top = top }).Diagnostics.Single();
        Assert.That($"{diagnostic.Code} {diagnostic.Message}", Is.EqualTo(message));
    }

    [Test]
    public void Every_code_is_raised()
    {
        var raised = Cases.Select(c => c.Message[..6]).Append("HW2206").ToHashSet();
        Assert.That(BindingDiagnostics.Descriptors.Select(d => d.Code).Where(c => !raised.Contains(c)), Is.Empty);
        Assert.That(BindingDiagnostics.Descriptors.Select(d => d.Code), Is.Unique);
    }

    [Test]
    public void One_error_does_not_hide_the_next()
    {
        const string Text = "module m(input a, output x, y); assign x = b; assign y = c; reg [3:0] r; always @* r = d; endmodule";
        Assert.That(Read(Text).Select(d => d.Message), Is.EqualTo(new[]
        {
            "there is no signal 'b'", "there is no signal 'c'", "there is no signal 'd'",
        }));
    }

    [Test]
    public void A_flood_of_instances_ends_in_a_diagnostic()
    {
        var text = string.Join('\n', Enumerable.Range(1, 20).Select(i =>
            $"module m{i}; {string.Join(' ', Enumerable.Range(0, 10).Select(k => $"m{i - 1} u{k}();"))} endmodule").Prepend("module m0; endmodule"));
        Assert.That(Read(text).Select(d => d.Code), Does.Contain("HW2210"));
    }

    [Test]
    public void Long_expressions_are_no_trouble()
    {
        var text = $"module m(input [7:0] a, output [7:0] y); assign y = {string.Join(" + ", Enumerable.Repeat("a", 1_400))}; endmodule";
        var result = VerilogReader.ReadText(text);
        Assert.That(result.Diagnostics.Select(d => d.ToString()).Take(3), Is.Empty);
        var run = new DesignRun(result.Value!.Design);
        run.Set("a", 3);
        Assert.That(run["y"].Unsigned, Is.EqualTo((System.Numerics.BigInteger)(4_200 & 255)));
    }

    private static EquatableArray<Diagnostic> Read(string text) => VerilogReader.ReadText(text, bind: new()).Diagnostics;
}
