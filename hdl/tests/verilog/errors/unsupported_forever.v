// expect: HW2209
module m(input a, output reg y);
    initial [|forever y = a;|]
endmodule
