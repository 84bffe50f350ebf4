using HwSeed.Hdl.Diagnostics;
using HwSeed.Toolchain;

namespace HwSeed.Hdl.Tests.Toolchain;

[Category("verilator")]
internal sealed class VerilatorTests
{
    private const string Bench = """
        #include "Vtop.h"
        #include "verilated.h"
        #include <cstdio>
        #include <cstdlib>
        int main(int argc, char** argv) {
            VerilatedContext context;
            context.commandArgs(argc, argv);
            Vtop top{&context};
            const int cycles = atoi(argv[1]);
            for (int i = 0; i < cycles; i++) {
                top.clear = i == 0;
                top.a = 0x01020304u; top.b = 0x05060708u;
                top.clock = 0; top.eval(); top.clock = 1; top.eval();
            }
            FILE* file = fopen("result.txt", "w");
            for (int i = 0; i < 16; i++) fprintf(file, "%d ", (int)top.c[i]);
            fclose(file);
        }
        """;

    [SetUp]
    public void NeedsVerilator() => Needs.Tools(ExternalTool.Verilator, ExternalTool.Compiler);

    [Test]
    public async Task A_mac_array_builds_and_computes_what_the_sum_says()
    {
        using var scratch = new Scratch();
        var built = await Verilator.BuildAsync(scratch.Path, Designs.MacArray, "mac_array", Bench, VerilatorOptions.Default);
        Assert.That(built.IsOk, Is.True, string.Join('\n', built.Diagnostics));
        TestContext.Out.WriteLine($"{built.Value}");

        var run = await Verilator.RunAsync(built.OrThrow(), ["101"], TimeSpan.FromSeconds(10));

        // PE (r, c) adds a[r] * b[c] at edges 1 to 100, less those before b has walked r rows and a c columns.
        var expected = Enumerable.Range(0, 16).Select(i => (Row: i / 4, Column: i % 4)).Select(pe =>
            (4 - pe.Row) * (8 - pe.Column) * (100 - Math.Max(0, Math.Max(pe.Row, pe.Column) - 1)));
        Assert.That(run.Succeeded, Is.True, run.StandardError);
        Assert.That(await File.ReadAllTextAsync(Path.Combine(scratch.Path, "result.txt")),
            Is.EqualTo(string.Join(' ', expected) + " "));
    }

