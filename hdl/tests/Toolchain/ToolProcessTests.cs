using System.Diagnostics;
using HwSeed.Toolchain;

namespace HwSeed.Hdl.Tests.Toolchain;

/// <summary>The limits of a tool run, at each confinement level that this machine has.</summary>
internal sealed class ToolProcessTests
{
    private static IEnumerable<ConfinementLevel> Levels() =>
        Enum.GetValues<ConfinementLevel>().Where(l => l <= Confinement.Level);

    [TestCaseSource(nameof(Levels))]
    public async Task The_time_limit_kills_the_whole_group(ConfinementLevel level)
    {
        var (command, marker) = Sleepers(TimeSpan.FromSeconds(0.5));
        var clock = Stopwatch.StartNew();
        var run = await ToolProcess.RunAsync(command, level, default);
        Assert.Multiple(() =>
        {
            Assert.That(run.TimedOut, Is.True);
            Assert.That(run.Succeeded, Is.False);
            Assert.That(run.StandardOutput, Is.EqualTo("started\n"), "what was printed before is kept");
            Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(2.5)));
            Assert.That(() => Alive(marker), Is.Empty.After(1000, 20));
        });
    }

    [TestCaseSource(nameof(Levels))]
    public async Task Cancellation_ends_all_children_within_two_seconds(ConfinementLevel level)
    {
        var (command, marker) = Sleepers(TimeSpan.FromMinutes(1));
        using var cancel = new CancellationTokenSource();
        var run = ToolProcess.RunAsync(command, level, cancel.Token);
        Assert.That(() => Alive(marker), Is.Not.Empty.After(5000, 20), "the child never started");
        var clock = Stopwatch.StartNew();
        await cancel.CancelAsync();
        Assert.That(async () => await run, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(2)));
        Assert.That(() => Alive(marker), Is.Empty.After(1000, 20));
    }

    [TestCaseSource(nameof(Levels))]
    public async Task Background_children_do_not_outlive_a_tool_that_ends(ConfinementLevel level)
    {
        using var scratch = new Scratch();
        var marker = Marker();
        var run = await ToolProcess.RunAsync(Shell(scratch.Path, $"sleep {marker} & echo done"), level, default);
        Assert.That(run.Succeeded, Is.True, run.StandardError);
        Assert.That(() => Alive(marker), Is.Empty.After(1000, 20));
    }

    [Test]
    public void Cancelling_at_once_neither_hangs_nor_leaves_a_process()
    {
        for (var i = 0; i < 10; i++)
        {
            var (command, marker) = Sleepers(TimeSpan.FromMinutes(1));
            using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(i));
            Assert.That(async () => await ToolProcess.RunAsync(command, cancel.Token),
                Throws.InstanceOf<OperationCanceledException>());
            Assert.That(() => Alive(marker), Is.Empty.After(1000, 20));
        }
    }

    [TestCaseSource(nameof(Levels))]
    public async Task A_tool_gets_no_more_memory_than_its_limit(ConfinementLevel level)
    {
        using var scratch = new Scratch();
        // dd allocates one block of the size that it is told.
        ToolCommand Block(string size) => new ToolCommand("/bin/dd",
            ["if=/dev/zero", "of=/dev/null", $"bs={size}", "count=1"], scratch.Path)
        { MemoryLimitBytes = 200 << 20 };
        var within = await ToolProcess.RunAsync(Block("50M"), level, default);
        var beyond = await ToolProcess.RunAsync(Block("500M"), level, default);
        Assert.That(within.Succeeded, Is.True, within.StandardError);
        Assert.That(beyond.Succeeded, Is.False);
        Assert.That(beyond.StandardError, Does.Contain("memory"));
    }

    [Test]
    public async Task Output_beyond_the_cap_keeps_head_and_tail()
    {
        using var scratch = new Scratch();
        var command = Shell(scratch.Path, "echo first; head -c 10000000 /dev/zero | tr '\\0' x; echo last") with
        {
            OutputCapBytes = 1000,
        };
        var run = await ToolProcess.RunAsync(command);
        Assert.That(run.StandardOutput, Does.StartWith("first\nxxx").And.EndsWith("xxxlast\n"));
        Assert.That(run.StandardOutput, Does.Contain("[... 9999011 bytes left out ...]"));
        Assert.That(run.StandardOutput, Has.Length.LessThan(1100));
    }

    [TestCase(1), TestCase(2), TestCase(7), TestCase(1000)]
    public async Task Output_below_the_cap_is_kept_whole(int length)
    {
        var text = string.Concat(Enumerable.Range(0, length).Select(i => (char)('a' + (i % 26))));
        var output = new CappedOutput(1000);
        await output.ReadAsync(new MemoryStream(System.Text.Encoding.ASCII.GetBytes(text)));
        Assert.That(output.ToString(), Is.EqualTo(text));
    }

    [Test]
    public async Task Arguments_reach_the_tool_unquoted_and_no_shell_sees_them()
    {
        using var scratch = new Scratch();
        EquatableArray<string> arguments = ["%s|", "a b", "$HOME", "`id`", "\"q\"", "'", "*", "", "; rm x", "é"];
        var run = await ToolProcess.RunAsync(new ToolCommand("/usr/bin/printf", arguments, scratch.Path));
        Assert.That(run.StandardOutput, Is.EqualTo(string.Concat(arguments.Skip(1).Select(a => a + "|"))));
    }

    [Test]
    public async Task The_environment_is_cleared()
    {
        using var scratch = new Scratch();
        Environment.SetEnvironmentVariable("HWSEED_TEST_SECRET", "token");
        var run = await ToolProcess.RunAsync(new ToolCommand("/usr/bin/env", [], scratch.Path));
        var names = run.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('=')[0]);
        Assert.That(names, Is.SubsetOf((string[])["PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "PWD"]));
        Assert.That(run.StandardOutput, Does.Contain($"HOME={scratch.Path}\n"));
    }

    [Test]
    public async Task In_the_sandbox_only_the_work_directory_is_writable_and_there_is_no_network()
    {
        if (Confinement.Level != ConfinementLevel.Bubblewrap)
        {
            Assert.Ignore("bubblewrap does not work on this machine");
        }

        using Scratch scratch = new(), other = new();
        var run = await ToolProcess.RunAsync(Shell(scratch.Path,
            $"echo x > inside; echo x > {other.Path}/outside; echo x > /usr/outside; tail -n +3 /proc/net/dev"));
        Assert.Multiple(() =>
        {
            Assert.That(run.Sandboxed, Is.True);
            Assert.That(File.Exists(Path.Combine(scratch.Path, "inside")), Is.True);
            Assert.That(Directory.GetFiles(other.Path), Is.Empty);
            Assert.That(File.Exists("/usr/outside"), Is.False);
            Assert.That(run.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(':')[0].Trim()),
                Is.EqualTo((string[])["lo"]));
        });
    }

    [Test]
    public void Relative_paths_are_a_callers_bug() =>
        Assert.That(async () => await ToolProcess.RunAsync(new ToolCommand("sh", [], "/tmp")), Throws.ArgumentException);

    private static ToolCommand Shell(string directory, string script) =>
        new("/bin/sh", ["-c", script], directory);

    // Two sleeping processes, one of them a grandchild, with an argument that no other process has.
    private static (ToolCommand Command, string Marker) Sleepers(TimeSpan limit)
    {
        var marker = Marker();
        return (Shell("/tmp", $"sleep {marker} & echo started; sleep {marker}") with { TimeLimit = limit }, marker);
    }

    private static string Marker() => $"{60 + Random.Shared.NextDouble():F15}";

    private static List<string> Alive(string marker) =>
    [
        .. Directory.EnumerateDirectories("/proc").Where(d => char.IsAsciiDigit(Path.GetFileName(d)[0]))
            .Select(CommandLine).Where(c => c.StartsWith("sleep", StringComparison.Ordinal) && c.Contains(marker)),
    ];

    private static string CommandLine(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline")).Replace('\0', ' ');
        }
        catch (IOException)
        {
            return "";
        }
    }
}
