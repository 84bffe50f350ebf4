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
}
