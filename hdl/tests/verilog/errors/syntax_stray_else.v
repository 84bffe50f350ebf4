// expect: HW2101
module m(input clk, a, output reg y);
    always @(posedge clk)
        y <= a;
    [|else|] y <= 0;
endmodule
