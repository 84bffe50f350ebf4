// top: sv_query_functions
// $bits, $size, $high, $low, $left, $right, $increment, $dimensions, $clog2, $countones, $onehot, $isunknown-free.
module sv_query_functions(input logic [10:3] v, input logic [0:5] u, output logic [31:0] a, b, c, d, e, f, output logic [3:0] ones, output logic hot, hot0);
    typedef struct packed {logic [4:0] x; logic [2:0] y;} s_t;
    logic [3:0][6:0] m;
    logic [7:0] mem [2:9];
    assign m = {v, u, 14'd0};
    assign mem[2] = v;
    assign a = $bits(v) + $bits(s_t) * 100 + $bits(m) * 10000;
    assign b = $high(v) + $low(v) * 100 + $left(u) * 10000 + $right(u) * 1000000;
    assign c = $size(m) + $size(m, 2) * 100 + $size(mem) * 10000;
    assign d = $clog2(37) + $clog2($bits(m)) * 100 + $clog2(1) * 10000;
    assign e = $left(mem) + $right(mem) * 100 + $bits(mem[2]) * 10000 + $bits(logic [2:0]);
    assign f = $bits({v, u}) + $bits(v + 12'd1) * 100;
    assign ones = $countones(v);
    assign hot = $onehot(v);
    assign hot0 = $onehot0(u);
endmodule
