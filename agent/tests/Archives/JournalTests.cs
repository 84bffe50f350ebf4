using CsCheck;
using HwSeed.Agent.Archives;

namespace HwSeed.Agent.Tests.Archives;

internal sealed class JournalTests
{
    [Test]
    public void Appends_over_several_openings_and_keeps_the_chain()
    {
        using var folder = new TemporaryFolder();
        var path = Filled(folder, 3);
        using (var journal = Journal.Open(path).OrThrow())
        {
            journal.Append("end", new { Count = 3 });
        }

        var content = Journal.Verify(path).OrThrow();
        Assert.Multiple(() =>
        {
            Assert.That(content.Events.Select(e => e.Event), Is.EqualTo(new[] { "step", "step", "step", "end" }));
            Assert.That(content.Events[3].Data.GetProperty("count").GetInt32(), Is.EqualTo(3));
            Assert.That(content.Events[0].Prev, Is.EqualTo(new string('0', 64)));
            Assert.That(File.ReadLines(path).First(), Does.StartWith("{\"seq\":1,\"prev\":\"0000"));
        });
    }

    [Test]
    public void Any_changed_byte_before_the_last_line_is_found()
    {
        using var folder = new TemporaryFolder();
        var path = Filled(folder, 4);
        var whole = File.ReadAllBytes(path);
        var lastLine = Array.LastIndexOf(whole, (byte)'\n', whole.Length - 2) + 1;
        Gen.Select(Gen.Int[0, lastLine - 1], Gen.Byte[32, 126]).Sample((at, value) =>
        {
            var bytes = whole.ToArray();
            bytes[at] = value;
            File.WriteAllBytes(path, bytes);
            return Journal.Verify(path).IsOk == (value == whole[at]);
        }, iter: 300, threads: 1);
    }

    [Test]
    public void Removed_and_swapped_lines_are_found_where_they_were()
    {
        using var folder = new TemporaryFolder();
        var path = Filled(folder, 4);
        var lines = File.ReadAllLines(path);
        string Check(params int[] order)
        {
            File.WriteAllLines(path, order.Select(i => lines[i]));
            return string.Join("\n", Journal.Verify(path).Diagnostics);
        }

        Assert.Multiple(() =>
        {
            Assert.That(Check(0, 2, 3), Is.EqualTo(
                $"{path}:2:1: error HW5102: line 2 does not follow from the line before it: the hash chain is broken"));
            Assert.That(Check(0, 1, 3, 2), Does.StartWith($"{path}:3:1: error HW5102"));
            Assert.That(Check(0, 1, 2, 3), Is.Empty);
        });
        lines[1] = "{\"seq\":2}";
        Assert.That(Check(0, 1, 2), Does.EndWith("HW5103: line 2 is not a journal event: it needs 'seq', 'prev', 'event' and 'data', and nothing else"));
        lines[1] = "not json";
        Assert.That(Check(0, 1, 2), Does.EndWith("line 2 is not a journal event: it is not a JSON object of an event"));
        Assert.That(Journal.Open(path).IsOk, Is.False);
    }

    [Test]
    public void A_journal_cut_anywhere_goes_on_after_its_last_whole_line()
    {
        using var folder = new TemporaryFolder();
        var path = Filled(folder, 4);
        var whole = File.ReadAllBytes(path);
        Gen.Int[0, whole.Length].Sample(length =>
        {
            File.WriteAllBytes(path, whole[..length]);
            var lines = whole[..length].Count(b => b == '\n');
            var torn = length > 0 && whole[length - 1] != '\n';
            var warned = Journal.Verify(path).Diagnostics.Select(d => d.Code).SequenceEqual(torn ? ["HW5107"] : []);
            using (var journal = Journal.Open(path).OrThrow())
            {
                journal.Append("resumed", length);
            }

            var content = Journal.Verify(path);
            return warned && content.Diagnostics.Count == 0 && content.OrThrow().Events.Count == lines + 1;
        }, iter: 60, threads: 1);
    }

    [Test]
    public void A_missing_journal_is_said_so()
    {
        using var folder = new TemporaryFolder();
        Assert.That(Journal.Verify(folder.File("x")).Diagnostics.Single().Code, Is.EqualTo("HW5001"));
    }

    private static string Filled(TemporaryFolder folder, int events)
    {
        var path = folder.File("journal.jsonl");
        using var journal = Journal.Open(path).OrThrow();
        for (var i = 0; i < events; i++)
        {
            journal.Append("step", new { Index = i, Text = "ü\n" });
        }

        return path;
    }
}
