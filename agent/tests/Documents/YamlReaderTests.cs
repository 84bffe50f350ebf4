using CsCheck;
using HwSeed.Agent.Documents;
using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Agent.Tests.Documents;

internal sealed class YamlReaderTests
{
    [TestCase("a: &x 1\nb: *x\n", "t.yaml:1:4: error HW5005: anchors and aliases are not used here; write the value out\n  a: &x 1\n     ^^^^")]
    [TestCase("a: !!binary x\n", "t.yaml:1:4: error HW5005: tags are not used here; write the value out\n  a: !!binary x\n     ^^^^^^^^^^")]
    [TestCase("", "t.yaml: error HW5015: the file holds no document")]
    [TestCase("# only a comment\n", "t.yaml: error HW5015: the file holds no document")]
    [TestCase("- a\n- b\n", "t.yaml:1:1: error HW5010: the document must be a map of keys and values, not a list\n  - a\n  ^")]
    [TestCase("[a]: 1\n", "t.yaml:1:1: error HW5010: a key must be a name, not a list\n  [a]: 1\n  ^")]
    [TestCase("a: 1\n---\nb: 2\n", "t.yaml:2:1: error HW5004: not valid YAML: a file holds one document\n  ---\n  ^^^")]
    public void Refuses_what_documents_do_not_need(string text, string message) =>
        Assert.That(Messages(text), Is.EqualTo(message));

    [TestCase("a: {b: 1\n", 2)]
    [TestCase("b: 1\na:\n\t- b\n", 3)]
    [TestCase("a: \"b\n", 1)]
    [TestCase("a: 1\n b: 2\n", 2)]
    [TestCase("a: ]\n", 1)]
    public void Syntax_errors_have_a_place(string text, int line)
    {
        var read = Read(text);
        Assert.That(read.Diagnostics.Select(d => d.Code), Is.EqualTo(new[] { "HW5004" }));
        Assert.That(read.Diagnostics[0].Span!.Line, Is.EqualTo(line), read.Diagnostics[0].ToString());
    }

    [Test]
    public void Deep_nesting_is_refused_before_it_costs_anything()
    {
        var text = "a: " + new string('[', 5000);
        Assert.That(Read(text).Diagnostics[0].Message, Does.StartWith("the document is too complex: it is nested more than 16"));
    }

    [Test]
    public void Many_values_are_refused()
    {
        var text = "a: [" + string.Concat(Enumerable.Repeat("1,", 20_000)) + "]";
        Assert.That(Read(text).Diagnostics[0].Code, Is.EqualTo("HW5013"));
    }

    [Test]
    public void Control_characters_and_foreign_bytes_are_refused()
    {
        using var folder = new TemporaryFolder();
        Assert.That(Messages("a: \u001b[31m"), Is.EqualTo(
            "t.yaml: error HW5003: this is not a text document: it holds the control character U+001B"));
        File.WriteAllBytes(folder.File("b.yaml"), [0x47, 0x47, 0x55, 0x46, 3, 0, 0, 0]);
        Assert.That(YamlText.FromFile(folder.File("b.yaml")).Diagnostics[0].Code, Is.EqualTo("HW5003"));
        File.WriteAllBytes(folder.File("c.yaml"), [0x61, 0xff, 0xfe]);
        Assert.That(YamlText.FromFile(folder.File("c.yaml")).Diagnostics[0].Message, Does.EndWith("it is not UTF-8"));
    }

    [Test]
    public void Files_that_cannot_be_read_say_why()
    {
        using var folder = new TemporaryFolder();
        Assert.Multiple(() =>
        {
            Assert.That(YamlText.FromFile("no/such.yaml").Diagnostics[0].ToString(), Is.EqualTo(
                "no/such.yaml: error HW5001: cannot read 'no/such.yaml': there is no such file"));
            Assert.That(YamlText.FromFile(folder.Path).Diagnostics[0].Message, Does.EndWith("it is a folder"));
            Assert.That(YamlText.FromFile("").Diagnostics[0].Message, Does.EndWith("it is not a path"));
            Assert.That(YamlText.FromFile("a\0b").Diagnostics[0].Code, Is.EqualTo("HW5001"));
        });
    }

    [Test]
    public void Endless_and_huge_files_are_refused()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("big.yaml", new string('#', YamlText.LargestBytes + 1));
        Assert.That(YamlText.FromFile(path).Diagnostics[0].Message, Is.EqualTo("the file is larger than 256 KiB"));
        Assert.That(YamlText.FromText(new string('#', YamlText.LargestBytes + 1), "t").Diagnostics[0].Code, Is.EqualTo("HW5002"));
        if (File.Exists("/dev/zero"))
        {
            Assert.That(YamlText.FromFile("/dev/zero").Diagnostics[0].Code, Is.EqualTo("HW5002"));
        }
    }

    [Test]
    public void Random_text_never_throws() => Gen.OneOf(
            Gen.String,
            Gen.String[Gen.Char["ab:- \n[]{}&*!|>'\"%@`,#?\t"], 0, 60])
        .Sample(text =>
        {
            var read = Read(text);
            return read.IsOk || read.Diagnostics.Count > 0;
        });

    [TestCase("rosw", "rows")]
    [TestCase("colums", "columns")]
    [TestCase("Rows", "rows")]
    [TestCase("temperature", null)]
    public void Nearest_name_is_the_one_meant(string name, string? nearest) =>
        Assert.That(NearestName.Of(name, ["columns", "rows"]), Is.EqualTo(nearest));

    [Test]
    public void Edit_distance_is_a_metric() =>
        Gen.Select(Gen.String[Gen.Char["abc"], 0, 6], Gen.String[Gen.Char["abc"], 0, 6], Gen.String[Gen.Char["abc"], 0, 6]).Sample((a, b, c) =>
            EditDistance.Between(a, b) == EditDistance.Between(b, a)
            && (EditDistance.Between(a, b) == 0) == (a == b)
            && EditDistance.Between(a, c) <= EditDistance.Between(a, b) + EditDistance.Between(b, c));

    private static HwSeed.Hdl.Diagnostics.Checked<YamlMap> Read(string text) =>
        YamlText.FromText(text, "t.yaml").Then(YamlReader.Read);

    private static string Messages(string text) => string.Join("\n", Read(text).Diagnostics);
}
