// expect: HW2???
module m(input a, output y);
    [|missing|] u (.a(a), .y(y));
endmodule
