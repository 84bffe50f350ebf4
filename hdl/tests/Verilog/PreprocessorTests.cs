using HwSeed.Hdl.Verilog;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Tests.Verilog;

public class PreprocessorTests
{
    [TestCase("`define A 8", "`A", "8")]
    [TestCase("`define A `B\n`define B 7", "`A", "7")]
    [TestCase("`define F(a, b) ((a) + (b))", "`F(x, {y, z})", "((x) + ({y, z}))")]
    [TestCase("`define F(a=1, b = 2) a + b", "`F(,)", "1 + 2")]
    [TestCase("`define F(a, b = 2) a + b", "`F(5)", "5 + 2")]
    [TestCase("`define M(a, b) ((a) > (b) ? (a) : (b))", "`M(`M(x, y), z)", "((((x) > (y) ? (x) : (y))) > (z) ? (((x) > (y) ? (x) : (y))) : (z))")]
    [TestCase("`define C(a, b) a``_``b``_q", "`C(x, y)", "x_y_q")]
    [TestCase("`define P pre\n`define C(n) `P``_``n", "`C(y)", "pre_y")]
    [TestCase("`define S(a) `\"value: a `\\`\"a`\\`\"`\"", "`S(x + 1)", "\"value: x + 1 \\\"x + 1\\\"\"")]
    [TestCase("`define H(n) 8'h``n + 8'h``5A + pre``7x", "`H(3C)", "8'h3C + 8'h5A + pre7x")]
    [TestCase("`define SUM(a, b) a + b\n`define APPLY(f, x, y) f((x), (y))", "`APPLY(`SUM, p, 3)", "(p) + (3)")]
    [TestCase("`define W 8\n`define V ff", "`W'h`V", "8'hff")]
    [TestCase("`define D 10", "`D'd5", "10'd5")]
    [TestCase("`define A 1 + \\\n  2 + \\\n  3", "`A", "1 + 2 + 3")]
    [TestCase("`define A 1 // one\n`define B 2 /* two */ + 3", "`A + `B", "1 + 2 + 3")]
    [TestCase("`define A 1\n`undef A\n`define A 2", "`A", "2")]
    [TestCase("`define E", "1 `E + 2", "1 + 2")]
    [TestCase("`ifdef X\n`define A 1\n`elsif Y\n`define A 2\n`else\n`define A 3\n`endif", "`A", "3")]
    [TestCase("`define Y\n`ifdef X\n`define A 1\n`elsif Y\n`define A 2\n`else\n`define A 3\n`endif", "`A", "2")]
    [TestCase("`ifndef X\n`ifdef Q\n`define A 0\n`else\n`define A 4\n`endif\n`else\n`define A 5\n`endif", "`A", "4")]
    [TestCase("`ifdef X\n this is \" no 'verilog \u00e9 /* `else */\n`else\n`define A 1\n`endif", "`A", "1")]
    [TestCase("`define IF(x) `ifdef X x `else 9 `endif", "`IF(1)", "9")]
    [TestCase("`timescale 1ns / 1ps\n`celldefine\n`default_nettype none\n`resetall\n`line 5 \"x\" 1\n`pragma protect", "1", "1")]
    [TestCase("`define NAME \"text\"", "`NAME", "\"text\"")]
    [TestCase("", "`__LINE__", "1")]
    [TestCase("\n\n", "`__LINE__", "3")]
    [TestCase("", "`__FILE__", "\"top.v\"")]
    [TestCase("", "\"`A // no macro\"", "\"`A // no macro\"")]
    public void Macros_expand_as_text_does(string definitions, string use, string expected) =>
        Assert.That(Value(definitions + (definitions.Length > 0 && !definitions.EndsWith('\n') ? "\n" : ""), use), Is.EqualTo(expected));

    private static string Value(string definitions, string use)
    {
        var unit = VerilogParser.ParseText($"{definitions}module m; parameter p = {use}; endmodule", "top.v").OrThrow();
        return VerilogPrinter.Print(((ParameterDeclarationSyntax)((ModuleSyntax)unit.Items[0]).Items[0]).Declarators[0].Value!);
    }

