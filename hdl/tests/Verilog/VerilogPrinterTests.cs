using CsCheck;
using HwSeed.Hdl.Verilog;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Tests.Verilog;

public class VerilogPrinterTests
{
    [Test]
    public void Printed_random_trees_are_read_back_as_they_were() =>
        Gen.Int[0, int.MaxValue].Sample(
            seed =>
            {
                var unit = new RandomSyntax(seed).Unit();
                var text = VerilogPrinter.Print(unit);
                var read = VerilogParser.ParseText(text);
                Assert.That(read.IsOk, Is.True, () => $"seed {seed}: {string.Join('\n', read.Diagnostics)}\n{text}");
                Assert.That(VerilogPrinter.Print(read.Value!), Is.EqualTo(text), () => $"seed {seed}");
                Assert.That(read.Value, Is.EqualTo(unit), () => $"seed {seed}\n{text}");
            },
            iter: 1000);

    [Test]
    public void A_tree_is_printed_in_one_style()
    {
        const string Text =
            """
            `default_nettype none
            // what it is
            module m import p::*; #(
              parameter int W = 8,
              parameter type T = logic
            ) (
              // the clock
              input wire clk,
              output reg [W - 1:0] \q.r 
            );
              typedef enum logic [1:0] {
                IDLE,
                BUSY = 2'd2
              } state_t;
              state_t state, next;
              always @(posedge clk) begin : blk
                if (!state)
                  \q.r  <= '0;
                else if (&state)
                  \q.r  <= #1 {a, {2{b[3:0]}}};
                else begin
                  case (state)
                    IDLE: next = BUSY;
                    default: begin
                      next = IDLE;
                      // closing
                    end
                  endcase
                end
              end
              sub #(.W(W)) u (
                .clk,
                .a(b[3 +: 2]),
                .*
              );
              sub u2 (a, , b);
              function automatic [7:0] f(input [7:0] x, y);
                return x + y;
              endfunction
              // end
            endmodule

            """;
        Assert.That(VerilogPrinter.Print(VerilogParser.ParseText(Text).OrThrow()), Is.EqualTo(Text));
    }

    [Test]
    public void No_comment_is_lost()
    {
        var text =
            """
            // 1
            module m /* 2 */ #(parameter /* 3 */ W = 1 /* 4 */, // 5
              parameter X = 2 // 6
            ) /* 7 */ ( // 8
              input a, // 9
              input /* 10 */ b // 11
              // 12
            ); // 13
              wire x /* 14 */ = /* 15 */ a; // 16
              /* 17 */ always /* 18 */ @(/* 19 */ posedge a) // 20
              begin // 21
                if (a) // 22
                  x = 1; // 23
                else // 24
                if (/* 25 */ b) begin end // 26
                else begin /* 27 */ end
                case (a) // 28
                  // 29
                  1, /* 30 */ 2: // 31
                    x = 1; // 32
                  default /* 33 */ : ;
                  // 34
                endcase // 35
                // 36
              end // 37
              sub /* 38 */ u ( // 39
                .a(a), // 40
                .b(/* 41 */ b) // 42
                // 43
              );
              typedef enum { // 44
                A, // 45
                B /* 46 */
                // 47
              } /* 48 */ e;
              generate // 49
                if (W) // 50
                  wire y; // 51
                else begin : g // 52
                end // 53
                // 54
              endgenerate // 55
              `ifdef NO
              // none
              `endif // 56
              function f; // 57
                input q; // 58
                f = /* 59 */ q; // 60
              endfunction // 61
              // 62
            endmodule // 63
            // 64
            """;
        var unit = VerilogParser.ParseText(text).OrThrow();
        var printed = VerilogPrinter.Print(unit);
        Assert.Multiple(() =>
        {
            for (var i = 1; i <= 64; i++)
            {
                Assert.That(printed.Split($"// {i}\n").Length + printed.Split($"/* {i} */").Length, Is.EqualTo(3), $"comment {i}\n{printed}");
            }

            Assert.That(printed, Does.Not.Contain("none"));
            Assert.That(VerilogParser.ParseText(printed).OrThrow(), Is.EqualTo(unit));
        });
    }
}
