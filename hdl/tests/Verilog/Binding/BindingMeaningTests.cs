using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog;

namespace HwSeed.Hdl.Tests.Verilog.Binding;

public sealed class BindingMeaningTests
{
    /// <summary>Expressions of a = 4'd9, b = -4'sd3, c = 8'd200 and their values as eight bits, by the rules of widths and signs.</summary>
    [TestCase("a + a", 18)]
    [TestCase("(a + a) >> 1", 9)]
    [TestCase("{a + a} >> 1", 1)]
    [TestCase("~a", 0xF6)]
    [TestCase("-b", 3)]
    [TestCase("b", 0xFD)]
    [TestCase("b + a", 22)]
    [TestCase("b + 4'sd1", 0xFE)]
    [TestCase("b >>> 1", 0xFE)]
    [TestCase("b >>> 1 | 4'b0", 6)]
    [TestCase("b / 2", 0xFF)]
    [TestCase("b % 2", 0xFF)]
    [TestCase("b < 0", 1)]
    [TestCase("b < 4'd0", 0)]
    [TestCase("b * 2", 0xFA)]
    [TestCase("c / 0", 0)]
    [TestCase("1 ? b : a", 13)]
    [TestCase("$signed(a)", 0xF9)]
    [TestCase("8'(a + a)", 18)]
    [TestCase("4'(c)", 8)]
    [TestCase("{2{a[1:0]}}", 5)]
    [TestCase("a[3:2] + c[7 -: 2]", 5)]
    [TestCase("a ** 2", 81)]
    [TestCase("^c + &a + |b", 2)]
    [TestCase("a inside {[8:10]}", 1)]
    [TestCase("a ==? 4'b1??1", 1)]
    [TestCase("$countones(c) + $clog2(200)", 11)]
    [TestCase("c == 200 && !(a == 8)", 1)]
    [TestCase("'1", 255)]
    [TestCase("\"A\"", 65)]
    [TestCase("4'bx1x1", 5)]
    [TestCase("{<<{a}}", 0x90)]
    public void Operators_have_the_widths_and_signs_of_the_standard(string expression, int expected)
    {
        var run = Run($"module m(input [3:0] a, input signed [3:0] b, input [7:0] c, output [7:0] y); assign y = {expression}; endmodule");
        run.Set("a", 9);
        run.Set(("b", new(-3, 4)));
        run.Set("c", 200);
        Assert.That(run["y"].Unsigned, Is.EqualTo((System.Numerics.BigInteger)expected));
    }

    [Test]
    public void An_asynchronous_reset_acts_at_once()
    {
        var run = Run("""
            module m(input clk, rst_n, input [3:0] d, output reg [3:0] q);
              always @(posedge clk or negedge rst_n) if (!rst_n) q <= 5; else q <= d;
            endmodule
            """);
        run.Set("rst_n", 1);
        run.Set("d", 9);
        run.Pulse("clk");
        Assert.That(run["q"].ToUInt64(), Is.EqualTo(9));
        run.Set("rst_n", 0);
        Assert.That(run["q"].ToUInt64(), Is.EqualTo(5));
    }

    [Test]
    public void Blocking_assignments_are_seen_at_once_and_others_at_the_end()
    {
        var run = Run("""
            module m(input clk, input [3:0] d, output reg [3:0] now, swapped, other);
              reg [3:0] t;
              initial begin swapped = 1; other = 2; end
              always @(posedge clk) begin t = d + 1; now <= t; swapped <= other; other <= swapped; t = 0; end
            endmodule
            """);
        run.Set("d", 6);
        run.Pulse("clk");
        Assert.That((run["now"].ToUInt64(), run["swapped"].ToUInt64(), run["other"].ToUInt64()), Is.EqualTo((7UL, 2UL, 1UL)));
    }

