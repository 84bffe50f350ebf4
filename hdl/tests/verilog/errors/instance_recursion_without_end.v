// expect: HW2209
module m(input a, output y);
    [|m u (a, y);|]
endmodule
