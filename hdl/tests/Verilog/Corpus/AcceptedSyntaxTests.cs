using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Verilog;

namespace HwSeed.Hdl.Tests.Verilog.Corpus;

/// <summary>Every accepted file is read without an error, and what is printed of it is read as an equal tree.</summary>
public sealed class AcceptedSyntaxTests
{
    private static IEnumerable<string> Files => CorpusFolder.Accepted;

    [TestCaseSource(nameof(Files))]
    public void A_file_is_read_printed_and_read_again(string name)
    {
        var path = CorpusFolder.PathOf("accept", name);
        var header = new CorpusHeader(path);
        var read = VerilogParser.ParseFile(path, new() { Defines = header.Pairs("define") });
        Assert.That(read.Diagnostics.Where(d => d.Severity == Severity.Error), Is.Empty);
        var printed = VerilogPrinter.Print(read.OrThrow());
        var again = VerilogParser.ParseText(printed, Path.ChangeExtension(path, ".printed" + Path.GetExtension(path)));
        Assert.That(again.Diagnostics.Where(d => d.Severity == Severity.Error), Is.Empty, printed);
        Assert.That(again.OrThrow(), Is.EqualTo(read.Value), printed);
        Assert.That(VerilogPrinter.Print(again.OrThrow()), Is.EqualTo(printed));
    }

    [Test]
    public void There_are_enough_files_and_each_names_its_top() => Assert.Multiple(() =>
    {
        Assert.That(Files.Count(), Is.GreaterThanOrEqualTo(160));
        Assert.That(Files.Where(f => !new CorpusHeader(CorpusFolder.PathOf("accept", f)).All("top").Any()), Is.Empty);
    });
}
