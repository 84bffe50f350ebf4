// expect: HW2107
module m(input clk, a, output reg y);
    [|allways|] @(posedge clk) y <= a;
endmodule
