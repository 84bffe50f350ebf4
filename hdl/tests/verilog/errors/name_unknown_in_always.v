// expect: HW2201
module m(input clk, output reg y);
    always @(posedge clk) y <= [|data|];
endmodule
