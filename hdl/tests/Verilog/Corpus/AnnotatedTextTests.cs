namespace HwSeed.Hdl.Tests.Verilog.Corpus;

public sealed class AnnotatedTextTests
{
    [Test]
    public void Marks_become_spans_of_the_text_without_them()
    {
        var text = AnnotatedText.Parse("a [|bc|] [||]d\n[|e|]");
        Assert.That(text.Text, Is.EqualTo("a bc d\ne"));
        Assert.That(text.Spans, Is.EqualTo(new[] { (1, 3, 2), (1, 6, 1), (2, 1, 1) }));
    }

    [Test]
    public void A_mark_ends_on_its_line() =>
        Assert.That(() => AnnotatedText.Parse("[|a\n|]"), Throws.InstanceOf<FormatException>());
}