    [Test]
    public void An_array_that_is_written_anywhere_is_a_memory_and_one_that_is_not_is_registers()
    {
        var design = Read("""
            module m(input clk, we, input [3:0] a, input [7:0] d, output [7:0] q, last);
              reg [7:0] mem [0:15]; reg [7:0] pipe [0:15]; integer i;
              initial for (i = 0; i < 16; i = i + 1) mem[i] = 3 * i;
              always @(posedge clk) begin
                if (we) mem[a][3:0] <= d[3:0];
                pipe[0] <= d; for (i = 1; i < 16; i = i + 1) pipe[i] <= pipe[i - 1];
              end
              assign q = mem[a]; assign last = pipe[15];
            endmodule
            """);
        Assert.That(design.Top.Memories.Single().Name, Is.EqualTo("mem"));
        Assert.That(design.Top.Registers, Has.Count.EqualTo(16));
        var run = new DesignRun(design);
        run.Set("a", 7);
        Assert.That(run["q"].ToUInt64(), Is.EqualTo(21));
        run.Set("we", 1);
        run.Set("d", 0xFF);
        run.Pulse("clk", 16);
        Assert.That((run["q"].ToUInt64(), run["last"].ToUInt64()), Is.EqualTo((0x1FUL, 0xFFUL)));
    }

    [Test]
    public void Equal_specialisations_are_one_module()
    {
        var design = Read("""
            module c #(parameter W = 4)(input [W-1:0] a, output [W-1:0] y); assign y = ~a; endmodule
            module m(input [7:0] a, output [7:0] y, z);
              c u0(.a(a[3:0]), .y(y[3:0])), u1(.a(a[7:4]), .y(y[7:4])); c #(.W(8)) u2(a, z);
            endmodule
            """);
        Assert.That(design.Top.Instances[0].Module, Is.SameAs(design.Top.Instances[1].Module));
        Assert.That(design.Top.Instances[2].Module, Is.Not.SameAs(design.Top.Instances[0].Module));
        var run = new DesignRun(design);
        run.Set("a", 0x35);
        Assert.That((run["y"].ToUInt64(), run["z"].ToUInt64()), Is.EqualTo((0xCAUL, 0xCAUL)));
    }

    [Test]
    public void A_carry_chain_in_one_vector_is_no_loop()
    {
        var design = Read("""
            module m(input [3:0] a, b, input ci, output [3:0] s, output co);
              wire [4:0] c; assign c = {(a & b) | (c[3:0] & (a ^ b)), ci}; assign {co, s} = {c[4], a ^ b ^ c[3:0]};
            endmodule
            """);
        var run = new DesignRun(design);
        for (var i = 0; i < 512; i++)
        {
            run.Set(("a", new(i & 15, 4)), ("b", new((i >> 4) & 15, 4)), ("ci", new(i >> 8, 1)));
            Assert.That((run["co"].ToUInt64() << 4) + run["s"].ToUInt64(), Is.EqualTo((ulong)((i & 15) + ((i >> 4) & 15) + (i >> 8))));
        }
    }

    [Test]
    public void An_array_that_a_loop_clears_has_one_write_for_it()
    {
        var design = Read("""
            module m(input clk, rst, we, input [15:0] a, input [7:0] d, output [7:0] y);
              reg [7:0] mem [0:65535];
              integer i;
              always @(posedge clk)
                if (rst) for (i = 65535; i >= 0; i = i - 1) mem[i] <= d;
                else if (we) mem[a] <= d;
              assign y = mem[a];
            endmodule
            """);
        Assert.That(design.Top.Memories.Single().Writes.Select(w => w.Words), Is.EqualTo(new[] { 65536, 1 }));
        var run = new DesignRun(design);
        run.Set(("d", new(77, 8)), ("rst", new(1, 1)), ("a", new(40000, 16)));
        run.Pulse("clk");
        Assert.That(run["y"].ToUInt64(), Is.EqualTo(77));
    }

