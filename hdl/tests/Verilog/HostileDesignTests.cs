using System.Diagnostics;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Lint;
using HwSeed.Hdl.Verilog;
using HwSeed.Hdl.Verilog.Binding;

namespace HwSeed.Hdl.Tests.Verilog;

/// <summary>Small texts that stand for endless or enormous hardware end in a diagnostic, soon.</summary>
public sealed class HostileDesignTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static readonly (string Name, string Text, string Code)[] Hostile =
    [
        ("while in initial", "initial while (1) y = ~y;", "HW2209"),
        ("forever in initial", "initial forever y = ~y;", "HW2209"),
        ("long loop in initial", "integer i; initial for (i = 0; i < 2000000000; i = i + 1) y = ~y;", "HW2209"),
        ("while on an input", "always @* begin y = 0; while (a) y = ~y; end", "HW2209"),
        ("loop without step", "integer i; always @* begin y = a; for (i = 0; i < 10; i = i) y = ~y; end", "HW2209"),
        ("long loop", "integer i; always @* begin y = a; for (i = 0; i < 1000000000; i = i + 1) y = ~y; end", "HW2209"),
        ("nested loops", "integer i, j, k; always @* begin y = a; for (i = 0; i < 1000; i = i + 1) for (j = 0; j < 1000; j = j + 1) for (k = 0; k < 1000; k = k + 1) y = ~y; end", "HW2210"),
        ("generate loop without step", "genvar i; for (i = 0; i < 10; i = i) begin : g wire x; end", "HW2209"),
        ("long generate loop", "genvar i; for (i = 0; i < 1000000000; i = i + 1) begin : g wire x = a; end", "HW2209"),
        ("nested generate loops", "genvar i, j, k; for (i = 0; i < 300; i = i + 1) for (j = 0; j < 300; j = j + 1) for (k = 0; k < 300; k = k + 1) begin : g wire x = a; end", "HW2210"),
        ("module in itself", "t u(a, y);", "HW2209"),
        ("module in itself with parameters", "wire p; t #(.N(N + 1)) u(a, p);", "HW2209"),
        ("tree of modules", "wire p, q; if (N > 0) begin : g t #(.N(N - 1)) u(a, p); t #(.N(N - 1)) v(a, q); end", "HW2210"),
        ("endless function", "function automatic [7:0] f(input [7:0] x); f = f(x + 1); endfunction wire [7:0] z = f(a);", "HW2209"),
        ("endless constant function", "function automatic [31:0] f(input [31:0] x); f = f(x + 1) + f(x + 2); endfunction localparam P = f(1); wire [31:0] z = P;", "HW2209"),
        ("slow constant function", "function automatic [31:0] f(input [31:0] x); if (x < 2) f = x; else f = f(x - 1) + f(x - 2); endfunction localparam P = f(60); wire [31:0] z = P;", "HW2210"),
        ("endless loop in a constant function", "function automatic [31:0] f(input [31:0] x); begin f = 0; while (1) f = f + 1; end endfunction localparam P = f(60); wire [31:0] z = P;", "HW2209"),
        ("endless task", "task t1; t1; endtask always @* begin y = a; t1; end", "HW2209"),
        ("replication", "wire z = ^{1000000000{1'b0}};", "HW2302"),
        ("replication of replications", "wire z = ^{100000{{100000{a}}}};", "HW2302"),
        ("wide vector", "wire [1<<30:0] w = a;", "HW2210"),
        ("wide packed array", "logic [999999:0][999999:0] w;", "HW2210"),
        ("large array", "logic w [999999:0][999999:0];", "HW2210"),
        ("large memory", "reg [1023:0] m [0:(1<<26)]; always @(posedge a) m[0] <= 1;", "HW2210"),
        ("wide number", "wire z = 1000000000'd5;", "HW2307"),
        ("circle of parameters", "localparam A = B, B = A; wire z = A;", "HW2208"),
        ("circle of types", "typedef b c; typedef c b; b x;", "HW2208"),
    ];

    [TestCaseSource(nameof(Hostile))]
    public void A_hostile_design_gives_a_diagnostic_in_time((string Name, string Text, string Code) sample)
    {
        var time = Stopwatch.StartNew();
        var text = $"module t #(parameter N = 40) (input a, output reg y);\n{sample.Text}\nendmodule\n";
        var read = VerilogReader.ReadText(text, "t.sv", null, new BindOptions { Top = "t" });
        Assert.That(read.Diagnostics.Where(d => d.Severity == Severity.Error).Select(d => d.Code).Distinct(), Is.EqualTo(new[] { sample.Code }), sample.Name);
        Assert.That(time.Elapsed, Is.LessThan(Limit), "on a busy machine; alone none takes three seconds");
    }

    [Test]
    public void Files_that_include_each_other_a_million_times_end()
    {
        var folder = Directory.CreateTempSubdirectory("hwseed-includes-").FullName;
        try
        {
            for (var i = 0; i < 4; i++)
            {
                File.WriteAllText(Path.Combine(folder, $"f{i}.vh"), string.Concat(Enumerable.Repeat($"`include \"f{i + 1}.vh\"\n", 100)));
            }

            File.WriteAllText(Path.Combine(folder, "f4.vh"), "// nothing\n");
            var read = VerilogParser.ParseFile(Path.Combine(folder, "f0.vh"));
            Assert.That(read.Diagnostics.Select(d => d.Code), Is.EqualTo(new[] { "HW2015" }));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Each of these was quadratic and took more than half a minute.
    [TestCase("instances")]
    [TestCase("ports")]
    [TestCase("modules")]
    [TestCase("labels")]
    public void Long_lists_are_read_and_checked_in_time(string kind)
    {
        var text = kind switch
        {
            "instances" => "module s(input a, output y); assign y = ~a; endmodule\nmodule t(input a, output [49999:0] y);\n"
                + Repeated(50_000, i => $"s u{i}(a, y[{i}]);\n") + "endmodule\n",
            "ports" => $"module t({Repeated(50_000, i => $"input a{i}, ")}output y); assign y = a0; endmodule\n",
            "modules" => Repeated(50_000, i => $"module m{i}(input a, output y); assign y = a; endmodule\n"),
            _ => $"module t(input [16:0] a, output reg [15:0] y);\nalways @* case (a)\n{Repeated(100_000, i => $"17'd{i}: y = 16'd{i * 7919L % 65536};\n")}default: y = 0;\nendcase\nendmodule\n",
        };
        var time = Stopwatch.StartNew();
        var unit = VerilogParser.ParseText(text, "t.sv").OrThrow();
        var report = Linter.Check([unit], LintSettings.Default);
        Assert.That(report.IsBadInput, Is.False);
        Assert.That(time.Elapsed, Is.LessThan(Limit));
    }

    private static string Repeated(int count, Func<int, string> line) => string.Concat(Enumerable.Range(0, count).Select(line));
}
