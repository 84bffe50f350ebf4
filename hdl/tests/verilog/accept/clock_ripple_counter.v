// top: clock_ripple_counter
// clock: clk
// reset: clr
// A ripple counter: each stage is clocked by the one before it.
module clock_ripple_counter(input clk, clr, output [3:0] q);
    clock_ripple_t t0 (clk, clr, q[0]);
    clock_ripple_t t1 (q[0], clr, q[1]);
    clock_ripple_t t2 (q[1], clr, q[2]);
    clock_ripple_t t3 (q[2], clr, q[3]);
endmodule

module clock_ripple_t(input clk, clr, output reg q);
    always @(negedge clk or posedge clr)
        if (clr) q <= 1'b0;
        else q <= ~q;
endmodule
