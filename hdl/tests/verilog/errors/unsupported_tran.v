// expect: HW2401
module m(inout a, inout b);
    [|tran|] t (a, b);
endmodule
