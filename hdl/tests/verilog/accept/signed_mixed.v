// top: signed_mixed
// One unsigned operand makes the whole expression unsigned; $signed and $unsigned change that; comparisons.
module signed_mixed(
    input signed [3:0] sa, input signed [7:0] sb, input [3:0] ua, input [7:0] ub,
    output signed [8:0] s_plus_s, s_plus_u, output [8:0] u_plus_s,
    output lt_ss, lt_su, lt_us, lt_cast, ge_const, ge_uconst, eq_ext, eq_mixed,
    output signed [15:0] prod_ss, prod_su, prod_cast,
    output [7:0] neg_u, output signed [7:0] neg_s, output [9:0] neg_wide
);
    assign s_plus_s = sa + sb;
    assign s_plus_u = sa + ub;
    assign u_plus_s = ua + sa;
    assign lt_ss = sa < sb;
    assign lt_su = sa < ub;
    assign lt_us = ua < sb;
    assign lt_cast = $signed({1'b0, ua}) < sb;
    assign ge_const = sa >= -2;
    assign ge_uconst = sa >= 4'd2;
    assign eq_ext = sa == sb;
    assign eq_mixed = sa == ub;
    assign prod_ss = sa * sb;
    assign prod_su = sa * ub;
    assign prod_cast = sa * $signed(ub);
    assign neg_u = -ua;
    assign neg_s = -sa;
    assign neg_wide = -ua + 10'sd0;
endmodule
