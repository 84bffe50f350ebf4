// expect: HW2107
module m(input clk, a, output reg y);
    always @([|posegde|] clk) y <= a;
endmodule