    [Test]
    public void A_blocking_loop_is_seen_by_what_follows_it()
    {
        var run = Run("""
            module m(input clk, rst, input [4:0] a, output reg [7:0] y);
              reg [7:0] mem [0:31];
              integer i;
              always @(posedge clk) begin
                mem[a] = 9;
                if (rst) for (i = 4; i < 20; i = i + 1) mem[i] = 5;
                y <= mem[a];
              end
            endmodule
            """);
        foreach (var (address, expected) in ((int, ulong)[])[(3, 9), (4, 5), (19, 5), (20, 9)])
        {
            run.Set(("rst", new(1, 1)), ("a", new(address, 5)));
            run.Pulse("clk");
            Assert.That(run["y"].ToUInt64(), Is.EqualTo(expected));
        }
    }

    [Test]
    public void Parts_that_stick_out_are_cut_off_at_both_ends()
    {
        var run = Run("""
            module m(input [9:2] x, input [3:0] v, output [5:0] high, low, output reg [9:2] y, output reg [0:7] z);
              assign high = x[12:7];
              assign low = x[5:0];
              always @* begin
                y = 0;
                y[3:0] = v;
                z = 0;
                z[6:9] = v;
              end
            endmodule
            """);
        run.Set(("x", new(0b10110111, 8)), ("v", new(0b1101, 4)));
        Assert.That(run["high"].ToUInt64(), Is.EqualTo(0b101UL));
        Assert.That(run["low"].ToUInt64(), Is.EqualTo(0b011100UL));
        Assert.That(run["y"].ToUInt64(), Is.EqualTo(0b11UL));
        Assert.That(run["z"].ToUInt64(), Is.EqualTo(0b11UL));
    }

    [Test]
    public void Names_lead_down_through_instances_of_several_parameters()
    {
        var design = Read("""
            module c #(parameter K = 1)(input [3:0] a); wire [3:0] x = a + K; endmodule
            module b(input [3:0] a); c #(2) u(a); c #(3) v [1:0](a); endmodule
            module m(input [3:0] a, output [3:0] p, q, r, output s);
              c u(a);
              b w(a);
              assign p = u.x;
              assign q = w.u.x;
              assign r = w.v[1].x;
              assign s = w.u.x[0];
            endmodule
            """);
        var run = new DesignRun(design);
        run.Set(("a", new(4, 4)));
        Assert.That(new[] { "p", "q", "r", "s" }.Select(n => run[n].ToUInt64()), Is.EqualTo(new ulong[] { 5, 6, 7, 0 }));
        Assert.That(design.Top.Instances.Select(i => i.Outputs.Count), Is.EqualTo(new[] { 1, 2 }));
    }

    [Test]
    public void What_is_not_always_assigned_is_held()
    {
        var design = Read("module m(input en, input [3:0] d, output reg [3:0] q); always @* if (en) q = d; endmodule");
        Assert.That(design.Top.Latches, Has.Count.EqualTo(1));
        var run = new DesignRun(design);
        run.Set(("en", new(1, 1)), ("d", new(7, 4)));
        run.Set("en", 0);
        run.Set("d", 2);
        Assert.That(run["q"].ToUInt64(), Is.EqualTo(7));
    }

    [Test]
    public void A_case_with_all_values_holds_nothing()
    {
        var design = Read("""
            module m(input [1:0] s, output reg [3:0] y); always @* case (s) 0: y = 1; 1: y = 2; 2: y = 4; 3: y = 8; endcase endmodule
            """);
        Assert.That(design.Top.Latches, Is.Empty);
    }

