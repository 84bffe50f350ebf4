namespace HwSeed.Agent.Tests.Cli;

internal sealed class LintCommandTests
{
    private const string Source = "module m(input a, input b, output [3:0] y);\n  assign y = {4{a}} + 5'd1;\nendmodule\n";
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public async Task Warnings_are_shown_and_end_with_0_or_with_werror_1()
    {
        var path = _folder.Write("m.v", Source);
        var run = await Hwseed.RunAsync("lint", path);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Code, Is.Zero, run.Error);
            Assert.That(run.Error, Does.Contain($"{path}:1:25: warning HW2508: input 'b' is never read").And.Contain($"{path}:2:14: warning HW2503:"));
            Assert.That(run.Output.Trim(), Is.EqualTo("0 errors, 2 warnings, 0 infos: HW2503 width-truncation 1, HW2508 unused-input 1"));
            Assert.That((await Hwseed.RunAsync("lint", path, "--werror")).Code, Is.EqualTo(1));
        }
    }

    [Test]
    public async Task Json_is_one_document_of_findings_and_counts()
    {
        var result = (await Hwseed.RunAsync("lint", _folder.Write("m.v", Source), "--json")).Json();
        var finding = result.GetProperty("findings")[1];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.GetProperty("warnings").GetInt32(), Is.EqualTo(2));
            Assert.That(result.GetProperty("counts").GetProperty("HW2508").GetInt32(), Is.EqualTo(1));
            Assert.That(finding.GetProperty("rule").GetString(), Is.EqualTo("width-truncation"));
            Assert.That((finding.GetProperty("line").GetInt32(), finding.GetProperty("column").GetInt32()), Is.EqualTo((2, 14)));
        }
    }

    [Test]
    public async Task A_configuration_beside_the_file_or_named_sets_levels()
    {
        var path = _folder.Write("m.v", Source);
        _folder.Write("hwseed-lint.yaml", "schema: hwseed/lint/v1\nrules: {unused-input: off, HW2503: error}\n");
        var other = _folder.Write("other.yaml", "schema: hwseed/lint/v1\nrules: {HW2503: off, HW2508: off}\n");
        var run = await Hwseed.RunAsync("lint", path);
        Assert.That((run.Code, run.Output.Trim()), Is.EqualTo((1, "1 errors, 0 warnings, 0 infos: HW2503 width-truncation 1")));
        run = await Hwseed.RunAsync("lint", path, "--config", other);
        Assert.That((run.Code, run.Output.Trim()), Is.EqualTo((0, "clean")));
    }

    [Test]
    public async Task Macros_and_include_folders_reach_the_reader()
    {
        Directory.CreateDirectory(_folder.File("inc"));
        _folder.Write("inc/width.vh", "`define W 4\n");
        var path = _folder.Write("m.v", "`include \"width.vh\"\nmodule m(input [`W-1:0] a, output y);\n`ifdef DRIVE\n  assign y = ^a;\n`endif\nendmodule\n");
        Assert.That((await Hwseed.RunAsync("lint", path, "-I", _folder.File("inc"), "-D", "DRIVE=1")).Output.Trim(), Is.EqualTo("clean"));
        Assert.That((await Hwseed.RunAsync("lint", path, "-I", _folder.File("inc"), "-D", "1=2")).Code, Is.EqualTo(2));
    }

    [Test]
    public async Task What_cannot_be_read_is_bad_input()
    {
        (await Hwseed.RunAsync("lint", _folder.Write("m.v", "module m(input a;\nendmodule\n"))).IsBadInput("HW21", "m.v:1");
        (await Hwseed.RunAsync("lint", _folder.Write("n.v", Source), "--config", _folder.Write("c.yaml", "schema: hwseed/lint/v1\nrules: {HW9999: off}\n")))
            .IsBadInput("HW5007", "c.yaml:2:9:");
    }
}
