using System.Text.Json;

namespace HwSeed.Agent.Tests.Cli;

/// <summary>sim, wave and coverage on Verilog text.</summary>
internal sealed class SimulationCommandTests
{
    private const string Light =
        """
        // A light with a state machine.
        module light #(parameter [3:0] LONG = 4) (input clk, input rst_n, input car, output go, output reg [3:0] timer);
            typedef enum logic [1:0] {GREEN, YELLOW, RED} state_t;
            state_t state;
            assign go = state == GREEN;
            always_ff @(posedge clk or negedge rst_n)
                if (!rst_n) begin
                    state <= GREEN;
                    timer <= 0;
                end else begin
                    if (timer != 0)
                        timer <= timer - 1;
                    case (state)
                        GREEN: if (car) begin
                            state <= YELLOW;
                            timer <= 2;
                        end
                        YELLOW: if (timer == 0) begin
                            state <= RED;
                            timer <= LONG;
                        end
                        RED: if (timer == 0)
                            state <= GREEN;
                        default:
                            state <= RED;
                    endcase
                end
        endmodule
        """;

    private const string Table =
        """
        repeat, rst_n, car, >go, >timer, >state
        2,      0,     0,   1,   0,      0
        1,      1,     1,   1,   0,      0
        3,      ,      0,   0,   ,       1
        5,      ,      ,    0,   ,       2
        1,      ,      ,    1,   0,      0

        """;

    private TemporaryFolder _folder = null!;
    private string _source = "";

    [SetUp]
    public void WriteSource()
    {
        _folder = new();
        _source = _folder.Write("light.sv", Light);
    }

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public async Task A_table_is_run_and_its_checks_hold()
    {
        var run = await Hwseed.RunAsync("sim", _source, "--top", "light", "--tb", _folder.Write("t.csv", Table));
        Assert.That(run.Code, Is.Zero, run.Output + run.Error);
        Assert.That(run.Output, Does.Contain("light, clock clk").And.Contain("12 cycles").And.Contain("all 28 hold"));
        Assert.That(run.Output, Does.Not.Contain("\u001b"));
    }

    [Test]
    public async Task A_check_that_fails_ends_with_1_at_its_cell()
    {
        var table = _folder.Write("t.csv", Table.Replace("5,      ,      ,    0,   ,       2", "5,      ,      ,    1,   ,       2", StringComparison.Ordinal));
        var run = await Hwseed.RunAsync("sim", _source, "--tb", table);
        Assert.That(run.Code, Is.EqualTo(1));
        Assert.That(run.Error, Does.Contain($"{table}:5:21: error HW1067: in cycle 6 'go' is 1'h0, expected 1'h1\n  5,").And.Contain("\n                      ^"));
        var json = (await Hwseed.RunAsync("sim", _source, "--tb", table, "--json")).Json();
        Assert.That(json.GetProperty("failed").GetInt32(), Is.EqualTo(5));
        Assert.That(json.GetProperty("failures")[0].GetProperty("line").GetInt32(), Is.EqualTo(5));
    }

    [Test]
    public async Task A_script_is_run_with_what_it_prints()
    {
        var script = _folder.Write("t.csx", """Poke("rst_n", 0); Step(); Poke("rst_n", 1); Poke("car", 1); Step(3); Expect("state", 1); Step(); Print("timer " + Peek("timer")); Expect("go", 0);""");
        var run = await Hwseed.RunAsync("sim", _source, "--tb", script, "-P", "LONG=9");
        Assert.That(run.Code, Is.Zero, run.Output + run.Error);
        Assert.That(run.Output, Does.StartWith("timer 9\n").And.Contain("all 2 hold"));
        Assert.That((await Hwseed.RunAsync("sim", _source, "--tb", _folder.Write("u.csx", "Expect(\"go\", 0);"))).Code, Is.EqualTo(1));
        (await Hwseed.RunAsync("sim", _source, "--tb", _folder.Write("v.csx", "Expect(\"go\" 0);"))).IsBadInput("HW5501", "v.csx:1:13:");
    }

    [Test]
    public async Task Waves_show_the_chosen_signals_with_the_names_of_states()
    {
        var run = await Hwseed.RunAsync("wave", _source, "--tb", _folder.Write("t.csv", Table), "--signals", "clk,car,state,timer", "--cycles", "10", "--from", "2");
        Assert.That(run.Code, Is.Zero, run.Error);
        Assert.That(run.Output, Is.EqualTo(
            """
            cycle       2     3     4     5     6     7     8     9     10    11
            clk         ╱▔▔╲▁▁╱▔▔╲▁▁╱▔▔╲▁▁╱▔▔╲▁▁╱▔▔╲▁▁╱▔▔╲▁▁╱▔▔╲▁▁╱▔▔╲▁▁╱▔▔╲▁▁╱▔▔╲▁▁
            car         ▔▔▔▔▔▔╲▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁
            state[1:0]  │GREEN│YELLOW           │RED                          │GREEN
            timer[3:0]  │0    │2    │1    │0    │4    │3    │2    │1    │0
            """ + "\n"));
    }

