// expect: HW2104
module m(input clk, a, output reg y);
    always @(posedge clk) begin
        y <= a;
    end
    [|end|]
endmodule
