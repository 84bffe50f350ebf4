// expect: HW2411
module m(input clk, a, output reg y);
    always @(posedge clk) begin
        y <= a;
        [|@(posedge clk) y <= 0;|]
    end
endmodule
