using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Verilog;

namespace HwSeed.Hdl.Tests.Verilog.Corpus;

/// <summary>Every refused file gives the codes of its first line at the places that it marks.</summary>
public sealed class RefusedFilesTests
{
    private const string Expect = "// expect: ";

    private static IEnumerable<string> Files => CorpusFolder.Refused;

    [TestCaseSource(nameof(Files))]
    public void A_file_is_refused_where_it_is_marked(string name)
    {
        var path = CorpusFolder.PathOf("errors", name);
        var marked = File.ReadAllText(path);
        var codes = marked.Split('\n')[0][Expect.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var text = AnnotatedText.Parse(marked);
        var errors = Read(text.Text, path).Where(d => d.Severity == Severity.Error).ToList();
        if (Environment.GetEnvironmentVariable("HWSEED_UPDATE_GOLDEN") == "1" && errors.All(d => d.Span is not null))
        {
            File.WriteAllText(path, AnnotatedText.Mark(
                $"{Expect}{string.Join(' ', errors.Select(d => d.Code))}\n{text.Text.Split('\n', 2)[1]}",
                errors.Select(d => (d.Span!.Line, d.Span.Column, d.Span.Length))));
            return;
        }

        var expected = codes.Zip(text.Spans, (code, span) => Shown(code, span.Line, span.Column, span.Length));
        Assert.That(errors.Select(d => Shown(d.Code, d.Span?.Line ?? 0, d.Span?.Column ?? 0, d.Span?.Length ?? 0)),
            Is.EqualTo(expected), string.Join('\n', errors));
    }

    [Test]
    public void There_are_enough_files() => Assert.That(Files.Count(), Is.GreaterThanOrEqualTo(60));

    [Test]
    public void Files_that_include_each_other_are_refused() => Assert.That(
        VerilogParser.ParseFile(CorpusFolder.PathOf("includes", "include_cycle.v")).Diagnostics.Select(d => d.Code), Is.EqualTo(new[] { "HW2012" }));

    private static IEnumerable<Diagnostic> Read(string text, string path) => VerilogReader.ReadText(text, path, bind: new() { Top = "m" }).Diagnostics;

    private static string Shown(string code, int line, int column, int length) => $"{code} {line}:{column} length {length}";
}
