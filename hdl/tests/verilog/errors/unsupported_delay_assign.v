// expect: HW2411
module m(input clk, a, output reg y);
    initial begin
        y = 0;
        [|#5 y = 1;|]
    end
endmodule
