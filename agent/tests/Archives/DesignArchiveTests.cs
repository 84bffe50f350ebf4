using HwSeed.Agent.Archives;
using HwSeed.Agent.Evaluations;
using HwSeed.Agent.Goals;
using HwSeed.Agent.Tests.Evaluations;
using Microsoft.Data.Sqlite;

namespace HwSeed.Agent.Tests.Archives;

internal sealed class DesignArchiveTests
{
    [Test]
    public void What_is_stored_comes_back_after_reopening()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("archive.sqlite");
        var evaluations = Enumerable.Range(0, 5).Select(i => Samples.Evaluation(1000 - i)).ToArray();
        string digest;
        using (var archive = DesignArchive.Open(path).OrThrow())
        {
            archive.Store(evaluations);
            archive.StoreArtefact(evaluations[0].DesignId, new("verilog", "designs/x/a.v", "ff"));
            digest = archive.Digest();
        }

        using var again = DesignArchive.Open(path).OrThrow();
        Assert.Multiple(() =>
        {
            Assert.That(again.All(), Is.EqualTo(evaluations));
            Assert.That(again.Find(evaluations[3].DesignId), Is.EqualTo(evaluations[3]));
            Assert.That(again.Find("none"), Is.Null);
            Assert.That(again.Artefacts(evaluations[0].DesignId), Is.EqualTo(new[] { new Artefact("verilog", "designs/x/a.v", "ff") }));
            Assert.That(again.Digest(), Is.EqualTo(digest));
        });
    }

    [Test]
    public void Storing_again_changes_nothing_but_what_is_new()
    {
        using var folder = new TemporaryFolder();
        using var archive = DesignArchive.Open(folder.File("a")).OrThrow();
        var (first, second) = (Samples.Evaluation(1), Samples.Evaluation(2));
        archive.Store(first with { Synthesised = null }, second);
        archive.Store(first, second);
        archive.Store(second, first);
        archive.StoreArtefact(first.DesignId, new("verilog", "a.v", "00"));
        archive.StoreArtefact(first.DesignId, new("verilog", "a.v", "01"));
        Assert.Multiple(() =>
        {
            Assert.That(archive.All(), Is.EqualTo(new[] { first, second }));
            Assert.That(archive.Count, Is.EqualTo(2));
            Assert.That(archive.Artefacts(first.DesignId).Single().Sha256, Is.EqualTo("01"));
            Assert.That(() => archive.StoreArtefact("unknown", new("k", "p", "s")), Throws.InstanceOf<SqliteException>());
        });
    }

    [Test]
    public void Digest_ignores_times_and_sees_everything_else()
    {
        using var folder = new TemporaryFolder();
        string Digest(string name, Evaluation evaluation)
        {
            using var archive = DesignArchive.Open(folder.File(name)).OrThrow();
            archive.Store(evaluation);
            return archive.Digest();
        }

        var one = Samples.Evaluation(9);
        Assert.Multiple(() =>
        {
            Assert.That(Digest("a", one), Is.EqualTo(Digest("b", one with { KernelTiming = new(1, 2, false, []) })));
            Assert.That(Digest("a", one), Is.Not.EqualTo(Digest("c", one with { Kernel = one.Kernel! with { OutputsIdentical = false } })));
        });
    }

    [Test]
    public void A_copy_taken_while_open_holds_what_was_committed()
    {
        // What a killed process leaves: the files as they are, nothing closed.
        using var folder = new TemporaryFolder();
        using var archive = DesignArchive.Open(folder.File("a.sqlite")).OrThrow();
        archive.Store(Samples.Evaluation(1));
        archive.Store(Samples.Evaluation(2));
        foreach (var file in Directory.GetFiles(folder.Path))
        {
            File.Copy(file, Path.Combine(folder.Path, "copy" + Path.GetFileName(file)));
        }

        using var copy = DesignArchive.Open(folder.File("copya.sqlite")).OrThrow();
        Assert.That(copy.Digest(), Is.EqualTo(archive.Digest()));
        Assert.That(copy.Count, Is.EqualTo(2));
    }

    [Test]
    public void Foreign_files_and_versions_are_refused()
    {
        using var folder = new TemporaryFolder();
        var text = folder.Write("text", new string('x', 5000));
        Assert.That(DesignArchive.Open(text).Diagnostics.Single().ToString(), Is.EqualTo(
            $"{text}: error HW5106: the archive cannot be read: the file is not an SQLite database"));
        Assert.That(DesignArchive.Open(folder.File("no/such/folder")).Diagnostics.Single().Message, Does.EndWith("the file cannot be opened"));

        DesignArchive.Open(folder.File("old")).OrThrow().Dispose();
        using (var connection = new SqliteConnection($"Data Source={folder.File("old")};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "UPDATE meta SET value='9'";
            command.ExecuteNonQuery();
        }

        Assert.That(DesignArchive.Open(folder.File("old")).Diagnostics.Single().Message, Does.EndWith("it has version 9, not 1"));
    }
}
