// expect: HW2305
module m(input clk, a, output reg y);
    parameter P = 1;
    always @(posedge clk) begin
        [|P|] = a;
        y <= a;
    end
endmodule
