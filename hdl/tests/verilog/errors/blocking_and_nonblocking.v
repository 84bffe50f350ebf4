// expect: HW2414
module m(input clk, a, output reg y);
    always @(posedge clk) begin
        if (a) [|y|] = 1;
        else y <= 0;
    end
endmodule
