// top: divide_modulo
// The operators / and %, unsigned and signed, by variables that may be zero and by constants.
module divide_modulo (
    input [15:0] a, b,
    input signed [15:0] sa, sb,
    output [15:0] q, r,
    output signed [15:0] sq, sr,
    output [15:0] by7, mod10,
    output signed [15:0] sby3, smod5, mixed_q,
    output signed [31:0] wide_q
);
    assign q = a / b;
    assign r = a % b;
    assign sq = sa / sb;
    assign sr = sa % sb;
    assign by7 = a / 7;
    assign mod10 = a % 10;
    assign sby3 = sa / 3;
    assign smod5 = sa % 5;
    assign mixed_q = sa / b;
    assign wide_q = sa / sb;
endmodule
