// top: latch_simple
// Transparent latches: incomplete if, incomplete case, and one with clear.
module latch_simple(input en, clr, input [1:0] sel, input [3:0] d, output reg [3:0] q, r, output reg s);
    always @(en or d)
        if (en) q = d;
    always @*
        if (clr) r = 4'd0;
        else if (en) r = d;
    always @(*)
        case (sel)
            2'd1: s = d[0];
            2'd2: s = d[1];
        endcase
endmodule
