using System.Diagnostics;
using HwSeed.Hdl.Verilog;

namespace HwSeed.Hdl.Tests.Verilog;

public class VerilogLimitsTests
{
    private static readonly (string Name, Func<string> Text, string Code)[] Hostile =
    [
        ("parentheses", () => $"module m; wire a = {new('(', 10_000)}1{new(')', 10_000)}; endmodule", "HW2016"),
        ("parentheses without end", () => "module m; wire a = " + new string('(', 10_000), "HW2016"),
        ("braces", () => $"module m; wire a = {new('{', 10_000)}1{new('}', 10_000)}; endmodule", "HW2016"),
        ("blocks", () => "module m; initial " + Repeated("begin ", 10_000), "HW2016"),
        ("generate blocks", () => "module m; " + Repeated("if (1) begin ", 10_000), "HW2016"),
        ("modules", () => Repeated("module m; ", 10_000), "HW2016"),
        ("else if", () => "module m; initial " + Repeated("if (a) b = 1; else ", 10_000) + "; endmodule", "HW2016"),
        ("if", () => "module m; initial " + Repeated("if (a) ", 10_000) + "; endmodule", "HW2016"),
        ("choices", () => $"module m; wire a = {Repeated("b ? ", 10_000)}1", "HW2016"),
        ("choices behind each other", () => $"module m; wire a = {Repeated("b ? 1 : ", 10_000)}1; endmodule", "HW2016"),
        ("selects", () => $"module m; wire a = {Repeated("b[", 10_000)}1", "HW2016"),
        ("selects behind each other", () => $"module m; wire a = b{Repeated("[1]", 10_000)}; endmodule", "HW2016"),
        ("negations", () => $"module m; wire a = {new('~', 10_000)}1; endmodule", "HW2016"),
        ("sums", () => $"module m; wire a = 1{Repeated("+1", 10_000)}; endmodule", "HW2016"),
        ("structures", () => $"module m; {Repeated("struct { ", 10_000)}", "HW2016"),
        ("calls", () => $"module m; wire a = {Repeated("f(", 10_000)}1", "HW2016"),
        ("macros", () => string.Concat(Enumerable.Range(0, 40).Select(i => $"`define A{i + 1} `A{i} `A{i}\n")) + "`define A0 x\n`A40", "HW2015"),
        ("macro arguments", () => "`define A(x) x x x x x x x x\nwire a = " + Repeated("`A(", 30) + "1" + new string(')', 30) + ";", "HW2015"),
        ("deep macros", () => string.Concat(Enumerable.Range(0, 500).Select(i => $"`define A{i + 1} 1 `A{i} 1\n")) + "`define A0 x\n`A500", "HW2012"),
        ("tokens", () => "module m; initial begin " + Repeated("a=1;", 400_000), "HW2015"),
        ("late error", () => "module m; initial begin " + Repeated("a=1;", 100_000) + "+ end endmodule", "HW2101"),
        ("one long line", () => "module m; wire a = " + new string('1', 1_000_000) + "; + endmodule", "HW2101"),
        ("decimal digits", () => $"module m; wire a = {new string('1', 2_000_000)}; endmodule", "HW2110"),
        ("hexadecimal digits", () => $"module m; wire a = 4'h{new string('f', 2_000_000)}; endmodule", "HW2110"),
        ("stray characters", () => new string('\u00e9', 100_000), "HW2005"),
        ("comment", () => "/*" + new string('*', 1_000_000), "HW2006"),
        ("conditions", () => Repeated("`ifdef A\n", 100_000), "HW2010"),
        ("closing words", () => Repeated("end ", 100_000), "HW2104"),
    ];

    [TestCaseSource(nameof(Hostile))]
    public void Hostile_text_gives_a_diagnostic_in_time((string Name, Func<string> Text, string Code) sample)
    {
        var text = sample.Text();
        var time = Stopwatch.StartNew();
        // A thread with the smallest stack that .NET gives anywhere.
        IEnumerable<string> codes = [];
        var thread = new Thread(() => codes = VerilogParser.ParseText(text, "t.sv").Diagnostics.Select(d => d.Code).ToList(), 1_500_000);
        thread.Start();
        thread.Join();
        Assert.That(codes.Distinct(), Is.EqualTo(new[] { sample.Code }), sample.Name);
        Assert.That(time.Elapsed, Is.LessThan(TimeSpan.FromSeconds(30)), "on a busy machine; alone it takes a tenth");
    }

    [Test]
    public void Random_damage_to_good_text_never_throws()
    {
        var random = new Random(7);
        var good = Enumerable.Range(0, 20).Select(i => VerilogPrinter.Print(new RandomSyntax(i).Unit())).ToList();
        var refused = 0;
        for (var i = 0; i < 1500; i++)
        {
            var text = Damaged(good[i % good.Count], good, random);
            refused += VerilogParser.ParseText(text, i % 2 == 0 ? "t.v" : "t.sv").IsOk ? 0 : 1;
        }

        Assert.That(refused, Is.GreaterThan(500));
    }

    [Test]
    public void Random_bytes_never_throw()
    {
        var random = new Random(8);
        var bytes = new byte[300];
        for (var i = 0; i < 500; i++)
        {
            random.NextBytes(bytes);
            var text = new string([.. bytes.Select(b => i % 2 == 0 ? (char)(32 + (b % 95)) : (char)b)]);
            Assert.That(VerilogParser.ParseText(text, "t.v").IsOk, Is.False);
        }
    }

    private static string Damaged(string text, List<string> others, Random random)
    {
        var at = random.Next(text.Length);
        var length = Math.Min(random.Next(20), text.Length - at);
        var other = others[random.Next(others.Count)];
        var from = random.Next(other.Length);
        var piece = other.Substring(from, Math.Min(random.Next(30), other.Length - from));
        return random.Next(6) switch
        {
            0 => text[..at],
            1 => text[at..],
            2 => text.Remove(at, length),
            3 => text.Insert(at, piece),
            4 => text.Insert(at, ((char)random.Next(1, 200)).ToString()),
            _ => text.Remove(at, length).Insert(at, piece),
        };
    }

    private static string Repeated(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
