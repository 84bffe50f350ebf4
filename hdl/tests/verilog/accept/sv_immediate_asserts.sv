// top: sv_immediate_asserts
// clock: clk
// Immediate assertions and messages that hold: they change nothing.
module sv_immediate_asserts(input logic clk, input logic [3:0] a, output logic [3:0] y);
    always_comb begin
        y = a + 4'd1;
        assert (y != a) else $error("cannot happen");
        assert #0 (y != a);
        held: assume final (y != a) else $error("cannot happen");
    end
    always_ff @(posedge clk)
        if (y == a) $display("never %d", y);
    initial begin
        if ($bits(a) != 4) $fatal(1, "width");
    end
endmodule
