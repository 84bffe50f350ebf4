// expect: HW2103
module m(input clk, a, output reg y);
    always @(posedge clk) [|begin|]
        y <= a;
endmodule
