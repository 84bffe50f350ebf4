// expect: HW2413
module m(input clk, output reg [7:0] y);
    [|real|] r;
    always @(posedge clk) y <= r;
endmodule
