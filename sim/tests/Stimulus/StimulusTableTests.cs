using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Rtl;
using HwSeed.Sim.Coverage;
using HwSeed.Sim.Stimulus;
using HwSeed.Sim.Tests.Oracles;
using HwSeed.Sim.Traces;
using HwSeed.Sim.Traces.Text;

namespace HwSeed.Sim.Tests.Stimulus;

public sealed class StimulusTableTests
{
    [Test]
    public void A_table_drives_and_checks_a_row_a_cycle()
    {
        var result = Run(
            """
            # a car comes while it is green
            repeat, rst, car, >state, >go, >timer

            2,      1,   0
            1,      0,   1,   0,      1,   4'h0
            3,      ,    0,   2'b01,  0,   x
            5,      ,    ,    2'b1x,  ,    0b0??0
            1,      ,    ,    0,      1
            """);
        Assert.That(string.Join('\n', result.Diagnostics), Is.EqualTo(
            """
            t.csv:7:32: error HW1067: in cycle 7 'timer' is 4'h3, expected 0b0??0
              5,      ,    ,    2'b1x,  ,    0b0??0
                                             ^^^^^^
            t.csv:7:32: error HW1067: in cycle 9 'timer' is 4'h1, expected 0b0??0
              5,      ,    ,    2'b1x,  ,    0b0??0
                                             ^^^^^^
            """));
        Assert.That((result.Cycles, result.Checks, result.Failed, result.Passed), Is.EqualTo((12L, 3L + 6 + 10 + 2, 2L, false)));
    }

    [Test]
    public void Signals_inside_are_checked_by_their_path_and_failures_are_counted_beyond_those_shown()
    {
        var result = Run("rst,>done,>next_state,repeat\n1,0,3,30\n");
        Assert.That((result.Cycles, result.Checks, result.Failed), Is.EqualTo((30L, 60L, 60L)));
        Assert.That(result.Diagnostics.Select(d => d.Code), Has.All.EqualTo("HW1067").And.Exactly(11).Items);
        Assert.That(result.Diagnostics[^1].Message, Is.EqualTo("50 more checks failed"));
    }

    [Test]
    public void A_number_of_cycles_ends_the_table_early() => Assert.That(Run("rst,repeat\n1,100\n0,100\n", 150).Cycles, Is.EqualTo(150));

    [TestCase("", "t.csv: error HW1063: the table has no header")]
    [TestCase("# nothing\n\n", "t.csv: error HW1063: the table has no header")]
    [TestCase("rst,cra\n", "t.csv:1:5: error HW1064: no input 'cra'; inputs are rst, car, and a check begins with '>'\n  rst,cra\n      ^^^")]
    [TestCase("rst, >sum\n", "t.csv:1:6: error HW1064: no signal 'sum' to check; outputs are go, wide\n  rst, >sum\n       ^^^^")]
    [TestCase("rst,rst\n", "t.csv:1:5: error HW1064: column 'rst' is there twice\n  rst,rst\n      ^^^")]
    [TestCase("repeat,repeat\n", "t.csv:1:8: error HW1064: column 'repeat' is there twice\n  repeat,repeat\n         ^^^^^^")]
    [TestCase("rst,car\n1,2\n", "t.csv:2:3: error HW1065: '2' does not fit into the 1 bit of 'car'\n  1,2\n    ^")]
    [TestCase("rst,car\n1,-2\n", "t.csv:2:3: error HW1065: '-2' does not fit into the 1 bit of 'car'\n  1,-2\n    ^^")]
    [TestCase("rst,>state\n1, abc\n", "t.csv:2:4: error HW1065: 'abc' is not a value: decimal digits are expected; hexadecimal ones begin with 0x\n  1, abc\n     ^^^")]
    [TestCase("rst,>state\n1,0xg\n", "t.csv:2:3: error HW1065: '0xg' is not a value: hexadecimal digits are expected\n  1,0xg\n    ^^^")]
    [TestCase("rst,>state\n1,0b12\n", "t.csv:2:3: error HW1065: '0b12' is not a value: binary digits are expected\n  1,0b12\n    ^^^^")]
    [TestCase("rst,>state\n1,8'\n", "t.csv:2:3: error HW1065: '8'' is not a value: after ' a radix h, d, b or o and digits are expected\n  1,8'\n    ^^")]
    [TestCase("rst,>state\n1,2'd9\n", "t.csv:2:3: error HW1065: '2'd9' is not a value: it does not fit into its own 2 bits\n  1,2'd9\n    ^^^^")]
    [TestCase("rst,>state\n1,-1'bx\n", "t.csv:2:3: error HW1065: '-1'bx' is not a value: a negative value has no digits that may be anything\n  1,-1'bx\n    ^^^^^")]
    [TestCase("rst\n1'b?\n", "t.csv:2:1: error HW1065: '1'b?' is not a value: an input needs all its digits\n  1'b?\n  ^^^^")]
    [TestCase("rst,repeat\n1,many\n", "t.csv:2:3: error HW1065: 'many' is not a value: 'repeat' takes a number of cycles\n  1,many\n    ^^^^")]
    [TestCase("rst\n1,0\n", "t.csv:2:3: error HW1066: the row has more cells than the 1 columns of the header\n  1,0\n    ^")]
    public void What_is_wrong_is_said_at_its_cell(string table, string expected) => Assert.That(
        string.Join('\n', StimulusTable.Read(table, "t.csv", Simulate(), null).Diagnostics), Is.EqualTo(expected));

