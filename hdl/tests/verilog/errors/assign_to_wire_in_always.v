// expect: HW2???
module m(input clk, a, output y);
    always @(posedge clk) [|y|] <= a;
endmodule
