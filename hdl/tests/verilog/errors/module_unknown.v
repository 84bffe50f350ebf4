// expect: HW2202
module m(input a, output y);
    [|missing u (.a(a), .y(y));|]
endmodule