    [Test]
    public void All_bad_cells_are_told_at_once_up_to_a_bound()
    {
        var table = "rst\n" + string.Concat(Enumerable.Repeat("z\n", 1000));
        Assert.That(StimulusTable.Read(table, "t.csv", Simulate(), null).Diagnostics, Has.Exactly(20).Items);
    }

    [Test]
    public void Any_text_gives_a_diagnostic_or_a_table()
    {
        var (random, simulator) = (new Random(3), Simulate());
        const string alphabet = "rstcar>go,01x'hb-_#\"\n\r \0é￿repeat";
        for (var i = 0; i < 3000; i++)
        {
            var text = "rst,car,>go\n" + string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => alphabet[random.Next(alphabet.Length)]));
            Assert.That(() => StimulusTable.Read(random.Next(2) == 0 ? text : text[12..], "t.csv", simulator, null), Throws.Nothing);
        }
    }

    [Test]
    public void Wide_values_and_all_radices_are_read()
    {
        var builder = new ModuleBuilder("m");
        builder.Output("y", builder.Input("a", 80));
        var simulator = Simulator.Compile(new Design(builder.Build())).OrThrow();
        var table = StimulusTable.Read(
            "a,>y\n-1,80'hffff_ffff_ffff_ffff_ffff\n0x1_0000_0000_0000_0000,18446744073709551616\n80'o17,15\n'sd7,0b111\n\"5\", \"0x?\"\n", "t.csv", simulator, null).OrThrow();
        using var bench = new TestBench(simulator);
        Assert.That(string.Join('\n', table.Run(bench, null, default).Diagnostics), Is.Empty);
        Assert.That((table.Cycles, bench.Cycle), Is.EqualTo((5L, 5L)));
    }

    [Test]
    public void Waves_and_coverage_are_recorded_beside_it()
    {
        var simulator = Simulate();
        var waves = new TextWaves(0, 8);
        var coverage = new CoverageRecorder(simulator);
        using (var bench = new TestBench(simulator) { Waves = [new(simulator, ["car", "state"], waves)], Coverage = coverage })
        {
            StimulusTable.Read("rst,car\n1,0\n0,1\n,0\n,\n", "t.csv", simulator, null).OrThrow().Run(bench, null, default);
        }

        Assert.That(WaveText.Render(waves, new(40)), Is.EqualTo(
            """
            cycle       0   1   2   3
            clk         ╱▔╲▁╱▔╲▁╱▔╲▁╱▔╲▁
            car         ▁▁▁▁╱▔▔▔╲▁▁▁▁▁▁▁
            state[1:0]  │0      │1

            """));
        Assert.That(coverage.Report().Cycles, Is.EqualTo(4));
    }

    private static Simulator Simulate() => Simulator.Compile(TrafficLight.Design()).OrThrow();

    private static StimulusResult Run(string table, long? cycles = null)
    {
        var simulator = Simulate();
        using var bench = new TestBench(simulator);
        return StimulusTable.Read(table, "t.csv", simulator, null).OrThrow().Run(bench, cycles, default);
    }
}
