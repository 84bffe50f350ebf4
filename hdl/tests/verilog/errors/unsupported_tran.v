// expect: HW2???
module m(inout a, inout b);
    [|tran|] t (a, b);
endmodule
