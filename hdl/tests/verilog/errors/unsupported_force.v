// expect: HW2411
module m(input clk, a, output reg y);
    always @(posedge clk) begin
        y <= a;
        [|force y = 1;|]
    end
endmodule
