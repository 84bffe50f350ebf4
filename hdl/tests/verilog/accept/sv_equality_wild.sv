// top: sv_equality_wild
// The operators ==? and !=?, implication, logical operators on vectors, and -> as an expression.
module sv_equality_wild(input logic [7:0] a, b, output logic p, q, r, s, output logic [3:0] t);
    assign p = a ==? 8'b1010_xxxx;
    assign q = a !=? 8'b?????_111;
    assign r = (a > 8'd10) -> (b > 8'd10);
    assign s = (a[0] && b[0]) || !(a[1] || b);
    assign t = {a == b, a === b, !a, !(a & b)};
endmodule
