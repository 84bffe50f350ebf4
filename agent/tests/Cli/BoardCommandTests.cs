using System.Net.Sockets;
using System.Text.Json;
using HwSeed.Agent.Flow.Boards;
using HwSeed.Agent.Tests.Loop;
using HwSeed.Sim;
using HwSeed.Sim.Hosts;
using HwSeed.Toolchain;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace HwSeed.Agent.Tests.Cli;

/// <summary><c>hwseed synth --board</c>: the folder that is handed over.</summary>
[Category("fpga")]
internal sealed class BoardCommandTests
{
    private TemporaryFolder? _folder;

    [OneTimeSetUp]
    public async Task Synthesise()
    {
        SmallGoal.NeedTools(ExternalTool.Yosys, ExternalTool.Nextpnr, ExternalTool.Icepack);
        _folder = new();
        var run = await SynthAsync("first");
        Assert.That(run.Code, Is.Zero, run.Error);
        var result = run.Json();
        Assert.That(result.GetProperty("verification_level").GetString(), Is.EqualTo("sampled(n=1)"));
        Assert.That(result.GetProperty("clock_mhz").GetDouble(), Is.LessThanOrEqualTo(0.95 * result.GetProperty("fmax_mhz").GetDouble()));
    }

    [OneTimeTearDown]
    public void Remove() => _folder?.Dispose();

    [Test]
    public async Task Two_runs_give_the_same_bytes()
    {
        Assert.That((await SynthAsync("second")).Code, Is.Zero);
        var names = Files("first");
        Assert.That(Files("second"), Is.EqualTo(names));
        Assert.That(names, Has.Count.GreaterThan(20));
        Assert.That(names.Where(n => !File.ReadAllBytes(Path.Combine(_folder!.File("first"), n)).AsSpan()
            .SequenceEqual(File.ReadAllBytes(Path.Combine(_folder.File("second"), n)))), Is.Empty);

        var listed = File.ReadAllLines(Path.Combine(_folder!.File("first"), "SHA256SUMS")).Select(l => l.Split("  ")[1]);
        Assert.That(listed.Append("SHA256SUMS").Order(StringComparer.Ordinal), Is.EqualTo(names), "every file has its checksum");
    }