    [Test]
    public void Files_are_included_from_their_own_folder_first()
    {
        var folder = Directory.CreateTempSubdirectory("hwseed-include").FullName;
        try
        {
            var other = Directory.CreateDirectory(Path.Combine(folder, "include")).FullName;
            var inner = Directory.CreateDirectory(Path.Combine(folder, "rtl", "inner")).FullName;
            File.WriteAllText(Path.Combine(folder, "rtl", "top.v"), "`include \"inner/a.vh\"\n`include <b.vh> // b\n`include \"a_guard.vh\"\n`include \"a_guard.vh\"\nmodule m; wire x = `A + `B; endmodule\n");
            File.WriteAllText(Path.Combine(inner, "a.vh"), "`include \"c.vh\"\n");
            File.WriteAllText(Path.Combine(inner, "c.vh"), "`define A 1\n");
            File.WriteAllText(Path.Combine(other, "b.vh"), "`define B 2\n");
            File.WriteAllText(Path.Combine(other, "a_guard.vh"), "`ifndef G\n`define G\nmodule g; endmodule\n`endif\n");
            var read = VerilogParser.ParseFile(Path.Combine(folder, "rtl", "top.v"), new() { IncludeDirectories = [other] });
            Assert.That(read.OrThrow().Items.Cast<ModuleSyntax>().Select(m => m.Name), Is.EqualTo(new[] { "g", "m" }));
            Assert.That(read.OrThrow().Items[0].Origin.Text!.Path, Is.EqualTo(Path.Combine(other, "a_guard.vh")));
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    [Test]
    public void What_a_macro_yields_stands_at_its_use_and_an_argument_at_its_own_place()
    {
        var errors = VerilogParser.ParseText("`define F(a) a +\nmodule m;\n  wire x = `F(1);\n  wire y = 2 + `G;\nendmodule\n`define G ;\n", "t.v").Diagnostics;
        Assert.That(errors.Select(e => e.ToString()), Is.EqualTo(new[]
        {
            "t.v:4:16: error HW2008: '`G' is neither a directive nor a defined macro\n    wire y = 2 + `G;\n                 ^^",
        }));
        errors = VerilogParser.ParseText("`define F(a) a + )\nmodule m;\n  wire x = `F(1);\n  wire y = `F(*);\nendmodule\n", "t.v").Diagnostics;
        Assert.That(errors.Select(e => $"{e.Span!.Line}:{e.Span.Column} {e.Message}"), Is.EqualTo(new[]
        {
            "3:12 expected an expression, found ')', in expansion of '`F'", "4:15 expected an expression, found '*'",
        }));
    }

    [Test]
    public void What_a_file_defines_holds_in_the_files_behind_it()
    {
        var folder = Directory.CreateTempSubdirectory("hwseed-files").FullName;
        try
        {
            string[] files = [Path.Combine(folder, "defines.v"), Path.Combine(folder, "core.v")];
            File.WriteAllText(files[0], "`define W 8\n`default_nettype none\n");
            File.WriteAllText(files[1], "module m; wire [`W-1:0] a; endmodule\n");
            var read = VerilogParser.ParseFiles(files);
            Assert.That(((ModuleSyntax)read[1].OrThrow().Items.Single()).DefaultNetType, Is.EqualTo("none"));
            Assert.That(VerilogParser.ParseFile(files[1]).Diagnostics.Single().Code, Is.EqualTo("HW2008"));
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    [Test]
    public void Definitions_of_the_caller_come_first()
    {
        var options = new VerilogOptions { Defines = new Dictionary<string, string> { ["SIM"] = "", ["W"] = "4 + 1" } };
        var unit = VerilogParser.ParseText("module m;\n`ifdef SIM\n wire x = `W;\n`endif\nendmodule", "t.v", options).OrThrow();
        Assert.That(VerilogPrinter.Print(unit), Does.Contain("wire x = 4 + 1;"));
    }

    [TestCase("module m; reg do, bit, byte, int, final, type, var, priority, rand, checker, soft; endmodule", "a.v", true)]
    [TestCase("module m; reg do, bit; endmodule", "a.sv", false)]
    [TestCase("module m; logic [3:0] a; always_comb a = '0; endmodule", "a.v", true)]
    [TestCase("`begin_keywords \"1364-2005\"\nmodule m; reg do, logic; endmodule\n`end_keywords\nmodule n; logic a; endmodule", "a.sv", true)]
    [TestCase("module m; reg while; endmodule", "a.v", false)]
    public void Words_of_SystemVerilog_are_names_where_only_that_makes_sense(string text, string path, bool isOk) =>
        Assert.That(VerilogParser.ParseText(text, path).IsOk, Is.EqualTo(isOk));

    [Test]
    public void The_default_net_type_is_noted_at_each_module()
    {
        var unit = VerilogParser.ParseText("module a; endmodule\n`default_nettype none\nmodule b; endmodule\n`default_nettype wire\nmodule c; endmodule").OrThrow();
        Assert.That(unit.Items.Cast<ModuleSyntax>().Select(m => m.DefaultNetType), Is.EqualTo(new[] { "wire", "none", "wire" }));
        Assert.That(VerilogParser.ParseText(VerilogPrinter.Print(unit)).OrThrow(), Is.EqualTo(unit));
    }

    [TestCase("sel == 1'b1?a:b", "sel == 1'b1 ? a : b")]
    [TestCase("8'b1?:b", null)]
    [TestCase("4'h f", "4'hf")]
    [TestCase("8 'hFf", "8'hFf")]
    [TestCase("'1", "'1")]
    [TestCase("1.5e3", "1.5e3")]
    public void Numbers_are_cut_as_people_mean_them(string text, string? printed)
    {
        var read = VerilogParser.ParseText($"module m; parameter p = {text}; endmodule");
        Assert.That(read.IsOk, Is.EqualTo(printed is not null));
        if (printed is not null)
        {
            Assert.That(VerilogPrinter.Print(read.Value!), Does.Contain($"p = {printed};"));
        }
    }
}
