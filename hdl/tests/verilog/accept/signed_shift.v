// top: signed_shift
// The operators >> >>> << <<< in contexts that are signed, unsigned, wider, and self-determined counts.
module signed_shift(
    input signed [7:0] s, input [7:0] u, input [2:0] n, input signed [3:0] sn, input [39:0] huge,
    output signed [7:0] a, b, c, d,
    output [7:0] e, f,
    output signed [15:0] wide_arith, wide_logic, output [15:0] wide_unsigned, wide_left,
    output [7:0] in_concat, output cmp, output signed [7:0] by_huge, by_negative, output [7:0] left_huge,
    output signed [11:0] mixed
);
    assign a = s >>> n;
    assign b = s >> n;
    assign c = s <<< n;
    assign d = s << n;
    assign e = u >>> n;
    assign f = $signed(u) >>> n;
    assign wide_arith = s >>> n;
    assign wide_logic = s >> n;
    assign wide_unsigned = s >>> n;
    assign wide_left = u << n;
    assign in_concat = {s >>> 1} ^ {4'b0, s[7:4] >>> 1};
    assign cmp = (s >>> 1) < u;
    assign by_huge = s >>> huge;
    assign by_negative = s >>> sn;
    assign left_huge = u << huge;
    assign mixed = (s >>> 2) + u;
endmodule