    [Test]
    public void Loops_end_by_break_return_and_disable()
    {
        var run = Run("""
            module m(input [7:0] x, output reg [3:0] first, output [3:0] last, output reg [3:0] named);
              integer i;
              always @* begin first = 8; for (int k = 0; k < 8; k++) if (x[k]) begin first = k; break; end end
              function automatic [3:0] top(input [7:0] v); for (int k = 7; k >= 0; k--) if (v[k]) return k; return 8; endfunction
              assign last = top(x);
              always @* begin : search named = 0; for (i = 0; i < 8; i = i + 1) if (x[i]) disable search; else named = named + 1; end
            endmodule
            """);
        foreach (var x in new[] { 0, 1, 0x80, 0x50, 0xFF })
        {
            run.Set("x", x);
            var lowest = x == 0 ? 8UL : (ulong)int.TrailingZeroCount(x);
            var highest = x == 0 ? 8UL : (ulong)int.Log2(x);
            Assert.That((run["first"].ToUInt64(), run["last"].ToUInt64(), run["named"].ToUInt64()), Is.EqualTo((lowest, highest, lowest)), $"{x:x}");
        }
    }

    [Test]
    public void A_tri_state_pin_becomes_an_input_a_value_and_a_mask()
    {
        var run = Run("module m(inout [3:0] pad, input oe, input [3:0] d, output [3:0] y); assign pad = oe ? d : 4'bz; assign y = pad; endmodule");
        run.Set(("pad", new(9, 4)), ("d", new(6, 4)));
        Assert.That((run["pad__en"].ToUInt64(), run["y"].ToUInt64()), Is.EqualTo((0UL, 9UL)));
        run.Set("oe", 1);
        Assert.That((run["pad__en"].ToUInt64(), run["pad__out"].ToUInt64(), run["y"].ToUInt64()), Is.EqualTo((15UL, 6UL, 6UL)));
    }

    [Test]
    public void Resets_and_enables_are_taken_out_of_next_values()
    {
        var register = Read("""
            module m(input clk, rst, en, input [3:0] d, output reg [3:0] q);
              always @(posedge clk) if (rst) q <= 3; else if (en) q <= q + d;
            endmodule
            """).Top.Registers.Single();
        Assert.That((register.Reset as Reference)?.Name, Is.EqualTo("rst"));
        Assert.That((register.Enable as Reference)?.Name, Is.EqualTo("en"));
        Assert.That(register.ResetValue.ToUInt64(), Is.EqualTo(3));
    }

    [Test]
    public void Parameters_of_the_top_are_given_as_text()
    {
        var design = VerilogReader.ReadText(
            "module m #(parameter W = 2, parameter S = \"a\")(output [W-1:0] y, output z); assign y = '1; assign z = S == \"b\"; endmodule",
            bind: new() { Parameters = new Dictionary<string, string> { ["W"] = "6", ["S"] = "\"b\"" } }).OrThrow().Design;
        var run = new DesignRun(design);
        Assert.That((run["y"].ToUInt64(), run["z"].ToUInt64()), Is.EqualTo((63UL, 1UL)));
    }

    [Test]
    public void Statements_are_covered_when_their_turn_comes()
    {
        var design = VerilogReader.ReadText(
            "module m(input clk, a, output reg q);\nalways @(posedge clk)\nif (a)\nq <= 1;\nelse\nq <= 0;\nendmodule", bind: new() { CoverPoints = true }).OrThrow().Design;
        Assert.That(design.Top.CoverPoints.Select(c => c.Line), Is.EqualTo(new[] { 3, 4, 6 }));
    }

    [Test]
    public void The_rules_of_the_language_are_kept()
    {
        var design = Read("""
            module m(input clk, input [7:0] a, b, output reg [15:0] p, output [7:0] y);
              reg [7:0] shared; always @* shared = (a + b) ^ (a - b);
              always @(posedge clk) begin p <= shared * shared; if (a[0]) p[3:0] <= shared[3:0]; end
              assign y = shared + (shared >> b[2:0]);
            endmodule
            """);
        Assert.That(RtlRules.Check(design).Where(d => d.Severity == HwSeed.Hdl.Diagnostics.Severity.Error).Select(d => d.ToString()), Is.Empty);
    }

    private static Design Read(string text) => VerilogReader.ReadText(text).OrThrow().Design;

    private static DesignRun Run(string text) => new(Read(text));
}