    [Test]
    public async Task The_second_build_takes_the_runtime_from_the_cache()
    {
        using Scratch first = new(), second = new();
        (await Verilator.BuildAsync(first.Path, Designs.MacArray, "mac_array", Bench, VerilatorOptions.Default)).OrThrow();
        var built = await Verilator.BuildAsync(second.Path, Designs.MacArray, "mac_array", Bench, VerilatorOptions.Default);
        TestContext.Out.WriteLine($"{built.Value}");
        Assert.That(built.OrThrow().RuntimeTime, Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public async Task An_error_of_verilator_has_its_position_and_source_line()
    {
        using var scratch = new Scratch();
        var built = await Verilator.BuildAsync(scratch.Path,
            "module bad(input clock, output reg q);\n  always @(posedge clock) q <= nothere;\nendmodule\n",
            "bad", Bench, VerilatorOptions.Default);
        Assert.That(built.Diagnostics.Select(d => d.ToString()), Is.EqualTo((string[])
        [
            "bad.v:2:32: error HW3101: Verilator: Can't find definition of variable: 'nothere'\n" +
            "    always @(posedge clock) q <= nothere;\n" +
            "                                 ^~~~~~~".Replace('~', '^'),
        ]));
    }

    [Test]
    public async Task A_cut_width_is_a_warning_of_lint_and_does_not_stop_a_build()
    {
        using var scratch = new Scratch();
        const string Cut = "module cut(input [7:0] a, output [3:0] q);\n  assign q = a;\nendmodule\n";
        var lint = await Verilator.LintAsync(Cut, "cut");
        Assert.That(lint.Select(d => (d.Code, d.Severity, d.Span?.Line)),
            Has.Member(("HW3102", Severity.Warning, (int?)2)));
        var built = await Verilator.BuildAsync(scratch.Path, Cut, "cut",
            "#include \"Vtop.h\"\nint main() { Vtop t; t.a = 255; t.eval(); return t.q; }\n", VerilatorOptions.Default);
        Assert.That(built.Diagnostics.Select(d => d.Code), Has.Some.EqualTo("HW3102"));
        Assert.That((await Verilator.RunAsync(built.OrThrow(), [], TimeSpan.FromSeconds(5))).ExitCode, Is.EqualTo(15));
    }

    [Test]
    public async Task Clean_verilog_has_no_lint() =>
        Assert.That(await Verilator.LintAsync(
            "module clean(input a, output q);\n  assign q = ~a;\nendmodule\n", "clean"), Is.Empty);

    [Test]
    public async Task An_error_in_the_bench_has_its_line_in_the_bench()
    {
        using var scratch = new Scratch();
        var built = await Verilator.BuildAsync(scratch.Path, Designs.MacArray, "mac_array",
            "#include \"Vtop.h\"\nint main() { return nothere; }\n", VerilatorOptions.Default);
        Assert.That(built.Diagnostics.Single().ToString(),
            Does.StartWith("bench.cpp:2:21: error HW3103: g++: 'nothere' was not declared"));
    }

    [Test]
    public async Task A_model_with_waveforms_writes_a_vcd()
    {
        using var scratch = new Scratch();
        var built = await Verilator.BuildAsync(scratch.Path, Designs.MacArray, "mac_array", """
            #include "Vtop.h"
            #include "verilated_vcd_c.h"
            int main() {
                VerilatedContext context; context.traceEverOn(true);
                Vtop top{&context}; VerilatedVcdC vcd; top.trace(&vcd, 9); vcd.open("wave.vcd");
                for (int i = 0; i < 10; i++) { top.clock = i & 1; top.eval(); vcd.dump(i); }
                vcd.close();
            }
            """, VerilatorOptions.Default with { TraceVcd = true });
        var run = await Verilator.RunAsync(built.OrThrow(), [], TimeSpan.FromSeconds(10));
        Assert.That(run.Succeeded, Is.True, run.StandardError);
        Assert.That(File.ReadAllText(Path.Combine(scratch.Path, "wave.vcd")), Does.Contain("$scope module mac_array"));
    }

    [Test]
    public async Task A_build_in_a_used_directory_does_not_see_the_old_model()
    {
        using var scratch = new Scratch();
        (await Verilator.BuildAsync(scratch.Path, Designs.MacArray, "mac_array", Bench, VerilatorOptions.Default)).OrThrow();
        var built = await Verilator.BuildAsync(scratch.Path, "module other(output [3:0] q);\n  assign q = 9;\nendmodule\n",
            "other", "#include \"Vtop.h\"\nint main() { Vtop t; t.eval(); return t.q; }\n", VerilatorOptions.Default);
        Assert.That((await Verilator.RunAsync(built.OrThrow(), [], TimeSpan.FromSeconds(5))).ExitCode, Is.EqualTo(9));
    }

    [Test]
    public void The_cache_is_the_users_own_and_absent_when_it_cannot_be_written()
    {
        using var scratch = new Scratch();
        Assert.That(VerilatorRuntime.CacheRoot(scratch.Path, "/nowhere"), Is.EqualTo($"{scratch.Path}/hwseed"));
        Assert.That(VerilatorRuntime.CacheRoot("relative", scratch.Path), Is.EqualTo($"{scratch.Path}/.cache/hwseed"));
        Assert.That(VerilatorRuntime.CacheRoot("/dev/null", scratch.Path), Is.Null);
        Assert.That(VerilatorRuntime.CacheRoot(null, null), Is.Null);
        Assert.That(Directory.GetFiles($"{scratch.Path}/hwseed"), Is.Empty);
    }
}
