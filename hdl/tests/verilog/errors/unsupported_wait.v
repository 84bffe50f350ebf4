// expect: HW2411
module m(input clk, a, output reg y);
    initial begin
        [|wait (a) y = 1;|]
    end
endmodule
