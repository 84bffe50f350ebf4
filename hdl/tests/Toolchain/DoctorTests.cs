using HwSeed.Toolchain;

namespace HwSeed.Hdl.Tests.Toolchain;

internal sealed class DoctorTests
{
    [Test]
    public async Task Every_tool_is_listed_with_its_package_and_what_is_installed_works()
    {
        var all = await Doctor.InspectAsync();
        TestContext.Out.WriteLine(string.Join('\n', all));
        Assert.That(all.Select(t => t.Name), Is.SupersetOf((string[])
            ["verilator", "g++", "yosys", "nextpnr-ice40", "icepack", "iverilog", "fst2vcd", "bwrap", "OpenCL loader", "OpenCL driver"]));
        Assert.That(all.Select(t => t.HowToInstall), Has.All.StartsWith("apt-get install "));
        Assert.That(all.Where(t => t.Path is not null && t.Name != "bwrap").Select(t => (t.Name, t.Works)),
            Is.EqualTo(all.Where(t => t.Path is not null && t.Name != "bwrap").Select(t => (t.Name, true))));
        Assert.That(all.Where(t => t.Path is null).Select(t => t.Works), Has.All.False);
    }

    [Test]
    [Category("verilator")]
    public async Task The_version_is_what_the_tool_prints()
    {
        Needs.Tools(ExternalTool.Verilator);
        var status = await Doctor.InspectAsync(ExternalTool.Verilator, ["--version"], false, default);
        Assert.That(status.Version, Does.Match(@"^\d+\.\d+"));
        Assert.That(status.Works, Is.True);
    }

    [Test]
    public async Task A_tool_that_is_not_there_is_not_installed_and_one_that_fails_does_not_work()
    {
        var absent = await Doctor.InspectAsync(new("no-such-tool-hwseed", "p", "x"), [], false, default);
        Assert.That((absent.Works, absent.Path, absent.Note), Is.EqualTo((false, (string?)null, "not installed")));
        var failing = await Doctor.InspectAsync(new("false", "coreutils", "x"), [], false, default);
        Assert.That((failing.Works, failing.Path is null), Is.EqualTo((false, false)));
    }
}
