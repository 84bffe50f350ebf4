// expect: HW2303
module m(input clk, a, b, output reg y);
    always @(posedge clk) y <= a;
    always @(posedge clk) [|y|] <= b;
endmodule
