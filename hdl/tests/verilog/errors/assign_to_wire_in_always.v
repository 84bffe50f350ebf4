// expect: HW2306
module m(input clk, a, output y);
    always @(posedge clk) [|y|] <= a;
endmodule
