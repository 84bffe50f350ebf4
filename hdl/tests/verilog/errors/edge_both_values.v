// expect: HW2414
module m(input clk, a, output reg y);
    always @(posedge clk or [|a|]) y <= a;
endmodule