    [Test]
    public async Task Random_inputs_are_the_same_for_the_same_seed_and_dumps_are_written()
    {
        var first = await Hwseed.RunAsync("wave", _source, "--seed", "7", "--cycles", "40");
        Assert.That(first.Output, Is.EqualTo((await Hwseed.RunAsync("wave", _source, "--seed", "7", "--cycles", "40")).Output));
        Assert.That(first.Output, Is.Not.EqualTo((await Hwseed.RunAsync("wave", _source, "--seed", "8", "--cycles", "40")).Output));
        var files = await Hwseed.RunAsync("wave", _source, "--cycles", "40", "--vcd", _folder.File("w.vcd"), "--fst", _folder.File("w.fst"), "--json");
        Assert.That(files.Json().GetProperty("files").EnumerateArray().Select(f => f.GetString()), Is.EqualTo(new[] { _folder.File("w.vcd"), _folder.File("w.fst") }));
        Assert.That(File.ReadAllText(_folder.File("w.vcd")), Does.Contain("$var wire 1").And.Contain("state [1:0]").And.Contain("#400"));
        Assert.That(new FileInfo(_folder.File("w.fst")).Length, Is.GreaterThan(400));
    }

    [Test]
    public async Task Coverage_of_runs_is_written_and_added_up()
    {
        var (one, two) = (_folder.File("one.html"), _folder.File("two.html"));
        var full = (await Hwseed.RunAsync("sim", _source, "--tb", _folder.Write("t.csv", Table), "--coverage", one, "--json")).Json().GetProperty("coverage");
        Assert.That(full.GetProperty("states").GetProperty("covered").GetInt32(), Is.EqualTo(3));
        Assert.That(full.GetProperty("statements").GetProperty("covered").GetInt32(), Is.EqualTo(full.GetProperty("statements").GetProperty("points").GetInt32() - 1), "all but the default");
        var part = await Hwseed.RunAsync("wave", _source, "--cycles", "3", "--coverage", two, "--json");
        Assert.That(part.Json().GetProperty("coverage").GetProperty("states").GetProperty("covered").GetInt32(), Is.LessThan(3));
        var sum = await Hwseed.RunAsync("coverage", _folder.File("one.json"), _folder.File("two.json"), "--out", _folder.File("sum.html"), "--json");
        Assert.That(sum.Code, Is.Zero, sum.Error);
        Assert.That((sum.Json().GetProperty("runs").GetInt32(), sum.Json().GetProperty("cycles").GetInt32()), Is.EqualTo((2, 15)));
        var page = File.ReadAllText(_folder.File("sum.html"));
        Assert.That(page, Does.Contain("2 runs, 15 cycles").And.Contain("YELLOW").And.Contain("light.sv"));
        Assert.That(page, Does.Match("<tr class=\"hit\"><td>15<td>[1-9][0-9]*<td> +state &lt;= YELLOW;"));
        Assert.That(page, Does.Match("<tr class=\"miss\"><td>25<td>0<td> +state &lt;= RED;"));
        (await Hwseed.RunAsync("coverage", _source, "--out", _folder.File("no.html"))).IsBadInput("HW1062", "light.sv");
    }

    [Test]
    public async Task States_are_called_by_parameters_of_their_width_where_those_are_not_ambiguous()
    {
        var source = _folder.Write("old.v",
            """
            module old(input clk, input go, output reg [1:0] state);
                parameter IDLE = 2'd0, RUN = 2'b01;
                localparam [1:0] DONE = 2'h2, SAME = 2'h2, OTHER = 3'd1;
                always @(posedge clk)
                    case (state)
                        IDLE: if (go) state <= RUN;
                        RUN: state <= DONE;
                        default: state <= IDLE;
                    endcase
            endmodule
            """);
        var run = await Hwseed.RunAsync("wave", source, "--tb", _folder.Write("t.csv", "go,repeat\n0,2\n1,4\n"));
        Assert.That(run.Code, Is.Zero, run.Error);
        Assert.That(run.Output, Does.Contain("│IDLE").And.Contain("│RUN").And.Contain("│2").And.Not.Contain("SAME").And.Not.Contain("OTHER"));
    }

    [Test]
    public async Task What_does_not_fit_the_design_is_refused()
    {
        (await Hwseed.RunAsync("wave", _source, "--signals", "stat")).IsBadInput("HW1060", "in 'light' there are");
        (await Hwseed.RunAsync("wave", _source, "--clock", "timer")).IsBadInput("HW1068", "'timer'");
        (await Hwseed.RunAsync("sim", _source, "--tb", _folder.Write("t.txt", ""))).IsBadInput("HW5504", "t.txt");
        (await Hwseed.RunAsync("sim", _source, "--tb", _folder.Write("t.csv", "clk,car\n"))).IsBadInput("HW1064", "t.csv:1:1:");
        (await Hwseed.RunAsync("sim", _source, "--tb", _folder.File("none.csv"))).IsBadInput("HW5303", "none.csv");
        (await Hwseed.RunAsync("sim", _source, "--gemm", "2x2x2")).IsBadInput("HW5305", "--gemm is for an architecture");
        (await Hwseed.RunAsync("sim", "a.yaml", "--tb", "t.csv", "--gemm", "2x2x2")).IsBadInput("HW5305", "--tb is for Verilog");
        (await Hwseed.RunAsync("sim", "a.yaml")).IsBadInput("HW5305", "--gemm MxKxN");
        (await Hwseed.RunAsync("sim", _source, "-P", "LONG")).IsBadInput("HW5300", "NAME=VALUE");
    }
}
