using System.Security.Cryptography;
using HwSeed.Agent.Archives;
using HwSeed.Agent.Tests.Cli;
using HwSeed.Agent.Tests.Evaluations;
using HwSeed.Brain.Files;

namespace HwSeed.Agent.Tests.Archives;

internal sealed class RunAuditTests
{
    [Test]
    public async Task A_whole_run_passes_and_a_changed_file_does_not()
    {
        using var folder = new TemporaryFolder();
        var (run, file) = Make(folder);
        Assert.That((await Hwseed.RunAsync("audit", run)).Code, Is.Zero);

        File.AppendAllText(file, "x");
        var changed = await Hwseed.RunAsync("audit", run);
        Assert.That(changed.Code, Is.EqualTo(1));
        Assert.That(changed.Error, Does.Contain("HW5110").And.Contain("engine.v"));
    }

    [Test]
    public async Task A_journal_with_a_changed_line_fails()
    {
        using var folder = new TemporaryFolder();
        var (run, _) = Make(folder);
        var journal = Path.Combine(run, "journal.jsonl");
        File.WriteAllText(journal, File.ReadAllText(journal).Replace("first", "worst", StringComparison.Ordinal));
        var changed = await Hwseed.RunAsync("audit", run);
        Assert.That(changed.Code, Is.EqualTo(1));
        Assert.That(changed.Error, Does.Contain("HW5102"));
    }

    [Test]
    public async Task A_summary_that_the_run_does_not_bear_out_fails()
    {
        using var folder = new TemporaryFolder();
        var (run, _) = Make(folder);
        AtomicFile.WriteText(Path.Combine(run, "summary.json"), "{\"archive_digest\": \"00\", \"goal_sha256\": \"00\"}\n");
        var audit = await Hwseed.RunAsync("audit", run);
        Assert.That(audit.Code, Is.EqualTo(1));
        Assert.That(audit.Error, Does.Contain("HW5111").And.Contain("archive_digest").And.Contain("goal_sha256"));
    }

    private static (string Run, string File) Make(TemporaryFolder folder)
    {
        var run = RunDirectory.Create(folder.Path, "run").OrThrow();
        using (var journal = Journal.Open(run.JournalPath).OrThrow())
        {
            journal.Append("first", new { Value = 1 });
            journal.Append("second", new { Value = 2 });
        }

        var evaluation = Samples.Evaluation(12345);
        var file = Path.Combine(run.DesignFolder(evaluation.DesignId), "engine.v");
        AtomicFile.WriteText(file, "module engine; endmodule\n");
        using var archive = DesignArchive.Open(run.ArchivePath).OrThrow();
        archive.Store(evaluation);
        archive.StoreArtefact(evaluation.DesignId, new(
            "verilog", Path.GetRelativePath(run.Folder, file), Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))));
        return (run.Folder, file);
    }
}
