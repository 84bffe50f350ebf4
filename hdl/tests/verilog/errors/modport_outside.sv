// expect: HW2108
module m(input a, output y);
    [|modport|] p (input a);
    assign y = a;
endmodule