    [Test]
    public void The_page_and_the_report_name_our_signals()
    {
        using var report = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder!.File("first"), "report.json")));
        var path = report.RootElement.GetProperty("critical_path").EnumerateArray().ToList();
        Assert.That(path.Count(s => s.GetProperty("known").GetBoolean()), Is.GreaterThan(path.Count / 3));
        Assert.That(path[0].GetProperty("known").GetBoolean(), "a path begins at a register of ours");
        Assert.That(path.Sum(s => s.GetProperty("delay_ns").GetDouble()), Is.EqualTo(1000 / report.RootElement.GetProperty("fmax_mhz").GetDouble()).Within(0.05));
        Assert.That(File.ReadAllText(Path.Combine(_folder.File("first"), "timing.html")), Does.Contain(path[0].GetProperty("signal").GetString()));
        Assert.That(new FileInfo(Path.Combine(_folder.File("first"), "floorplan.svg")).Length, Is.LessThan(300_000));
    }

    [Test]
    public async Task The_python_example_runs_the_vectors_on_the_simulated_board()
    {
        SmallGoal.NeedTools(ExternalTool.Python);
        var folder = _folder!.File("first");
        using var report = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "report.json")));
        var divider = report.RootElement.GetProperty("divider").GetInt32();
        var architecture = HwSeed.Agent.Documents.ArchitectureDocument.Read(Path.Combine(folder, "architecture.yaml")).OrThrow().Architecture;
        var request = new BoardRequest(architecture, Boards.Find("icestick").OrThrow(), HostPort.Uart, report.RootElement.GetProperty("baud").GetInt32());
        var simulator = Simulator.Compile(request.Design(report.RootElement.GetProperty("clock_mhz").GetDouble()).OrThrow()).OrThrow();
        using var stop = new CancellationTokenSource();
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(Path.Combine(folder, ".socket")));
        listener.Listen();
        var board = Task.Run(() => Serve(listener, new SimulatedUart(simulator, divider) { PatienceCycles = 20 * divider }, stop.Token));
        var run = await ToolProcess.RunAsync(new ToolCommand(ExternalTool.Python.Locate()!, ["-B", "example.py", "unix:.socket"], folder));
        await stop.CancelAsync();
        await board;
        File.Delete(Path.Combine(folder, ".socket"));
        Assert.That(run.StandardOutput.Trim(), Is.EqualTo("8 results, 0 wrong, errors 0"), run.StandardError);
        Assert.That(run.Succeeded);
    }

    [Test]
    public void The_csharp_example_compiles_with_the_driver_beside_it()
    {
        const string Usings = "global using System; global using System.Collections.Generic; global using System.IO; " +
            "global using System.Linq; global using System.Threading; global using System.Threading.Tasks;";

        // System.IO.Ports is a package that this test does without.
        const string Ports = "namespace System.IO.Ports { public enum Parity { None } public enum StopBits { One } public sealed class " +
            "SerialPort(string path, int baud, Parity parity, int bits, StopBits stop) { public int ReadTimeout { get; set; } " +
            "public Stream BaseStream => throw new NotSupportedException($\"{path}{baud}{parity}{bits}{stop}\"); public void Open() { } } }";
        var folder = _folder!.File("first");
        string[] texts = [Usings, Ports, File.ReadAllText(Path.Combine(folder, "EngineDriver.cs")), File.ReadAllText(Path.Combine(folder, "Example.cs"))];
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(p => Path.GetFileName(p).StartsWith("System.", StringComparison.Ordinal)).Select(p => MetadataReference.CreateFromFile(p));
        var options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest);
        var compilation = CSharpCompilation.Create("example", texts.Select(t => CSharpSyntaxTree.ParseText(t, options)), references,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        Assert.That(compilation.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning).Select(d => d.ToString()), Is.Empty);
    }

    [Test]
    public async Task A_clock_that_is_not_met_is_a_failed_check_and_keeps_its_files()
    {
        var run = await SynthAsync("fast", "--mhz", "270");
        Assert.That(run.Code, Is.EqualTo(1), run.Error);
        Assert.That(run.Error, Does.Match(@"error HW5116: routed at [\d.]+ MHz, the best of 1 seed; 270.00 MHz are needed; the files are kept in "));
        Assert.That(File.Exists(Path.Combine(_folder!.File("fast"), "board.nextpnr.log")));
        Assert.That(File.Exists(Path.Combine(_folder.File("fast"), "SHA256SUMS")), Is.False);
    }

    [Test]
    public async Task Bad_input_has_its_code()
    {
        var file = _folder!.Write("tiny.yaml", TinyEngine.Yaml);
        (await Hwseed.RunAsync("synth", file, "--board", "icestik", "--out", _folder.File("x"))).IsBadInput("HW3211", "did you mean 'icestick'");
        (await Hwseed.RunAsync("synth", file, "--out", _folder.File("x"))).IsBadInput("HW5305", "--board");
        (await Hwseed.RunAsync("synth", file, "--board", "icestick", "--device", "hx1k", "--out", _folder.File("x"))).IsBadInput("HW5305");
        (await Hwseed.RunAsync("synth", file, "--board", "icestick", "--gemm", "4x40000x4", "--out", _folder.File("x"))).IsBadInput("HW5118", "4x40000x4");
        (await Hwseed.RunAsync("synth", file, "--board", "icestick", "--baud", "99000000", "--out", _folder.File("x"))).IsBadInput("HW5117");
    }

    private Task<Hwseed> SynthAsync(string name, params string[] more) => Hwseed.RunAsync([
        "synth", _folder!.Write("tiny.yaml", TinyEngine.Yaml), "--board", "icestick", "--seeds", "1", "--baud", "1000000", "--out", _folder.File(name),
        "--json", .. more]);

    private List<string> Files(string name) => [.. Directory.EnumerateFiles(_folder!.File(name), "*", SearchOption.AllDirectories)
        .Select(f => Path.GetRelativePath(_folder.File(name), f)).Where(f => f[0] != '.').Order(StringComparer.Ordinal)];

    private static void Serve(Socket listener, SimulatedUart port, CancellationToken stop)
    {
        using var host = listener.Accept();
        var buffer = new byte[4096];
        while (!stop.IsCancellationRequested)
        {
            if (host.Poll(1000, SelectMode.SelectRead))
            {
                var count = host.Receive(buffer);
                if (count == 0)
                {
                    return;
                }

                port.Write(buffer, 0, count);
            }

            try
            {
                var count = port.Read(buffer, 0, buffer.Length);
                host.Send(buffer.AsSpan(0, count));
            }
            catch (TimeoutException)
            {
                // The board has nothing to say for now.
            }
        }
    }
}
