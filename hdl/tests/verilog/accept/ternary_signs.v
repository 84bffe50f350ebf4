// top: ternary_signs
// The conditional operator: signed only when both branches are; nested; conditions of several bits; constants.
module ternary_signs(
    input c, input [1:0] w, input signed [3:0] s, input [3:0] u, input signed [7:0] t,
    output signed [7:0] ss, su, us, st, nested, output [7:0] konst, uc, output signed [9:0] deep
);
    assign ss = c ? s : s;
    assign su = c ? s : u;
    assign us = c ? u : s;
    assign st = c ? s : t;
    assign nested = w ? (c ? s : t) : -1;
    assign konst = c ? -1 : 1;
    assign uc = c ? 4'sb1000 : 8'sd3;
    assign deep = w == 2'd0 ? s : w == 2'd1 ? t >>> 1 : w == 2'd2 ? u : s * t;
endmodule
