// expect: HW2411
module m(input a, output reg y);
    initial begin
        y = 0;
        [|#10 y = 1;|]
    end
endmodule
