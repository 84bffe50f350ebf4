using HwSeed.Agent.Archives;
using HwSeed.Brain.Files;

namespace HwSeed.Agent.Tests.Archives;

internal sealed class RunDirectoryTests
{
    [Test]
    public void Runs_are_made_once_and_found_again()
    {
        using var folder = new TemporaryFolder();
        var id = RunDirectory.NewId("Brain on/iCE40", 7, new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc));
        Assert.That(id, Is.EqualTo("brain-on-ice40-s7-20260102-030405"));
        var run = RunDirectory.Create(folder.Path, id).OrThrow();
        Assert.That(RunDirectory.Open(run.Folder).Diagnostics.Single().Code, Is.EqualTo("HW5104"));
        Journal.Open(run.JournalPath).OrThrow().Dispose();
        Assert.Multiple(() =>
        {
            Assert.That(RunDirectory.Create(folder.Path, id).Diagnostics.Single().Code, Is.EqualTo("HW5105"));
            Assert.That(RunDirectory.Open(run.Folder + "/").OrThrow().Id, Is.EqualTo(id));
            Assert.That(run.DesignFolder(new string('c', 64)), Does.EndWith("designs/cccccccccccc"));
        });
    }

    [Test]
    public void One_program_at_a_time_works_on_a_run()
    {
        using var folder = new TemporaryFolder();
        var run = RunDirectory.Create(folder.Path, "r").OrThrow();
        using (RunLock.Take(run).OrThrow())
        {
            Assert.That(RunLock.Take(run).Diagnostics.Single().ToString(), Is.EqualTo(
                $"{run.Folder}: error HW5108: '{run.Folder}' is in use by another program or cannot be written"));
        }

        using var again = RunLock.Take(run).OrThrow();
        Assert.That(again, Is.Not.Null);
    }

    [Test]
    public void A_goal_that_changes_stops_the_run()
    {
        using var folder = new TemporaryFolder();
        var goal = folder.Write("goal.yaml", "schema: hwseed/goal/v1\n");
        var run = RunDirectory.Create(folder.Path, "r").OrThrow();
        var guard = GoalGuard.Start(goal, run).OrThrow();
        Assert.That(guard.Check(run), Is.Null);

        folder.Write("goal.yaml", "schema: hwseed/goal/v1\n\n");
        Assert.That(guard.Check(run)!.ToString(), Does.StartWith(
            $"{goal}: error HW5101: the goal changed since the run began (SHA-256 {guard.Sha256[..12]}, now "));
        File.Delete(goal);
        Assert.That(guard.Check(run)!.Message, Does.Contain("now absent"));

        folder.Write("goal.yaml", "schema: hwseed/goal/v1\n");
        Assert.That(guard.Check(run), Is.Null);
        File.AppendAllText(run.GoalCopyPath, "#");
        Assert.That(guard.Check(run)!.Code, Is.EqualTo("HW5101"));
        Assert.That(GoalGuard.Start(folder.File("none.yaml"), run).IsOk, Is.False);
    }

    [Test]
    public void Atomic_writes_replace_whole_files_and_leave_nothing_behind()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("deep/er/a.txt");
        AtomicFile.WriteText(path, "long first content");
        // What a kill between write and rename would leave.
        File.WriteAllText(folder.File("deep/er/.a.txt.partial"), "half of something much longer than the next one");
        AtomicFile.WriteText(path, "second");
        Assert.Multiple(() =>
        {
            Assert.That(File.ReadAllBytes(path), Is.EqualTo("second"u8.ToArray()));
            Assert.That(Directory.GetFileSystemEntries(folder.File("deep/er")), Has.Length.EqualTo(1));
        });
    }
}
